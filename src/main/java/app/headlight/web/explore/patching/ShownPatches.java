package app.headlight.web.explore.patching;

import app.headlight.engine.circuits.PatchingMap;
import app.headlight.engine.circuits.PatchingMap.By;
import app.headlight.engine.circuits.PatchingMap.Place;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Site.Kind;
import app.headlight.services.edits.AskedEdit;
import app.headlight.web.component.Heatmap;
import app.headlight.web.explore.shown.Choice;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.HeadRows;
import app.headlight.web.view.PatchState;
import app.headlight.web.view.PatchState.Patched;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A map of patches, as a picture and in words. */
record ShownPatches(Exploration exploration, SentencePair pair, PatchingMap found) implements ShownMap {

    private PatchState asked() {
        return exploration.state().patch();
    }

    @Override
    public double base() {
        return found.base();
    }

    @Override
    public double other() {
        return found.other();
    }

    @Override
    public Optional<Selected> selected() {
        return place().map(place -> {
            String at = place.position() < 0 ? "" : " at " + exploration.placed(place.position());
            AskedEdit edit = AskedEdit.patch(new Site(kind(asked().site()), place.layer(), place.head()), from());
            return new Selected(
                    moves(subject(asked().site(), place) + at, place.metric()),
                    place.position() < 0 ? edit : edit.in(place.position()));
        });
    }

    @Override
    public Heatmap.Cells cells() {
        PatchState asked = asked();
        By axes = axes(asked);
        int layers = exploration.model().config().nLayers();
        int heads = exploration.model().config().nHeads();
        int length = pair.clean().length();
        List<String> names = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            for (int h = 0; h < (axes == By.HEAD_POSITION ? heads : 1); h++) {
                names.add(axes == By.HEAD_POSITION ? new HeadId(layer, h).toString() : "L" + layer);
            }
        }
        List<double[]> rows = new ArrayList<>();
        for (int row = 0; row < names.size(); row++) {
            double[] values = new double[axes == By.HEAD ? heads : length];
            for (int column = 0; column < values.length; column++) {
                values[column] = found.recovered(found.places().get(index(axes, row, column)));
            }
            rows.add(values);
        }
        List<String> columns = new ArrayList<>();
        for (int h = 0; h < heads; h++) {
            columns.add("H" + h);
        }
        String what = label(asked.site());
        return new Heatmap.Cells(
                exploration.model().name() + " patching " + what + " " + Choice.name(asked.direction()),
                "Share of the difference that each patch of " + what + " brings",
                Heatmap.Axis.of(axes == By.HEAD_POSITION ? "head" : "layer", names),
                axes == By.HEAD
                        ? Heatmap.Axis.of("head", columns)
                        : Heatmap.Axis.sentence(
                                asked.site() == Patched.PATTERN ? "destination" : "position",
                                exploration.prompt().pieces()),
                HeadRows.base64(rows),
                "diverging",
                "recovered");
    }

    /** Where a cell's place stands in the list of a map. */
    private int index(By axes, int row, int column) {
        int heads = exploration.model().config().nHeads();
        int length = exploration.prompt().tokens().length;
        return switch (axes) {
            case POSITION -> row * length + column;
            case HEAD -> row * heads + column;
            case HEAD_POSITION -> (row / heads * length + column) * heads + row % heads;
        };
    }

    /** The place of the selected cell; empty if there is none. */
    private Optional<Place> place() {
        PatchState asked = asked();
        By axes = axes(asked);
        int heads = exploration.model().config().nHeads();
        int rows = exploration.model().config().nLayers() * (axes == By.HEAD_POSITION ? heads : 1);
        int columns = axes == By.HEAD ? heads : exploration.prompt().tokens().length;
        return asked.row() < 0 || asked.column() < 0 || asked.row() >= rows || asked.column() >= columns
                ? Optional.empty()
                : Optional.of(found.places().get(index(axes, asked.row(), asked.column())));
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
