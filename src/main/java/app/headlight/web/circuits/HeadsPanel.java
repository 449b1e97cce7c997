package app.headlight.web.circuits;

import app.headlight.engine.circuits.DetectorScores;
import app.headlight.engine.circuits.HeadLabel;
import app.headlight.engine.circuits.Spectrum;
import app.headlight.engine.transformer.HeadId;
import app.headlight.web.component.Eigenvalues;
import app.headlight.web.component.HeadTable;
import app.headlight.web.component.ScoreHistogram;
import app.headlight.web.component.Term;
import app.headlight.web.findings.HeadBadges;
import app.headlight.web.panels.Panel;
import app.headlight.web.python.CircuitPython;
import app.headlight.web.python.HeadsPython;
import app.headlight.web.view.HeadAddress;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The panel of all heads: their scores on repeated random tokens, and their eigenvalues. */
class HeadsPanel extends Div implements Panel<Inspection> {

    private static final List<HeadTable.Column> COLUMNS = List.of(
            new HeadTable.Column("previous token", false),
            new HeadTable.Column("duplicate token", false),
            new HeadTable.Column("induction", false),
            new HeadTable.Column("first token", false),
            new HeadTable.Column("copies (random tokens)", true),
            new HeadTable.Column("copying (OV eigenvalues)", true),
            new HeadTable.Column("matching (QK eigenvalues)", true));

    private final HeadTable table = new HeadTable();
    private final ScoreHistogram histogram = new ScoreHistogram();
    private final Eigenvalues ov = new Eigenvalues();
    private final Eigenvalues qk = new Eigenvalues();
    private final Div spectra = new Div(histogram, ov, qk);
    private final Paragraph nothing =
            new Paragraph("This model has no heads: all it computes is the direct path, the bigrams below.");

    private final Div heading = new Div(new H2(new Term("attention head", "Heads")));
    private final Anchor page = new Anchor("", "");
    private final transient @Nullable HeadBadges findings;

    HeadsPanel(CircuitsDesk desk) {
        findings = desk.badges();
        Consumer<String> pick = head -> desk.change().accept(state -> state.withHead(head));
        addClassNames("hl-panel", "hl-circuit-heads");
        setId("head-scores");
        nothing.addClassName("hl-muted");
        spectra.addClassName("hl-circuit-spectra");
        ov.setId("ov-eigenvalues");
        ov.setHint("copies →");
        qk.setId("qk-eigenvalues");
        qk.setHint("matches itself →");
        table.addHeadSelectListener(event -> pick.accept(event.head()));
        histogram.addHeadSelectListener(event -> pick.accept(event.head()));
        heading.addClassName("hl-row");
        page.addClassName("hl-head-link");
        heading.add(page);
        add(heading, nothing, table, spectra);
        if (findings != null) {
            findings.keepOn(table, table::setFindings);
        }
        if (desk.annotating() != null) {
            heading.add(desk.annotating().headButton());
        }
    }

    @Override
    public void show(Inspection inspection) {
        boolean heads = inspection.chosen().isPresent();
        nothing.setVisible(!heads);
        table.setVisible(heads);
        spectra.setVisible(heads);
        page.setVisible(heads);
        inspection.chosen().ifPresent(head -> show(inspection, head));
    }

    private void show(Inspection inspection, HeadId head) {
        String name = inspection.model().name();
        page.setText("All about " + head);
        page.setHref(HeadAddress.of(name, head));
        table.setPages(HeadAddress.ofAll(name));
        table.show(inspection.key(), () -> new HeadTable.Scores(name + " heads", COLUMNS, rows(inspection)));
        table.select(head.toString());
        if (findings != null) {
            findings.show(name);
        }
        histogram.show(
                inspection.key(),
                () -> new ScoreHistogram.Scores(
                        name + " copying scores",
                        "Copying score Σλ / Σ|λ| of every head",
                        inspection.circuits().spectra().ov().entrySet().stream()
                                .map(entry -> new ScoreHistogram.Score(
                                        entry.getKey().toString(),
                                        entry.getValue().score()))
                                .toList()));
        histogram.select(head.toString());
        table.setPython(HeadsPython.table(inspection.python(), header(), badges(inspection)));
        histogram.setPython(HeadsPython.copying(inspection.python()));
        ov.setPython(CircuitPython.eigenvalues(inspection.python(), CircuitPython.Circuit.ov(List.of(head))));
        qk.setPython(CircuitPython.eigenvalues(inspection.python(), CircuitPython.Circuit.qk(head, null, null, 0, 1)));
        Spectrum copying = inspection.circuits().spectra().ov().get(head);
        Spectrum matching = inspection.circuits().spectra().qk().get(head);
        ov.show(inspection.key(head), () -> plane(name, head, "OV", "copying", copying));
        qk.show(inspection.key(head), () -> plane(name, head, "QK", "matching", matching));
    }

    private static List<String> header() {
        return Stream.of(Stream.of("head"), COLUMNS.stream().map(HeadTable.Column::label), Stream.of("badge"))
                .flatMap(each -> each)
                .toList();
    }

    private static Map<String, String> badges(Inspection inspection) {
        Map<String, String> badges = new LinkedHashMap<>();
        inspection.detectors().forEach((head, scores) -> {
            String badge = badge(scores);
            if (badge != null) {
                badges.put(head.toString(), badge);
            }
        });
        return badges;
    }

    private static Eigenvalues.Plane plane(String model, HeadId head, String circuit, String score, Spectrum spectrum) {
        return plane(
                model + " " + head + " " + circuit + " eigenvalues",
                head + ": eigenvalues of the " + circuit + " circuit",
                score,
                spectrum);
    }

    /** The eigenvalues of a circuit, with what their score is called. */
    static Eigenvalues.Plane plane(String name, String title, String score, Spectrum spectrum) {
        return new Eigenvalues.Plane(
                name,
                title,
                spectrum.eigenvalues().stream()
                        .map(value -> new double[] {value.re(), value.im()})
                        .toList(),
                score,
                spectrum.score());
    }

    private static List<HeadTable.Row> rows(Inspection inspection) {
        List<HeadTable.Row> rows = new ArrayList<>();
        for (HeadId head : inspection.model().transformer().heads()) {
            DetectorScores scores = inspection.detectors().get(head);
            double none = Double.NaN;
            rows.add(new HeadTable.Row(
                    head.toString(),
                    new double[] {
                        scores == null ? none : scores.previous(),
                        scores == null ? none : scores.duplicate(),
                        scores == null ? none : scores.induction(),
                        scores == null ? none : scores.first(),
                        inspection.circuits().copies().getOrDefault(head, none),
                        inspection.circuits().spectra().ov().get(head).score(),
                        inspection.circuits().spectra().qk().get(head).score()
                    },
                    badge(scores)));
        }
        return rows;
    }

    /** The label of what a head is known for; null: none. */
    static @Nullable String badge(@Nullable DetectorScores scores) {
        if (scores == null) {
            return null;
        }
        return HeadLabel.of(scores)
                .filter(HeadLabel::isStrong)
                .map(label -> label.kind().title())
                .orElse(null);
    }
}
