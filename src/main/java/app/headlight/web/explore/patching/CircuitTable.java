package app.headlight.web.explore.patching;

import app.headlight.engine.circuits.EdgeCurve;
import app.headlight.engine.circuits.EdgeTask.Measure;
import app.headlight.services.search.CircuitSearch;
import app.headlight.services.search.SearchTask;
import app.headlight.web.component.FigureTable;
import app.headlight.web.component.FigureTable.Column;
import app.headlight.web.component.FigureTable.Kind;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.page.LongWork;
import app.headlight.web.python.PatchingPython;
import com.vaadin.flow.component.html.Div;
import java.util.ArrayList;
import java.util.List;

/** What circuits of the strongest edges alone keep of the difference between two sentences. */
class CircuitTable extends Div {

    private static final List<Column> COLUMNS = List.of(
            new Column("strongest edges", Kind.TEXT, "How many edges of the largest effects are kept"),
            new Column(
                    "difference",
                    Kind.SIGNED,
                    "The difference of the logits where the first sentence is run with all other edges from the"
                            + " second"),
            new Column(
                    "faithful",
                    Kind.SHARE,
                    "Faithfulness: how far that is from the second sentence's difference to the first's"),
            new Column(
                    "without them",
                    Kind.SHARE,
                    "Completeness: the same with only all other edges; 0 where nothing is missing"));

    private final LongWork work = new LongWork();
    private final FigureTable table = new FigureTable();

    CircuitTable() {
        addClassName("hl-circuit-table");
        table.setId("circuit-table");
        add(work, table);
    }

    void show(Exploration exploration, SentencePair pair) {
        table.setVisible(false);
        SearchTask task =
                SearchTask.of(pair.clean().tokens(), pair.corrupt().tokens(), pair.metric(), Measure.LOGIT_DIFF);
        work.await(
                exploration.lab().ask(new CircuitSearch(exploration.lab()).curve(exploration.model(), task)),
                "Circuits of the strongest edges",
                curve -> {
                    table.setVisible(true);
                    table.show(List.of(exploration.sentenceKey(), task), () -> figures(exploration, curve));
                    table.setPython(PatchingPython.circuits(
                            pair.python(exploration),
                            curve.points().stream()
                                    .mapToInt(EdgeCurve.Point::kept)
                                    .toArray(),
                            COLUMNS.stream().map(Column::label).toList()));
                });
    }

    /** Shows nothing. */
    void end() {
        work.end();
        table.setVisible(false);
    }

    private static FigureTable.Figures figures(Exploration exploration, EdgeCurve curve) {
        List<FigureTable.Row> rows = new ArrayList<>();
        for (EdgeCurve.Point point : curve.points()) {
            rows.add(new FigureTable.Row(
                    Integer.toString(point.kept()),
                    List.of(
                            Integer.toString(point.kept()),
                            point.metric(),
                            point.faithfulness() == null ? Double.NaN : point.faithfulness(),
                            point.completeness() == null ? Double.NaN : point.completeness()),
                    null));
        }
        return new FigureTable.Figures(
                exploration.model().name() + " circuits of the strongest edges",
                COLUMNS,
                rows,
                "The edges of the largest effects in the run of the first sentence, all others patched with the second.",
                "");
    }
}
