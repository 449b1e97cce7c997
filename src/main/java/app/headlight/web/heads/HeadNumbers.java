package app.headlight.web.heads;

import app.headlight.engine.circuits.CompositionGraph.Edge;
import app.headlight.engine.circuits.DetectorScores;
import app.headlight.engine.circuits.HeadFacts;
import app.headlight.engine.circuits.QkCircuit.Term;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.measures.Measure;
import app.headlight.services.measures.Measure.Detector;
import app.headlight.services.models.OpenModel;
import app.headlight.web.component.Eigenvalues;
import app.headlight.web.page.LeftOut;
import app.headlight.web.view.HeadAddress;
import app.headlight.web.words.Figures;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is measured of a head: its scores, its circuits, and the heads that it composes with. */
class HeadNumbers extends Div {

    private static final int LISTED = 6;

    private static final Map<Term, String> TERMS = Map.of(
            Term.TOKEN_TOKEN, "token to token",
            Term.TOKEN_POSITION, "token to position",
            Term.POSITION_TOKEN, "position to token",
            Term.POSITION_POSITION, "position to position");

    private final transient Claiming claiming;
    private final NativeTable scores = new NativeTable();
    private final Paragraph scoresMissing = quiet();
    private final Div planes = new Div();
    private final LeftOut leftOut = new LeftOut();
    private final Eigenvalues ov = new Eigenvalues();
    private final Eigenvalues qk = new Eigenvalues();
    private final NativeTable terms = new NativeTable();
    private final H2 readsHeading = new H2("Reads most from");
    private final NativeTable reads = new NativeTable();
    private final H2 writesHeading = new H2("Is read most by");
    private final NativeTable writes = new NativeTable();

    /** Makes the button beside a number that claims it. */
    @FunctionalInterface
    interface Claiming {

        Optional<NativeButton> of(Measure measure, double seen);
    }

    HeadNumbers(Claiming claiming) {
        this.claiming = claiming;
        addClassName("hl-head-column");
        scores.setId("scores");
        ov.setId("ov-eigenvalues");
        ov.setHint("copies →");
        qk.setId("qk-eigenvalues");
        qk.setHint("matches itself →");
        planes.add(ov, qk);
        planes.addClassName("hl-head-planes");
        reads.setId("reads");
        writes.setId("writes");
        List.of(scores, terms, reads, writes).forEach(table -> table.addClassName("hl-head-table"));
        add(
                panel(new H2("Scores"), scores, scoresMissing),
                panel(new H2("Circuits"), leftOut, planes, terms),
                panel(readsHeading, reads, writesHeading, writes));
    }

    void show(OpenModel model, HeadId head, @Nullable DetectorScores detectors, HeadFacts facts) {
        showScores(head, detectors, facts);
        leftOut.show(model.config());
        ov.show(List.of(model.ref(), head), () -> plane(model, head, "OV", "copying", facts.ov()));
        qk.show(List.of(model.ref(), head), () -> plane(model, head, "QK", "matching", facts.qk()));
        terms.removeAll();
        terms.add(heading("Part of its scores", "size of an entry"));
        facts.scores().forEach((term, size) -> terms.add(row(new Span(TERMS.get(term)), Figures.fixed(size, 4), null)));
        terms.setVisible(facts.scores().size() > 1);
        compositions(reads, readsHeading, model.name(), head, facts.reads(head, LISTED));
        compositions(writes, writesHeading, model.name(), head, facts.writes(head, LISTED));
    }

    private void showScores(HeadId head, @Nullable DetectorScores detectors, HeadFacts facts) {
        scores.removeAll();
        scores.add(heading("Score", "value"));
        if (detectors != null) {
            score("previous token", new Measure.Score(head, Detector.PREVIOUS), detectors.previous());
            score("duplicate token", new Measure.Score(head, Detector.DUPLICATE), detectors.duplicate());
            score("induction", new Measure.Score(head, Detector.INDUCTION), detectors.induction());
            score("first token", new Measure.Score(head, Detector.FIRST), detectors.first());
        }
        if (facts.copies() != null) {
            score("copies", new Measure.Score(head, Detector.COPYING), facts.copies());
        }
        score("copying", new Measure.Copying(head), facts.ov().score());
        scores.add(row(term("matching"), Figures.fixed(facts.qk().score(), 3), null));
        scoresMissing.setText(
                detectors == null
                        ? "The detectors need random tokens and the same again; they have no value on this model."
                        : "The first five on random tokens, the same again; copying and matching of the weights alone.");
    }

    private void score(String name, Measure measure, double value) {
        scores.add(row(
                term(name), Figures.fixed(value, 3), claiming.of(measure, value).orElse(null)));
    }

    private void compositions(NativeTable table, H2 heading, String model, HeadId head, List<Edge> edges) {
        table.removeAll();
        heading.setVisible(!edges.isEmpty());
        table.setVisible(!edges.isEmpty());
        table.add(heading("Composition", "above random"));
        for (Edge edge : edges) {
            HeadId earlier = Objects.requireNonNull(edge.writer());
            HeadId later = Objects.requireNonNull(edge.reader());
            HeadId other = earlier.equals(head) ? later : earlier;
            String name = edge.kind() + ": " + (earlier.equals(head) ? "into " : "from ");
            Span what = new Span(
                    new Anchor(HeadView.circuits(model, head, earlier + "-" + edge.kind() + "-" + later), name + other),
                    new Span(" "),
                    page(model, other));
            table.add(row(
                    what,
                    String.format(
                            Locale.ROOT,
                            "%s (± %.4f)",
                            Figures.fixed(edge.excess(), 4),
                            edge.random().deviation()),
                    claiming.of(
                                    new Measure.Composed(Objects.requireNonNull(edge.kind()), earlier, later),
                                    edge.excess())
                            .orElse(null)));
        }
    }

    private static Anchor page(String model, HeadId head) {
        Anchor page = new Anchor(HeadAddress.of(model, head), "↗");
        page.setTitle("All about " + head);
        page.getElement().setAttribute("aria-label", "All about " + head);
        return page;
    }

    private static Component term(String name) {
        return new app.headlight.web.component.Term(name, name);
    }

    private static Eigenvalues.Plane plane(
            OpenModel model,
            HeadId head,
            String circuit,
            String score,
            app.headlight.engine.circuits.Spectrum spectrum) {
        return new Eigenvalues.Plane(
                model.name() + " " + head + " " + circuit + " eigenvalues",
                head + ": eigenvalues of the " + circuit + " circuit",
                spectrum.eigenvalues().stream()
                        .map(value -> new double[] {value.re(), value.im()})
                        .toList(),
                score,
                spectrum.score());
    }

    private static NativeTableRow heading(String what, String value) {
        NativeTableRow row = new NativeTableRow();
        for (String each : List.of(what, value, "")) {
            NativeTableHeaderCell cell = new NativeTableHeaderCell(each);
            cell.getElement().setAttribute("scope", "col");
            row.add(cell);
        }
        return row;
    }

    private static NativeTableRow row(Component what, String value, @Nullable Component button) {
        NativeTableRow row = new NativeTableRow();
        NativeTableCell last = new NativeTableCell();
        if (button != null) {
            last.add(button);
        }
        row.add(new NativeTableCell(what), new NativeTableCell(value), last);
        return row;
    }

    private static Div panel(Component... parts) {
        Div panel = new Div(parts);
        panel.addClassName("hl-panel");
        return panel;
    }

    private static Paragraph quiet() {
        Paragraph quiet = new Paragraph();
        quiet.addClassName("hl-muted");
        return quiet;
    }
}
