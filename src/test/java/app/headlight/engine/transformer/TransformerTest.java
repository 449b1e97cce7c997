package app.headlight.engine.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.MatrixProducts;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, in which words; and the heads of a model. */
class TransformerTest {

    private static final Config CONFIG = RandomModels.config(2, Positions.STANDARD, Norm.NONE);

    @Test
    void refusesNoTokenAtAll() {
        refuses("there is no token to run on");
    }

    @Test
    void refusesMoreTokensThanTheContextHolds() {
        refuses("18 tokens are given; the model's context is 17", RandomModels.tokens(CONFIG, 18, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 23, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void refusesATokenOutsideTheVocabulary(int token) {
        refuses("token " + token + " is given; the vocabulary has ids 0 to 22", 0, 22, token);
    }

    @Test
    void refusesWeightsOfAnotherShape() {
        for (Weights.Tensor tensor : Weights.tensors(CONFIG)) {
            Map<String, FMatrixRMaj> values = values();
            values.put(tensor.name(), new FMatrixRMaj(3, 4));
            refuses(values, tensor.name() + " is [3, 4]; expected [" + tensor.rows() + ", " + tensor.columns() + "]");
        }
    }

    @Test
    void takesAMissingBiasAsZeroAndRefusesAnotherMissingTensor() {
        for (Weights.Tensor tensor : Weights.tensors(CONFIG)) {
            Map<String, FMatrixRMaj> values = values();
            values.remove(tensor.name());
            if (tensor.bias()) {
                assertThat(Weights.of(CONFIG, values).get(tensor.name()).data).containsOnly(0f);
            } else {
                refuses(
                        values,
                        tensor.name() + " is missing; expected [" + tensor.rows() + ", " + tensor.columns() + "]");
            }
        }
    }

    @Test
    void refusesATensorThatTheConfigurationDoesNotHave() {
        Map<String, FMatrixRMaj> values = values();
        values.put("blocks.2.attn.W_Q", new FMatrixRMaj(12, 15));
        refuses(values, "blocks.2.attn.W_Q is not a tensor of this configuration");
    }

    private static Map<String, FMatrixRMaj> values() {
        Weights good = RandomModels.weights(CONFIG, 1);
        Map<String, FMatrixRMaj> values = new HashMap<>();
        good.tensors().forEach(tensor -> values.put(tensor.name(), good.get(tensor.name())));
        return values;
    }

    @Test
    void headsAreNamedLayerByLayer() {
        assertThat(model().heads())
                .map(HeadId::toString)
                .containsExactly("L0H0", "L0H1", "L0H2", "L1H0", "L1H1", "L1H2");
    }

    @Test
    void refusesAHeadThatIsNotThere() {
        for (HeadId id : List.of(new HeadId(2, 0), new HeadId(0, 3))) {
            assertThatThrownBy(() -> model().head(id))
                    .isInstanceOf(Refusal.class)
                    .hasMessage("there is no head " + id + " in a model of 2 layers with 3 heads each");
        }
    }

    @Test
    void aHeadsWeightsAreItsColumnsAndRows() {
        LayerWeights layer = model().weights().layer(1);
        Head head = model().head(new HeadId(1, 2));
        for (int i = 0; i < 12; i++) {
            for (int j = 0; j < 5; j++) {
                assertThat(head.wQ().get(i, j)).isEqualTo(layer.wQ().get(i, 10 + j));
                assertThat(head.wK().get(i, j)).isEqualTo(layer.wK().get(i, 10 + j));
                assertThat(head.wV().get(i, j)).isEqualTo(layer.wV().get(i, 10 + j));
                assertThat(head.wO().get(j, i)).isEqualTo(layer.wO().get(10 + j, i));
            }
        }
        assertThat(head.bQ().toArray()).containsExactly(Arrays.copyOfRange(layer.bQ(), 10, 15));
        assertThat(head.bK().toArray()).containsExactly(Arrays.copyOfRange(layer.bK(), 10, 15));
        assertThat(head.bV().toArray()).containsExactly(Arrays.copyOfRange(layer.bV(), 10, 15));
    }

    @Test
    void theCircuitsOfAHeadAreTheProductsOfItsWeights() {
        Head head = model().head(new HeadId(0, 1));
        FMatrixRMaj ov = CommonOps_FDRM.mult(head.wV().copy(), head.wO().copy(), null);
        FMatrixRMaj qk = CommonOps_FDRM.multTransB(head.wQ().copy(), head.wK().copy(), null);
        for (int i = 0; i < 12; i++) {
            assertThat(head.ov().row(i)).containsExactly(CommonOps_FDRM.extractRow(ov, i, null).data, offset());
            assertThat(head.qk().row(i)).containsExactly(CommonOps_FDRM.extractRow(qk, i, null).data, offset());
        }
    }

    @Test
    void aHeadsNameIsReadBack() {
        assertThat(HeadId.parse("L1H2")).isEqualTo(new HeadId(1, 2)).hasToString("L1H2");
        assertThat(new HeadId(0, 9)).isLessThan(new HeadId(1, 0)).isGreaterThan(new HeadId(0, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "l1h2", "L1", "L-1H0", "L1H2 ", "L99999H0", "L١H٢"})
    void refusesWhatIsNotTheNameOfAHead(String name) {
        assertThatThrownBy(() -> HeadId.parse(name))
                .isInstanceOf(Refusal.class)
                .hasMessage("“" + name + "” is not the name of a head; expected one like L1H2");
    }

    @Test
    void refusesANegativeHead() {
        assertThatThrownBy(() -> new HeadId(0, -1))
                .isInstanceOf(Refusal.class)
                .hasMessage("layer 0, head -1 is not a head; both are counted from 0");
    }

    @Test
    void weightsCountTheirBytes() {
        long floats = 23 * 12 + 17 * 12 + 12 * 23 + 23 + 2 * (4 * 12 * 15 + 3 * 15 + 12);
        assertThat(RandomModels.weights(CONFIG, 1).bytes()).isEqualTo(4 * floats);
    }

    private static Offset<Float> offset() {
        return within(1e-5f);
    }

    private static Transformer model() {
        return new Transformer(CONFIG, RandomModels.weights(CONFIG, 1), MatrixProducts.fastest());
    }

    private static void refuses(String message, int... tokens) {
        assertThatThrownBy(() -> model().run(tokens))
                .isInstanceOf(Refusal.class)
                .hasMessage(message);
    }

    private static void refuses(Map<String, FMatrixRMaj> values, String message) {
        assertThatThrownBy(() -> Weights.of(CONFIG, values))
                .isInstanceOf(Refusal.class)
                .hasMessage(message);
    }
}
