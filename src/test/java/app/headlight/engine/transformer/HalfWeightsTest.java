package app.headlight.engine.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.tensor.HalfMatrix;
import app.headlight.engine.tensor.HalfMatrix.Format;
import app.headlight.engine.tensor.MatrixProducts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Weights that are held in 16 bits compute what the same numbers in 32 bits do, in every kind of model. */
class HalfWeightsTest {

    private static final Set<String> IN_32_BITS = Set.of("pos_embed.W_pos");

    static Stream<Config> kinds() {
        // Wide enough for the products of OpenBLAS.
        return RandomModels.kinds()
                .map(config -> config.toBuilder().sizes(2, 48, 4, 16, 300, 8).build());
    }

    private record Pair(Config config, Transformer whole, Transformer half) {

        static Pair of(Config config, Format format) {
            Weights weights = RandomModels.weights(config, 7);
            Map<String, FMatrixRMaj> values = new LinkedHashMap<>();
            Map<String, FMatrixRMaj> rest = new LinkedHashMap<>();
            Map<String, HalfMatrix> halves = new LinkedHashMap<>();
            for (Weights.Tensor tensor : weights.tensors()) {
                FMatrixRMaj value = weights.get(tensor.name()).copy();
                if (tensor.bias() || tensor.rows() == 1 || IN_32_BITS.contains(tensor.name())) {
                    rest.put(tensor.name(), value);
                } else {
                    for (int i = 0; i < value.data.length; i++) {
                        float x = 0.25f * value.data[i];
                        value.data[i] = format == Format.F16
                                ? Float.float16ToFloat(Float.floatToFloat16(x))
                                : Float.intBitsToFloat(Float.floatToIntBits(x) & 0xFFFF0000);
                    }
                    halves.put(tensor.name(), HalfMatrix.of(format, value));
                }
                values.put(tensor.name(), value);
            }
            MatrixProducts products = MatrixProducts.fastest();
            return new Pair(
                    config,
                    new Transformer(config, Weights.of(config, values), products),
                    new Transformer(config, Weights.of(config, rest, halves), products));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void runsAreTheSame(Config config) {
        for (Format format : Format.values()) {
            Pair pair = Pair.of(config, format);
            int[] tokens = RandomModels.tokens(config, 8, 1);
            Run whole = pair.whole.run(tokens);
            Run half = pair.half.run(tokens);
            assertThat(half.logits().toArray()).containsExactly(whole.logits().toArray(), within(2e-4f));
            assertThat(half.residual(1).toArray())
                    .containsExactly(whole.residual(1).toArray(), within(2e-4f));
            for (HeadId head : pair.whole.heads()) {
                assertThat(half.result(head).toArray())
                        .containsExactly(whole.result(head).toArray(), within(2e-4f));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void gradientsAreTheSame(Config config) {
        Pair pair = Pair.of(config, Format.F16);
        int[] tokens = RandomModels.tokens(config, 8, 1);
        LogitMetric metric = LogitMetric.difference(7, 3, 5);
        Set<Site.Kind> kinds = Set.of(Site.Kind.RESID_PRE, Site.Kind.RESULT);
        Activations whole = pair.whole.gradients(tokens, metric, kinds);
        Activations half = pair.half.gradients(tokens, metric, kinds);
        for (int layer = 0; layer < 2; layer++) {
            Site site = Site.of(Site.Kind.RESID_PRE, layer);
            assertThat(half.get(site).data).containsExactly(whole.get(site).data, within(2e-4f));
        }
    }

    @Test
    void partsOfEmbeddingAndUnembedding() {
        Config config = kinds().findFirst().orElseThrow();
        Pair pair = Pair.of(config, Format.BF16);
        Weights whole = pair.whole.weights();
        Weights half = pair.half.weights();
        assertThat(half.embedding(299)).containsExactly(whole.embedding(299));
        assertThat(half.unembedding(299)).containsExactly(whole.unembedding(299));
        assertThat(half.layer(1).wO().data).containsExactly(whole.layer(1).wO().data);
        assertThat(pair.half.head(new HeadId(1, 3)).wK())
                .isEqualTo(pair.whole.head(new HeadId(1, 3)).wK());
        assertThat(half.firstUntied()).isEqualTo(whole.firstUntied());
        assertThat(half.tensors()).isEqualTo(whole.tensors());
        List<Long> bytes = List.of(half.bytes() - half.floatBytes(), whole.bytes() - half.floatBytes());
        assertThat(bytes.get(0) * 2).as("half the room").isEqualTo(bytes.get(1));
    }
}
