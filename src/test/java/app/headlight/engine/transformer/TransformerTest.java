package app.headlight.engine.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.tensor.MatrixProducts;
import java.util.Arrays;
import java.util.List;
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
        Weights good = RandomModels.weights(CONFIG, 1);
        FMatrixRMaj odd = new FMatrixRMaj(3, 4);
        refuses(new Weights(odd, good.wPos(), good.layers(), good.wU(), good.bU()), "W_E is [3, 4]; expected [23, 12]");
        refuses(new Weights(good.wE(), odd, good.layers(), good.wU(), good.bU()), "W_pos is [3, 4]; expected [17, 12]");
        refuses(new Weights(good.wE(), good.wPos(), good.layers(), odd, good.bU()), "W_U is [3, 4]; expected [12, 23]");
        refuses(
                new Weights(good.wE(), good.wPos(), good.layers(), good.wU(), new float[5]),
                "b_U is [5]; expected [23]");
        refuses(
                new Weights(good.wE(), null, good.layers(), good.wU(), good.bU()),
                "W_pos is missing; positions are STANDARD");
        refuses(
                new Weights(good.wE(), good.wPos(), good.layers().subList(0, 1), good.wU(), good.bU()),
                "there are weights of 1 layers; n_layers is 2");
    }

    @Test
    void refusesALayersWeightsOfAnotherShape() {
        LayerWeights good = RandomModels.weights(CONFIG, 1).layers().get(1);
        FMatrixRMaj m = new FMatrixRMaj(15, 15);
        float[] v = new float[3];
        FMatrixRMaj q = good.wQ();
        FMatrixRMaj k = good.wK();
        FMatrixRMaj o = good.wO();
        float[] b = good.bQ();
        float[] bO = good.bO();
        refusesLayer(new LayerWeights(m, k, k, o, b, b, b, bO), "W_Q of layer 1 is [15, 15]; expected [12, 15]");
        refusesLayer(new LayerWeights(q, m, k, o, b, b, b, bO), "W_K of layer 1 is [15, 15]; expected [12, 15]");
        refusesLayer(new LayerWeights(q, k, m, o, b, b, b, bO), "W_V of layer 1 is [15, 15]; expected [12, 15]");
        refusesLayer(new LayerWeights(q, k, k, m, b, b, b, bO), "W_O of layer 1 is [15, 15]; expected [15, 12]");
        refusesLayer(new LayerWeights(q, k, k, o, v, b, b, bO), "b_Q of layer 1 is [3]; expected [15]");
        refusesLayer(new LayerWeights(q, k, k, o, b, v, b, bO), "b_K of layer 1 is [3]; expected [15]");
        refusesLayer(new LayerWeights(q, k, k, o, b, b, v, bO), "b_V of layer 1 is [3]; expected [15]");
        refusesLayer(new LayerWeights(q, k, k, o, b, b, b, v), "b_O of layer 1 is [3]; expected [12]");
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
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("there is no head " + id + " in a model of 2 layers with 3 heads each");
        }
    }

    @Test
    void aHeadsWeightsAreItsColumnsAndRows() {
        LayerWeights layer = model().weights().layers().get(1);
        Head head = model().head(new HeadId(1, 2));
        for (int i = 0; i < 12; i++) {
            for (int j = 0; j < 5; j++) {
                assertThat(head.wQ().get(i, j)).isEqualTo(layer.wQ().get(i, 10 + j));
                assertThat(head.wK().get(i, j)).isEqualTo(layer.wK().get(i, 10 + j));
                assertThat(head.wV().get(i, j)).isEqualTo(layer.wV().get(i, 10 + j));
                assertThat(head.wO().get(j, i)).isEqualTo(layer.wO().get(10 + j, i));
            }
        }
        assertThat(head.bQ()).containsExactly(Arrays.copyOfRange(layer.bQ(), 10, 15));
        assertThat(head.bK()).containsExactly(Arrays.copyOfRange(layer.bK(), 10, 15));
        assertThat(head.bV()).containsExactly(Arrays.copyOfRange(layer.bV(), 10, 15));
    }

    @Test
    void theCircuitsOfAHeadAreTheProductsOfItsWeights() {
        Head head = model().head(new HeadId(0, 1));
        FMatrixRMaj ov = CommonOps_FDRM.mult(head.wV(), head.wO(), null);
        FMatrixRMaj qk = CommonOps_FDRM.multTransB(head.wQ(), head.wK(), null);
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
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("“" + name + "” is not the name of a head; expected one like L1H2");
    }

    @Test
    void refusesANegativeHead() {
        assertThatThrownBy(() -> new HeadId(0, -1))
                .isInstanceOf(IllegalArgumentException.class)
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
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static void refusesLayer(LayerWeights bad, String message) {
        Weights good = RandomModels.weights(CONFIG, 1);
        List<LayerWeights> layers = List.of(good.layers().getFirst(), bad);
        refuses(new Weights(good.wE(), good.wPos(), layers, good.wU(), good.bU()), message);
    }

    private static void refuses(Weights weights, String message) {
        assertThatThrownBy(() -> new Transformer(CONFIG, weights, MatrixProducts.fastest()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
