package app.headlight.web.explore.stream;

import app.headlight.engine.circuits.StrongNeurons;
import app.headlight.engine.circuits.StrongNeurons.Neuron;
import app.headlight.engine.tensor.TopK;
import app.headlight.engine.transformer.Config;
import app.headlight.web.component.FigureTable;
import app.headlight.web.component.FigureTable.Column;
import app.headlight.web.component.FigureTable.Kind;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.python.TokensPython;
import app.headlight.web.words.TokenText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The table of an MLP's strongest neurons at a token: what each reads and writes, as tokens. */
public final class NeuronFigures {

    private static final int NEURONS = 12;
    private static final int TOKENS = 5;

    private NeuronFigures() {}

    static StrongNeurons strongest(Exploration exploration, int layer, int position) {
        return exploration.ofRun(
                "strong neurons",
                List.of(layer, position),
                run -> StrongNeurons.of(exploration.model().transformer(), run, layer, position, NEURONS, TOKENS));
    }

    /** A row for each of the strongest neurons of a layer's MLP at a position. */
    public static FigureTable.Figures of(Exploration exploration, int layer, int position) {
        StrongNeurons strong = strongest(exploration, layer, position);
        Config config = exploration.model().config();
        return new FigureTable.Figures(
                exploration.model().name() + " layer " + layer + " neurons",
                columns(config.mlp() != null && config.mlp().gated()),
                strong.neurons().stream()
                        .map(neuron -> new FigureTable.Row(
                                Integer.toString(neuron.index()),
                                List.of(
                                        name(layer, neuron),
                                        neuron.activations()[position],
                                        words(exploration, neuron.reads()),
                                        words(exploration, neuron.raises()),
                                        words(exploration, neuron.lowers())),
                                null))
                        .toList(),
                "The strongest neurons of layer " + layer + " at "
                        + TokenText.of(exploration.label(position)) + " (" + position
                        + "). What a neuron raises and lowers holds for a positive activation; a negative one turns it round."
                        + (config.norm().isWeighted() ? " The weights of the norm before are left out." : ""),
                "");
    }

    private static List<Column> columns(boolean gated) {
        return List.of(
                new Column("neuron", Kind.TEXT, ""),
                new Column("activation", Kind.SIGNED, "what its row of W_out is multiplied by"),
                new Column(
                        "reads",
                        Kind.TOKENS,
                        "tokens by the largest product of W_E and its column of " + (gated ? "W_gate" : "W_in")),
                new Column("raises", Kind.TOKENS, "tokens by its row of W_out times W_U, over the mean"),
                new Column("lowers", Kind.TOKENS, "the lowest tokens by the same"));
    }

    /** The program that computes the table; null: there is none. */
    public static @Nullable String python(Exploration exploration, int layer, int position) {
        StrongNeurons strong = strongest(exploration, layer, position);
        Map<Integer, String> label = new TreeMap<>();
        strong.neurons().stream()
                .flatMap(neuron -> Stream.of(neuron.reads(), neuron.raises(), neuron.lowers()))
                .flatMap(List::stream)
                .forEach(entry -> label.put(
                        entry.index(),
                        TokenText.of(exploration.piece(entry.index()).label())));
        return exploration.python(run -> TokensPython.neuronTable(
                run,
                layer,
                position,
                strong.neurons().size(),
                TOKENS,
                label,
                columns(false).stream().map(Column::label).toList()));
    }

    static String name(int layer, Neuron neuron) {
        return "L" + layer + "N" + neuron.index();
    }

    private static String words(Exploration exploration, List<TopK.Entry> entries) {
        return entries.stream()
                .map(entry -> TokenText.of(exploration.piece(entry.index()).label()))
                .collect(Collectors.joining("   "));
    }
}
