package app.headlight.web.circuits;

import app.headlight.circuits.DetectorScores;
import app.headlight.transformer.HeadId;
import app.headlight.web.component.HeadTable;
import app.headlight.web.component.ScoreHistogram;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Every head by what it does on repeated random tokens, and by its eigenvalues. */
class HeadsPanel extends Div {

    private static final List<HeadTable.Column> COLUMNS = List.of(
            new HeadTable.Column("previous token", false),
            new HeadTable.Column("duplicate token", false),
            new HeadTable.Column("induction", false),
            new HeadTable.Column("first token", false),
            new HeadTable.Column("copies (random tokens)", true),
            new HeadTable.Column("copying (eigenvalues)", true));
    private static final double KNOWN = 0.4;

    private final HeadTable table = new HeadTable();
    private final ScoreHistogram histogram = new ScoreHistogram();
    private final Paragraph nothing =
            new Paragraph("This model has no heads: all it computes is the direct path, the bigrams below.");

    HeadsPanel(Consumer<String> pick) {
        addClassNames("hl-panel", "hl-circuit-heads");
        setId("head-scores");
        nothing.addClassName("hl-muted");
        table.addHeadSelectListener(event -> pick.accept(event.head()));
        histogram.addHeadSelectListener(event -> pick.accept(event.head()));
        add(new H2("Heads"), nothing, table, histogram);
    }

    void show(Inspection inspection) {
        boolean heads = inspection.chosen().isPresent();
        nothing.setVisible(!heads);
        table.setVisible(heads);
        histogram.setVisible(heads);
        if (!heads) {
            return;
        }
        String name = inspection.model().name();
        table.show(inspection.model().key(), () -> new HeadTable.Scores(name + " heads", COLUMNS, rows(inspection)));
        table.select(inspection.state().head());
        histogram.show(
                inspection.model().key(),
                () -> new ScoreHistogram.Scores(
                        name + " copying scores",
                        "Copying score Σλ / Σ|λ| of every head",
                        inspection.circuits().copying().entrySet().stream()
                                .map(entry ->
                                        new ScoreHistogram.Score(entry.getKey().toString(), entry.getValue()))
                                .toList()));
        histogram.select(inspection.state().head());
    }

    private static List<HeadTable.Row> rows(Inspection inspection) {
        List<HeadTable.Row> rows = new ArrayList<>();
        for (HeadId head : inspection.model().transformer().heads()) {
            DetectorScores scores = inspection.circuits().detectors().get(head);
            double none = Double.NaN;
            rows.add(new HeadTable.Row(
                    head.toString(),
                    new double[] {
                        scores == null ? none : scores.previous(),
                        scores == null ? none : scores.duplicate(),
                        scores == null ? none : scores.induction(),
                        scores == null ? none : scores.first(),
                        inspection.circuits().copies().getOrDefault(head, none),
                        inspection.circuits().copying().get(head)
                    },
                    badge(scores)));
        }
        return rows;
    }

    /** What a head is known for; null: nothing. */
    static String badge(DetectorScores scores) {
        if (scores == null) {
            return null;
        }
        return scores.induction() >= KNOWN ? "induction" : scores.previous() >= KNOWN ? "previous token" : null;
    }
}
