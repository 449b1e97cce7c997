package app.headlight.web.explore.circuit;

import app.headlight.engine.circuits.ScoreParts;
import app.headlight.engine.circuits.ScoreParts.Side;
import app.headlight.engine.circuits.ScoreParts.Split;
import app.headlight.engine.circuits.StreamWriter;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Norm;
import app.headlight.web.component.Heatmap;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.HeadRows;
import app.headlight.web.explore.shown.StateChange;
import app.headlight.web.panels.Panel;
import app.headlight.web.python.ScorePython;
import app.headlight.web.view.ReadThrough;
import app.headlight.web.words.Figures;
import app.headlight.web.words.Quantity;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the score of the selected line comes from: a table of what wrote its query side by what wrote its key side.
 * Picking a cell shows the part that this pair brings to every score of the sentence.
 */
class ScorePartsPanel extends Div implements Panel<Exploration> {

    private static final String ALL = "all";

    private final Paragraph words = new Paragraph();
    private final Paragraph hint = new Paragraph(
            "Rows: what wrote the query side. Columns: what wrote the key side. Click a cell to see that part of every score"
                    + " of the sentence above.");
    private final Paragraph sum = new Paragraph();
    private final Heatmap table = new Heatmap().withFigures();
    private transient List<StreamWriter> writers = List.of();

    ScorePartsPanel(StateChange change) {
        addClassName("hl-score-parts");
        setId("score-parts");
        table.setId("score-parts-table");
        sum.addClassName("hl-sum");
        hint.addClassName("hl-muted");
        table.addCellSelectListener(event -> change.to(state -> state.withCircuit(
                state.circuit().withThrough(new ReadThrough(writer(event.row()), writer(event.column()))))));
        add(new Div(new H3("Where this score comes from"), words, sum, hint), table);
    }

    @Override
    public void show(Exploration exploration) {
        boolean possible = ScoreParts.isPossible(
                exploration.computed(), exploration.headId().orElseThrow());
        boolean line = exploration.hasLine() && possible;
        table.setVisible(line);
        sum.setVisible(line);
        hint.setVisible(line);
        words.removeAll();
        if (!possible) {
            words.add(
                    "An edit changes the scores of this head, or the stream that it reads, itself: what the head reads"
                            + " is no sum over writers in this run.");
            return;
        }
        if (!line) {
            words.add("Click a line, a token or a cell to see what its score is made of.");
            return;
        }
        HeadId head = exploration.headId().orElseThrow();
        int destination = exploration.state().destination();
        int source = exploration.state().source();
        ScoreParts parts = exploration.scoreParts(head);
        Split split = exploration.ofRun(
                "split of a score", List.of(head, destination, source), run -> parts.at(destination, source));
        writers = split.writers();
        words.add(new ScoresInWords(exploration, head).line(split));
        sum.setText("sum of parts " + Figures.fixed(split.sum(), 4)
                + (split.cap() == 0 ? "" : ", capped " + Figures.fixed(capped(split), 4))
                + " / model " + Figures.fixed(split.score(), 4)
                + (exploration.model().config().norm() == Norm.NONE ? "" : ", with the norm’s scale as in this run"));
        table.show(
                List.of(exploration.sentenceKey(), head, destination, source), () -> cells(exploration, head, split));
        Heatmap.Axis queries = Heatmap.Axis.of("query side", names(writers));
        Heatmap.Axis keys = Heatmap.Axis.of("key side", names(writers));
        table.setPython(exploration.python(
                run -> ScorePython.parts(run, head, destination, source, queries, keys, Quantity.SCORE.label())));
        ReadThrough through = exploration.state().circuit().through();
        table.select(through.isAll() ? -1 : row(through.query()), through.isAll() ? -1 : row(through.key()));
    }

    private static double capped(Split split) {
        return split.cap() * Math.tanh(split.sum() / split.cap());
    }

    private @Nullable StreamWriter writer(int row) {
        return row == 0 ? null : writers.get(row - 1);
    }

    private int row(@Nullable StreamWriter writer) {
        return writer == null ? 0 : 1 + writers.indexOf(writer);
    }

    /** The sums stand first, above and at the left of the parts. */
    private static Heatmap.Cells cells(Exploration exploration, HeadId head, Split split) {
        List<String> names = names(split.writers());
        List<double[]> rows = new ArrayList<>();
        rows.add(before(split.sum(), split.bySide(Side.KEY)));
        double[] queries = split.bySide(Side.QUERY);
        double[][] parts = split.parts();
        for (int u = 0; u < queries.length; u++) {
            rows.add(before(queries[u], parts[u]));
        }
        return new Heatmap.Cells(
                exploration.model().name() + " " + head + " score " + split.destination() + " to " + split.source(),
                "Query side × key side",
                Heatmap.Axis.of("query side", names),
                Heatmap.Axis.of("key side", names),
                HeadRows.base64(rows),
                "diverging",
                Quantity.SCORE.label());
    }

    private static List<String> names(List<StreamWriter> writers) {
        List<String> names = new ArrayList<>(List.of(ALL));
        writers.forEach(writer -> names.add(writer.name()));
        return names;
    }

    private static double[] before(double first, double[] others) {
        double[] row = new double[others.length + 1];
        row[0] = first;
        System.arraycopy(others, 0, row, 1, others.length);
        return row;
    }
}
