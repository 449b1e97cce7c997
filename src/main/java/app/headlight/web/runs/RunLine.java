package app.headlight.web.runs;

import static app.headlight.web.explore.shown.LineInWords.strong;
import static app.headlight.web.explore.shown.LineInWords.text;
import static app.headlight.web.explore.shown.LineInWords.token;

import app.headlight.engine.tensor.TopK;
import app.headlight.engine.tensor.Vector;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Site.Kind;
import app.headlight.web.component.OneStop;
import app.headlight.web.component.Term;
import app.headlight.web.explore.shown.LineInWords;
import app.headlight.web.panels.Panel;
import app.headlight.web.words.Figures;
import app.headlight.web.words.Quantity;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import java.util.Locale;
import java.util.Optional;

/** The selected line of a run in words and in numbers, as far as activations alone tell it. */
class RunLine extends OneStop implements Panel<ShownRun> {

    private static final int NAMED = 3;

    private final H2 heading = new H2();
    private final Paragraph words = new Paragraph();
    private final Div figures = new Div();

    RunLine(RunDesk desk) {
        super("What is selected");
        setId("inspector");
        addClassNames("hl-panel", "hl-inspector");
        figures.addClassName("hl-figures");
        Div top = new Div(heading);
        if (desk.annotate() != null) {
            top.add(desk.annotate());
        }
        top.addClassName("hl-inspector-top");
        Paragraph missing = new Paragraph("What a line raises and lowers, circuits, edits and predictions need the"
                + " weights of the model. This is a run of a model whose weights are not here.");
        missing.addClassName("hl-muted");
        add(top, words, figures, missing);
    }

    @Override
    public void show(ShownRun shown) {
        heading.setText(
                shown.hasLine() ? "Selected line" : shown.hasDestination() ? "Selected token" : "Nothing selected");
        words.removeAll();
        figures.removeAll();
        if (shown.hasLine()) {
            showLine(shown);
        } else if (shown.hasDestination()) {
            showDestination(shown);
        } else {
            words.add("Click a line, a token or a cell to see what it means.");
        }
    }

    private void showLine(ShownRun shown) {
        HeadId head = shown.head();
        int t = shown.state().destination();
        int s = shown.state().source();
        float weight = shown.run().pattern(head).get(t, s);
        words.add(strong(head.toString()), text(" lets "), token(shown.label(t), t), text(" look at "));
        words.add(token(shown.label(s), s), text(" with "), new Term("weight", "weight"), text(" "));
        words.add(strong(Figures.fixed(weight, 2)));
        words.add(text(LineInWords.relation(shown.run().ids(), shown.label(t), t, s) + "."));
        figures.add(line("weight", String.format(Locale.ROOT, "%.5f", weight)));
        shown.run()
                .scores(head)
                .ifPresent(scores -> figures.add(line(
                        Quantity.SCORE.label() + " as recorded",
                        scores.get(t, s) == Float.NEGATIVE_INFINITY ? "−∞" : Figures.fixed(scores.get(t, s), 4))));
        if (shown.hasValues()) {
            float size = shown.values(head).get(s);
            figures.add(line("size of the value there, ‖v‖", Figures.fixed(size, 4)));
            figures.add(line("weight × ‖v‖", Figures.fixed(weight * size, 4)));
        }
        written(shown, head, t);
    }

    private void showDestination(ShownRun shown) {
        HeadId head = shown.head();
        int t = shown.state().destination();
        words.add(strong(head.toString()), text(" at "), token(shown.label(t), t), text(" looks most at "));
        boolean first = true;
        int sources = shown.run().isCausal() ? t + 1 : shown.run().length();
        for (TopK.Entry source : shown.run().pattern(head).largestInRow(t, sources, NAMED)) {
            words.add(text(first ? "" : ", "), token(shown.label(source.index()), source.index()));
            words.add(text(" " + Figures.fixed(source.value(), 2)));
            first = false;
        }
        words.add(text("."));
        written(shown, head, t);
    }

    /** How large what the head writes at a destination is, where the run tells it. */
    private void written(ShownRun shown, HeadId head, int t) {
        Optional<Vector> result = shown.run().norms(Site.of(Kind.RESULT, head));
        Optional<Vector> mixed = shown.run().norms(Site.of(Kind.Z, head));
        result.ifPresent(norms ->
                figures.add(line("size of what the head writes at the destination", Figures.fixed(norms.get(t), 4))));
        if (result.isEmpty()) {
            mixed.ifPresent(norms -> figures.add(line(
                    "size of the values that the head mixes at the destination, ‖z‖", Figures.fixed(norms.get(t), 4))));
        }
    }

    private static Div line(String what, String figure) {
        return new Div(what + " " + figure);
    }
}
