package app.headlight.web.explore;

import app.headlight.engine.circuits.PatchingMap;
import app.headlight.engine.circuits.PatchingMap.By;
import app.headlight.engine.circuits.PatchingMap.Place;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Site.Kind;
import app.headlight.web.component.Heatmap;
import app.headlight.web.view.PatchState;
import app.headlight.web.view.PatchState.Direction;
import app.headlight.web.view.PatchState.Patched;
import app.headlight.web.words.Figures;
import app.headlight.web.words.TokenText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A map of patches, as a picture and in words. */
record ShownPatches(Exploration exploration, SentencePair pair, PatchingMap found) {

    private static final int NAMED = 4;

    private PatchState asked() {
        return exploration.state().patch();
    }

    private boolean isDenoised() {
        return asked().direction() == Direction.DENOISE;
    }

    /** Where the sentences differ, and what each of them expects. */
    String words() {
        boolean denoise = isDenoised();
        List<Integer> differing = pair.differing();
        String where = differing.isEmpty()
                ? "Both sentences have the same tokens."
                : "They differ at "
                        + differing.stream()
                                .limit(NAMED)
                                .map(t -> t + " (" + TokenText.of(exploration.label(t)) + " | "
                                        + TokenText.of(
                                                pair.other().pieces().get(t).label()) + ")")
                                .collect(Collectors.joining(", "))
                        + (differing.size() > NAMED ? " and at " + (differing.size() - NAMED) + " more." : ".");
        double clean = denoise ? found.other() : found.base();
        double corrupt = denoise ? found.base() : found.other();
        return where + " Logit of "
                + TokenText.of(exploration.piece(pair.metric().answer()).label()) + " minus that of "
                + TokenText.of(exploration.piece(pair.metric().wrong()).label()) + " after position "
                + pair.metric().position() + ": " + Figures.signed(clean) + " in the first, " + Figures.signed(corrupt)
                + " in the second."
                + (clean == corrupt ? " They are equal, so that there is nothing to bring back." : "")
                + (exploration.state().edits().asked().isEmpty() ? "" : " Both are run without the edits above.");
    }

    /** What one patch does. */
    String words(Place place) {
        String at = place.position() < 0 ? "" : " at " + exploration.placed(place.position());
        return subject(asked().site(), place) + at + ", taken from the " + (isDenoised() ? "first" : "second")
                + " sentence, moves the difference from " + Figures.signed(found.base()) + " to "
                + Figures.signed(place.metric()) + ": " + Figures.fixed(100 * found.recovered(place), 1)
                + " % of the way to " + Figures.signed(found.other()) + ".";
    }

    Heatmap.Cells cells() {
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
    Optional<Place> place() {
        PatchState asked = asked();
        By axes = axes(asked);
        int heads = exploration.model().config().nHeads();
        int rows = exploration.model().config().nLayers() * (axes == By.HEAD_POSITION ? heads : 1);
        int columns = axes == By.HEAD ? heads : exploration.prompt().tokens().length;
        return asked.row() < 0 || asked.column() < 0 || asked.row() >= rows || asked.column() >= columns
                ? Optional.empty()
                : Optional.of(found.places().get(index(axes, asked.row(), asked.column())));
    }

    /** The axes of the map that is asked for. */
    static By axes(PatchState asked) {
        return kind(asked.site()).isByHead() ? asked.by() : By.POSITION;
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
        };
    }
}
