package app.headlight.engine.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.tensor.EjmlProducts;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.LayerWeights.MlpWeights;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StrongNeuronsTest {

    @ParameterizedTest
    @MethodSource("app.headlight.engine.transformer.RandomModels#kinds")
    void theNeuronsTimesTheirRowsAreWhatTheMlpWrites(Config config) {
        Transformer model = new Transformer(config, RandomModels.weights(config, 6), new EjmlProducts());
        Run run = model.run(RandomModels.tokens(config, 6, 2));
        if (config.mlp() == null) {
            assertThatThrownBy(() -> StrongNeurons.of(model, run, 0, 3, 4, 2)).hasMessageContaining("mlp");
            return;
        }
        int all = config.mlp().dMlp();
        StrongNeurons strong = StrongNeurons.of(model, run, 1, 4, all, 3);
        assertThat(strong.neurons()).hasSize(all);
        assertThat(strong.neurons())
                .isSortedAccordingTo(Comparator.comparingDouble(neuron -> -Math.abs(neuron.activations()[4])));
        MlpWeights weights = model.weights().layer(1).mlp();
        for (int t = 0; t < run.length(); t++) {
            for (int d = 0; d < config.dModel(); d++) {
                double written = weights.bOut()[d];
                for (StrongNeurons.Neuron neuron : strong.neurons()) {
                    written += neuron.activations()[t] * weights.wOut().get(neuron.index(), d);
                }
                assertThat(written).isCloseTo(run.mlpOut(1).get(t, d), within(1e-4));
            }
        }
        StrongNeurons.Neuron first = strong.neurons().getFirst();
        double[] read = IntStream.range(0, config.dVocab())
                .mapToDouble(v -> IntStream.range(0, config.dModel())
                        .mapToDouble(d -> model.weights().wE().get(v, d)
                                * (config.mlp().gated() ? weights.wGate() : weights.wIn()).get(d, first.index()))
                        .sum())
                .toArray();
        int best = IntStream.range(0, read.length)
                .boxed()
                .max(Comparator.comparingDouble(v -> read[v]))
                .orElseThrow();
        assertThat(first.reads().getFirst().index()).isEqualTo(best);
        assertThat((double) first.reads().getFirst().value()).isCloseTo(read[best], within(1e-4));
        double[] written = IntStream.range(0, config.dVocab())
                .mapToDouble(v -> IntStream.range(0, config.dModel())
                        .mapToDouble(d -> weights.wOut().get(first.index(), d)
                                * model.weights().wU().get(d, v))
                        .sum())
                .toArray();
        double mean = IntStream.range(0, written.length)
                .mapToDouble(v -> written[v])
                .average()
                .orElse(0);
        int raised = first.raises().getFirst().index();
        assertThat(first.raises().getFirst().value() + mean).isCloseTo(written[raised], within(1e-4));
        assertThat(written[raised]).isCloseTo(Arrays.stream(written).max().orElseThrow(), within(1e-6));
        assertThat(written[first.lowers().getFirst().index()])
                .isCloseTo(Arrays.stream(written).min().orElseThrow(), within(1e-6));
        assertThatThrownBy(() -> StrongNeurons.of(model, run, 2, 3, 4, 2)).hasMessageContaining("layer 2");
        assertThatThrownBy(() -> StrongNeurons.of(model, run, 0, 6, 4, 2)).hasMessageContaining("position 6");
    }
}
