package app.headlight.web.search;

import app.headlight.engine.circuits.EdgeTask.Measure;
import app.headlight.services.search.CircuitSearch.Ends;
import app.headlight.services.search.ReadyPair;
import app.headlight.web.component.FigureTable;
import app.headlight.web.component.FigureTable.Column;
import app.headlight.web.component.FigureTable.Kind;
import app.headlight.web.panels.Panel;
import app.headlight.web.python.PythonModel;
import app.headlight.web.python.SearchPython;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import java.util.ArrayList;
import java.util.List;

/** The panel of the pairs of sentences, and what the model makes of each. */
class PairsTable extends Div implements Panel<Search> {

    static final String FOUND = "found";
    static final String HELD_OUT = "held\u00a0out";

    private final FigureTable table = new FigureTable();

    PairsTable() {
        addClassNames("hl-panel", "hl-search-pairs");
        setId("pairs");
        table.setId("pairs-table");
        add(new H2("The pairs"), table);
    }

    @Override
    public void show(Search search) {
        table.show(search.key(), () -> figures(search));
        table.setPython(
                search.measure() == Measure.KL
                        ? null
                        : SearchPython.pairs(
                                new PythonModel(search.model()),
                                search.python(true),
                                columns(search).stream().map(Column::label).toList()));
    }

    private static List<Column> columns(Search search) {
        return List.of(
                new Column("half", Kind.TEXT, "Whether circuits are found on it, or it is held out"),
                new Column("clean", Kind.TOKENS, "The sentence with the behaviour"),
                new Column("corrupt", Kind.TOKENS, "The sentence that edges are patched from"),
                new Column("answer", Kind.TOKENS, ""),
                new Column("wrong", Kind.TOKENS, ""),
                new Column("clean " + search.measureInWords(), Kind.SIGNED, "Of the clean run"),
                new Column("corrupt " + search.measureInWords(), Kind.SIGNED, "Of the corrupt run"));
    }

    private static FigureTable.Figures figures(Search search) {
        List<FigureTable.Row> rows = new ArrayList<>();
        List<ReadyPair> pairs = search.pairs().pairs();
        int found = search.pairs().set().found().size();
        for (int i = 0; i < pairs.size(); i++) {
            ReadyPair pair = pairs.get(i);
            Ends ends = search.results().ends().get(i);
            rows.add(new FigureTable.Row(
                    Integer.toString(i),
                    List.of(
                            i < found ? FOUND : HELD_OUT,
                            pair.clean(),
                            pair.corrupt(),
                            pair.answer(),
                            pair.wrong(),
                            ends.clean(),
                            ends.corrupt()),
                    null));
        }
        return new FigureTable.Figures(search.model().name() + " pairs", columns(search), rows, "", "");
    }
}
