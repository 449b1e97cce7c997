package app.headlight.web.explore.patching;

import app.headlight.engine.circuits.PairMaps;
import app.headlight.engine.circuits.PatchingMap.By;
import app.headlight.engine.circuits.PatchingMap.Place;
import app.headlight.engine.circuits.Spread;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Site.Kind;
import app.headlight.services.edits.AskedEdit;
import app.headlight.web.component.Heatmap;
import app.headlight.web.explore.shown.Choice;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.python.PatchingPython;
import app.headlight.web.view.PatchState;
import app.headlight.web.view.PatchState.Patched;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A map of patches, as a picture and in words. */
record ShownPatches(Exploration exploration, MappedPairs pairs, PairMaps found) implements ShownMap {

    private PatchState asked() {
        return exploration.state().patch();
    }

    @Override
    public Estimated estimated() {
        return new Estimated(found.estimated(), found.places().size());
    }

    @Override
    public Spread share(int row, int column) {
        return found.recovered(index(row, column));
    }

    @Override
    public Optional<Selected> selected() {
        Axes axes = axes();
        if (asked().row() < 0
                || asked().column() < 0
                || asked().row() >= axes.rows().names().size()
                || asked().column() >= axes.columns().names().size()) {
            return Optional.empty();
        }
        int index = index(asked().row(), asked().column());
        Place place = found.places().get(index);
        String words = moves(
                        subject(asked().site(), place)
                                + (place.position() < 0 ? "" : " at " + placed(place.position())),
                        found.metric(index),
                        found.recovered(index))
                + (place.isEstimate() ? " This is an estimate so far." : "");
        return Optional.of(
                new Selected(words, edit(place), place.head() < 0 ? null : new HeadId(place.layer(), place.head())));
    }

    private String placed(int position) {
        return pairs.isSeveral() ? "position " + position : exploration.placed(position);
    }

    /** Of the sentences that Explore shows, where they have that position. */
    private @Nullable AskedEdit edit(Place place) {
        SentencePair shown = pairs.shown();
        if (shown == null || place.position() >= shown.clean().length()) {
            return null;
        }
        AskedEdit edit = AskedEdit.patch(new Site(kind(asked().site()), place.layer(), place.head()), from());
        return place.position() < 0 ? edit : edit.in(place.position());
    }

    @Override
    public Axes axes() {
        By by = axes(asked());
        int layers = exploration.model().config().nLayers();
        int heads = exploration.model().config().nHeads();
        List<String> names = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            for (int h = 0; h < (by == By.HEAD_POSITION ? heads : 1); h++) {
                names.add(by == By.HEAD_POSITION ? new HeadId(layer, h).toString() : "L" + layer);
            }
        }
        List<String> columns = new ArrayList<>();
        for (int h = 0; h < heads; h++) {
            columns.add("H" + h);
        }
        return new Axes(
                label(asked().site()),
                Heatmap.Axis.of(by == By.HEAD_POSITION ? "head" : "layer", names),
                by == By.HEAD
                        ? Heatmap.Axis.of("head", columns)
                        : pairs.positions(exploration, asked().site() == Patched.PATTERN ? "destination" : "position"));
    }

    @Override
    public @Nullable String program(SentencePair pair) {
        return PatchingPython.map(
                pair.python(exploration),
                Choice.name(asked().site()),
                PatchingPython.By.valueOf(axes(asked()).name()),
                isDenoised(),
                axes().rows(),
                axes().columns(),
                RECOVERED);
    }

    /** Where a cell's place stands in the list of a map. */
    private int index(int row, int column) {
        int heads = exploration.model().config().nHeads();
        int length = pairs.length();
        return switch (axes(asked())) {
            case POSITION -> row * length + column;
            case HEAD -> row * heads + column;
            case HEAD_POSITION -> (row / heads * length + column) * heads + row % heads;
        };
    }

    /** Whether each head has what is patched. */
    static boolean isByHead(Patched site) {
        return site != Patched.EDGE && kind(site).isByHead();
    }

    /** The axes of the map that is asked for. */
    static By axes(PatchState asked) {
        return isByHead(asked.site()) ? asked.by() : By.POSITION;
    }

    static Kind kind(Patched site) {
        return Kind.valueOf(site.name());
    }

    private static String subject(Patched site, Place place) {
        HeadId head = new HeadId(place.layer(), Math.max(0, place.head()));
        return switch (site) {
            case RESID_PRE -> "The stream before layer " + place.layer();
            case ATTN_OUT -> "What the attention of layer " + place.layer() + " writes";
            case MLP_OUT -> "What the MLP of layer " + place.layer() + " writes";
            case RESULT -> "What " + head + " writes";
            case Q -> "The queries of " + head;
            case K -> "The keys of " + head;
            case V -> "The values of " + head;
            case PATTERN -> "The pattern of " + head;
            case EDGE -> throw new IllegalArgumentException("an edge has no one place");
        };
    }

    static String label(Patched site) {
        return switch (site) {
            case RESID_PRE -> "the stream before a layer";
            case ATTN_OUT -> "what attention writes";
            case MLP_OUT -> "what the MLP writes";
            case RESULT -> "what a head writes";
            case Q -> "queries";
            case K -> "keys";
            case V -> "values";
            case PATTERN -> "the pattern";
            case EDGE -> "one edge";
        };
    }
}
