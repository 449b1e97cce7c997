package app.headlight.web.view;

import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.PatchingMap.By;
import app.headlight.engine.circuits.StreamReader;
import app.headlight.engine.transformer.Config;
import app.headlight.web.view.PatchState.Direction;
import app.headlight.web.view.PatchState.Patched;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The parameters of a {@link PatchState} in the address of Explore and of the page that shows patching alone. */
public final class PatchingAddress {

    /** Of that page, which has the parameters of Explore. */
    public static final String PATH = "patching";

    private static final Parameter<String> OTHER = Parameter.text("other");
    private static final Parameter<String> ANSWER = Parameter.text("answer");
    private static final Parameter<String> WRONG = Parameter.text("wrong");
    private static final Parameter<Patched> PATCHED = Parameter.choice("patch", PatchState.FIRST.site());
    private static final Parameter<By> BY = Parameter.choice("by", PatchState.FIRST.by());
    private static final Parameter<Direction> DIRECTION = Parameter.choice("direction", PatchState.FIRST.direction());
    private static final Parameter<Integer> ROW = Parameter.whole("row", ViewState.NONE);
    private static final Parameter<Integer> COLUMN = Parameter.whole("column", ViewState.NONE);
    private static final Parameter<Optional<AskedPairs.Made>> SET = Parameter.of(
            "set",
            Optional.empty(),
            text -> Optional.of(AskedPairs.Made.valueOf(text.toUpperCase(Locale.ROOT))),
            made -> made.map(kind -> kind.name().toLowerCase(Locale.ROOT)).orElse(""),
            Parameter.unreadable("set", "none"));
    private static final Parameter<Integer> PAIRS =
            Parameter.whole("pairs", AskedPairs.first(AskedPairs.Made.OWN).count());
    private static final Parameter<Integer> DRAW =
            Parameter.whole("draw", AskedPairs.first(AskedPairs.Made.OWN).seed());
    private static final Parameter<String> OWN = Parameter.text("own");
    private static final Parameter<PatchState.Figure> FIGURE = Parameter.choice("figure", PatchState.FIRST.figure());

    static final List<Parameter<?>> PARAMETERS =
            List.of(OTHER, ANSWER, WRONG, PATCHED, BY, DIRECTION, ROW, COLUMN, SET, PAIRS, DRAW, OWN, FIGURE);

    private PatchingAddress() {}

    static PatchState read(Query given) {
        return new PatchState(
                given.get(OTHER),
                given.get(ANSWER),
                given.get(WRONG),
                given.get(PATCHED),
                given.get(BY),
                given.get(DIRECTION),
                given.get(ROW),
                given.get(COLUMN),
                given.get(SET).map(made -> new AskedPairs(made, given.get(PAIRS), given.get(DRAW), given.get(OWN))),
                given.get(FIGURE));
    }

    static Query write(PatchState patch, Query query) {
        Optional<AskedPairs> pairs = patch.pairs();
        return query.with(OTHER, patch.other())
                .with(ANSWER, patch.answer())
                .with(WRONG, patch.wrong())
                .with(PATCHED, patch.site())
                .with(BY, patch.by())
                .with(DIRECTION, patch.direction())
                .with(ROW, patch.row())
                .with(COLUMN, patch.column())
                .with(SET, pairs.map(AskedPairs::made))
                .with(PAIRS, pairs.map(AskedPairs::count).orElse(PAIRS.usual()))
                .with(DRAW, pairs.map(AskedPairs::seed).orElse(DRAW.usual()))
                .with(OWN, pairs.map(AskedPairs::own).orElse(""))
                .with(FIGURE, patch.figure());
    }

    /** A whole view on that page. */
    public static String of(ViewState state) {
        return ExploreAddress.query(state).at(PATH);
    }

    /**
     * The map of the edges between two sentences.
     *
     * @param cell the row and the column that are selected, as {@link #cell} finds them
     */
    public static String ofPair(
            String model, long step, String clean, String corrupt, String answer, String wrong, int[] cell) {
        return ExploreAddress.address(ExploreAddress.PATH, model, step)
                .with(ExploreAddress.TEXT, clean)
                .with(ExploreAddress.TAB, CircuitState.PATCHING)
                .with(OTHER, corrupt)
                .with(ANSWER, answer)
                .with(WRONG, wrong)
                .with(PATCHED, Patched.EDGE)
                .with(ROW, cell[0])
                .with(COLUMN, cell[1])
                .toString();
    }

    /** One edge, patched in the first pairs of a passage said twice: what it does to the prediction. */
    public static String ofEdge(String model, long step, Edge edge, Config config) {
        int[] cell = cell(edge, config);
        return ExploreAddress.address(PATH, model, step)
                .with(PATCHED, Patched.EDGE)
                .with(ROW, cell[0])
                .with(COLUMN, cell[1])
                .with(SET, Optional.of(AskedPairs.Made.INDUCTION))
                .toString();
    }

    /** The row and the column of an edge in the map of all edges. */
    public static int[] cell(Edge edge, Config config) {
        return new int[] {
            StreamReader.LOGITS.writers(config).indexOf(edge.writer()),
            StreamReader.all(config).indexOf(edge.reader())
        };
    }
}
