package app.headlight.web.circuits;

import app.headlight.engine.circuits.modular.ModularCircuit;
import app.headlight.engine.circuits.modular.ModularCircuit.Neuron;
import app.headlight.web.component.Float32;
import app.headlight.web.component.Heatmap;
import app.headlight.web.component.Term;
import app.headlight.web.page.LongWork;
import app.headlight.web.panels.Panel;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The panel of a model of modular addition: the frequencies of its embedding, neurons and logits, and one neuron's
 * activation for every pair of numbers.
 */
class ModularPanel extends Div implements Panel<Inspection> {

    /** The least share that makes a neuron one of a frequency: Nanda et al. 2023 take 85 %. */
    private static final double OF_ONE = 0.85;

    private final transient Inspector inspector;
    private final LongWork work = new LongWork();
    private final Paragraph summary = new Paragraph();
    private final Heatmap embedding = new Heatmap();
    private final Heatmap logits = new Heatmap();
    private final Heatmap neurons = new Heatmap();
    private final Heatmap activation = new Heatmap();
    private final Div pictures = new Div(summary, embedding, logits, neurons, activation);
    private transient Optional<ModularCircuit> shown = Optional.empty();

    ModularPanel(CircuitsDesk desk) {
        inspector = desk.inspector();
        addClassNames("hl-panel", "hl-modular");
        setId("modular-addition");
        pictures.addClassName("hl-modular-pictures");
        embedding.setId("embedding-frequencies");
        logits.setId("logit-frequencies");
        neurons.setId("neuron-frequencies");
        activation.setId("neuron-activation");
        for (Heatmap map : List.of(embedding, logits, neurons)) {
            map.addCellSelectListener(event -> shown.flatMap(circuit -> strongest(circuit, event.column() + 1))
                    .ifPresent(
                            neuron -> desk.change().accept(state -> state.with(CircuitsState.NEURON, neuron.index()))));
        }
        add(new H2(new Term("frequencies", "Modular addition, by frequency")), work, pictures);
    }

    @Override
    public void show(Inspection inspection) {
        setVisible(ModularCircuit.fits(inspection.model().config()));
        if (isVisible()) {
            pictures.setVisible(false);
            work.await(
                    inspector.modular(inspection.model()),
                    "Adding all pairs of numbers",
                    circuit -> show(inspection, circuit));
        } else {
            shown = Optional.empty();
            work.end();
        }
    }

    private void show(Inspection inspection, ModularCircuit circuit) {
        shown = Optional.of(circuit);
        pictures.setVisible(true);
        String name = inspection.model().name();
        Neuron neuron = neuron(inspection, circuit);
        summary.setText(inWords(circuit));
        embedding.show(
                inspection.key("embedding"),
                () -> cells(
                        name + " frequencies of W_E",
                        "W_E, along each frequency",
                        List.of("cos", "sin"),
                        "norm",
                        circuit.embedding()));
        logits.show(
                inspection.key("logits"),
                () -> cells(
                        name + " frequencies of the logits",
                        "Logits, along cos 2πk(a + b − c)/p: share of their variance",
                        List.of("logits"),
                        "share",
                        circuit.logits()));
        neurons.show(
                inspection.key("neurons"),
                () -> cells(
                        name + " frequencies of the neurons",
                        "Neurons of one frequency each (85 % and more of their variance)",
                        List.of("neurons"),
                        "neurons",
                        counts(circuit)));
        for (Heatmap map : List.of(embedding, logits, neurons)) {
            map.select(-1, neuron.frequency() - 1);
        }
        activation.show(inspection.key("neuron", neuron.index()), () -> activation(name, circuit, neuron));
    }

    private static Heatmap.Cells activation(String name, ModularCircuit circuit, Neuron neuron) {
        List<String> numbers =
                IntStream.range(0, circuit.p()).mapToObj(Integer::toString).toList();
        String title = neuron.frequency() == 0
                ? "Neuron %d at “=”, which never changes".formatted(neuron.index())
                : "Neuron %d at “=”: %.0f %% of it has the frequency %d"
                        .formatted(neuron.index(), 100 * neuron.share(), neuron.frequency());
        return new Heatmap.Cells(
                name + " neuron " + neuron.index(),
                title,
                Heatmap.Axis.of("a", numbers),
                Heatmap.Axis.of("b", numbers),
                Float32.base64(neuron.activations()),
                "diverging",
                "activation");
    }

    /** The neuron that the address names, or the one that has most of the strongest frequency. */
    private static Neuron neuron(Inspection inspection, ModularCircuit circuit) {
        int asked = inspection.state().get(CircuitsState.NEURON);
        if (asked >= 0) {
            return circuit.neurons().get(asked);
        }
        return circuit.key().stream()
                .flatMap(frequency -> strongest(circuit, frequency).stream())
                .findFirst()
                .orElse(circuit.neurons().getFirst());
    }

    private static Optional<Neuron> strongest(ModularCircuit circuit, int frequency) {
        return circuit.neurons().stream()
                .filter(neuron -> neuron.frequency() == frequency)
                .max(Comparator.comparingDouble(Neuron::share));
    }

    private static double[] counts(ModularCircuit circuit) {
        double[] counts = new double[circuit.logits().length];
        for (Neuron neuron : circuit.neurons()) {
            if (neuron.share() >= OF_ONE) {
                counts[neuron.frequency() - 1]++;
            }
        }
        return counts;
    }

    private static Heatmap.Cells cells(String name, String title, List<String> rows, String unit, double[]... values) {
        return new Heatmap.Cells(
                name,
                title,
                Heatmap.Axis.of("", rows),
                Heatmap.Axis.of(
                        "frequency k",
                        IntStream.rangeClosed(1, values[0].length)
                                .mapToObj(Integer::toString)
                                .toList()),
                Float32.base64(values),
                "sequential",
                unit);
    }

    private static String inWords(ModularCircuit circuit) {
        String sums = String.format(
                "It gets %.1f %% of all %,d sums right (loss %.3f nats).",
                100 * circuit.right(), circuit.p() * circuit.p(), circuit.loss());
        if (circuit.key().isEmpty()) {
            return sums + " No frequency has 2 % of the variance of its logits: it has not found the rule with waves.";
        }
        return sums
                + String.format(
                        " Its logits are waves of %s: with these alone the loss is %.3f. Pick a frequency to see a neuron of it.",
                        circuit.key().stream()
                                .map(k -> "%d (%.0f %%)".formatted(k, 100 * circuit.logits()[k - 1]))
                                .collect(Collectors.joining(", ")),
                        circuit.keyLoss());
    }
}
