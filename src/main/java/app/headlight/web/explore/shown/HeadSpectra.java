package app.headlight.web.explore.shown;

import app.headlight.engine.circuits.SingularDirections;
import app.headlight.engine.circuits.Spectrum;
import app.headlight.engine.tensor.TopK;
import app.headlight.engine.transformer.Transformer;
import app.headlight.web.component.Eigenvalues;
import app.headlight.web.component.Spectrum.Values;
import app.headlight.web.python.CircuitPython;
import app.headlight.web.python.PythonModel;
import app.headlight.web.view.ViewState;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The eigenvalues of a circuit, and the singular values of its weights with the tokens that each reads and writes. */
public class HeadSpectra {

    public static final int TOKENS = 4;

    private final Eigenvalues eigenvalues = new Eigenvalues();
    private final app.headlight.web.component.Spectrum bars = new app.headlight.web.component.Spectrum();
    private final Div direction = new Div();
    private final Div singular = new Div(bars, direction);
    private SingularDirections directions = new SingularDirections(List.of());
    private List<Object> shown = List.of();

    public HeadSpectra(StateChange change) {
        direction.addClassName("hl-direction");
        bars.addSingularSelectListener(event -> change.to(state -> {
            int picked = event.index() == state.circuit().singular() ? ViewState.NONE : event.index();
            return state.withCircuit(state.circuit().withSingular(picked));
        }));
    }

    /**
     * Offers programs that compute both.
     *
     * @param circuit whose eigenvalues are shown
     * @param title of the singular values
     * @param weights whose singular values are shown, as an expression
     */
    public void setPython(Exploration exploration, CircuitPython.Circuit circuit, String title, String weights) {
        PythonModel model = exploration.pythonModel();
        eigenvalues.setPython(CircuitPython.eigenvalues(model, circuit));
        bars.setPython(CircuitPython.singularValues(
                model, title, weights, directions.directions().size()));
    }

    public Component eigenvalues() {
        return eigenvalues;
    }

    public Component singular() {
        return singular;
    }

    public void showEigenvalues(
            Exploration exploration, String head, String circuit, String hint, String score, Spectrum spectrum) {
        List<double[]> points = spectrum.eigenvalues().stream()
                .map(value -> new double[] {value.re(), value.im()})
                .toList();
        eigenvalues.setHint(hint);
        eigenvalues.show(
                List.of(exploration.model().ref(), head, circuit),
                () -> new Eigenvalues.Plane(
                        exploration.model().name() + " " + head + " " + circuit + " eigenvalues",
                        circuit + " eigenvalues",
                        points,
                        score,
                        spectrum.score()));
    }

    /**
     * @param ends what a direction does with the tokens that lie along it on the left, on the right, and against it
     */
    public void showDirections(
            Exploration exploration,
            String head,
            String title,
            Function<Transformer, SingularDirections> asked,
            List<String> ends) {
        List<Object> key = List.of(exploration.model().ref(), head, title);
        if (!key.equals(shown)) {
            directions = exploration.ofModel("singular directions", List.of(head, title), asked);
            shown = key;
        }
        int picked = exploration.state().circuit().singular();
        double[] values = directions.directions().stream()
                .mapToDouble(SingularDirections.Direction::value)
                .toArray();
        bars.show(new Values(exploration.model().name() + " " + head + " " + title, title, values, picked));
        direction.removeAll();
        if (picked < 0) {
            Paragraph hint = new Paragraph("Click a bar to see which tokens that direction reads and writes.");
            hint.addClassName("hl-muted");
            direction.add(hint);
            return;
        }
        SingularDirections.Direction shown = directions.directions().get(picked);
        direction.add(
                tokens(exploration, "#" + (picked + 1) + " " + ends.get(0) + " ", shown.readsMost()),
                tokens(exploration, "against ", shown.readsLeast()),
                tokens(exploration, ends.get(1) + " ", shown.raises()),
                tokens(exploration, ends.get(2) + " ", shown.lowers()));
    }

    private static Component tokens(Exploration exploration, String what, List<TopK.Entry> entries) {
        List<Component> words = new ArrayList<>();
        words.add(LineInWords.text(what));
        for (TopK.Entry entry : entries.subList(0, Math.min(TOKENS, entries.size()))) {
            words.add(LineInWords.token(exploration.piece(entry.index()).label()));
            words.add(LineInWords.text(" "));
        }
        Paragraph line = new Paragraph(words.toArray(Component[]::new));
        line.addClassName("hl-muted");
        return line;
    }
}
