package app.headlight.engine.circuits;

import static app.headlight.ReferenceModel.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.ReferenceModel;
import app.headlight.engine.circuits.ScoreParts.Side;
import app.headlight.engine.circuits.ScoreParts.Split;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Edit;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.InductionByHand;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Positions;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ScorePartsTest {

    static Stream<Config> withHeads() {
        return RandomModels.configs().filter(config -> config.nLayers() > 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "random-2l-lnpre-biases",
                "random-2l-shortformer-biases",
                "random-3l-standard",
                "storybook-2l-torch"
            })
    void everyPartIsTheReferences(String name) {
        Transformer model = ReferenceModel.load(name).model();
        JsonNode expected = ReferenceModel.json(name, "score_parts.json");
        Run run = model.run(ints(expected.get("tokens")));
        assertThat(expected.get("scores").size()).isPositive();
        for (JsonNode score : expected.get("scores")) {
            HeadId head = HeadId.parse(score.get("head").asString());
            Split split = ScoreParts.of(model, run, head)
                    .at(score.get("destination").asInt(), score.get("source").asInt());
            assertThat(split.score()).isCloseTo(score.get("score").asDouble(), within(1e-4));
            assertThat(split.sum()).isCloseTo(score.get("score").asDouble(), within(1e-4));
            Map<String, Double> parts = byName(split);
            assertThat(parts.keySet())
                    .containsExactlyInAnyOrderElementsOf(score.get("parts").propertyNames());
            score.get("parts")
                    .properties()
                    .forEach(part -> assertThat(parts.get(part.getKey()))
                            .as("%s %s", head, part.getKey())
                            .isCloseTo(part.getValue().asDouble(), within(1e-4)));
        }
    }

    @ParameterizedTest
    @MethodSource("withHeads")
    void partsSumToTheModelsOwnScore(Config config) {
        Transformer model = model(config);
        Run run = model.run(RandomModels.tokens(config, 9, 4));
        for (HeadId head : model.heads()) {
            ScoreParts parts = ScoreParts.of(model, run, head);
            FMatrixRMaj whole = parts.between(null, null).copy();
            for (int t = 0; t < run.length(); t++) {
                for (int s = 0; s <= t; s++) {
                    double score = run.scores(head).get(t, s);
                    assertThat(parts.at(t, s).score()).isEqualTo(score);
                    assertThat(parts.at(t, s).sum()).isCloseTo(score, within(1e-4));
                    assertThat((double) whole.get(t, s)).isCloseTo(score, within(1e-4));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("withHeads")
    void aPictureHasThePartOfEveryScore(Config config) {
        Transformer model = model(config);
        Run run = model.run(RandomModels.tokens(config, 7, 5));
        HeadId head = model.heads().getLast();
        ScoreParts parts = ScoreParts.of(model, run, head);
        for (int w = 0; w < parts.writers().size(); w++) {
            StreamWriter writer = parts.writers().get(w);
            FMatrixRMaj query = parts.between(writer, null).copy();
            FMatrixRMaj key = parts.between(null, writer).copy();
            FMatrixRMaj both = parts.between(writer, writer).copy();
            for (int t = 0; t < run.length(); t++) {
                for (int s = 0; s < run.length(); s++) {
                    if (s > t) {
                        assertThat(key.get(t, s)).isNaN();
                    } else {
                        Split split = parts.at(t, s);
                        assertThat((double) query.get(t, s)).isCloseTo(split.bySide(Side.QUERY)[w], within(1e-4));
                        assertThat((double) key.get(t, s)).isCloseTo(split.bySide(Side.KEY)[w], within(1e-4));
                        assertThat((double) both.get(t, s)).isCloseTo(split.parts()[w][w], within(1e-5));
                    }
                }
            }
        }
    }

    /** Without a norm, a score of layer 1 without a head of layer 0 is the score less that head's row and column. */
    @ParameterizedTest
    @EnumSource(value = Positions.class, names = "ROTARY", mode = EnumSource.Mode.EXCLUDE)
    void aHeadsPartsAreWhatIsGoneWithoutIt(Positions positions) {
        Config config = RandomModels.config(2, positions, Norm.NONE);
        Transformer model = model(config);
        int[] tokens = RandomModels.tokens(config, 8, 6);
        Run run = model.run(tokens);
        for (int h = 0; h < config.nHeads(); h++) {
            HeadId gone = new HeadId(0, h);
            Run without = model.run(tokens, List.of(Edit.zero(gone)));
            HeadId head = new HeadId(1, 1);
            ScoreParts parts = ScoreParts.of(model, run, head);
            int w = parts.writers().indexOf(StreamWriter.of(gone));
            for (int s = 0; s < tokens.length; s++) {
                Split split = parts.at(7, s);
                double lost = split.bySide(Side.QUERY)[w] + split.bySide(Side.KEY)[w] - split.parts()[w][w];
                assertThat(split.score() - without.scores(head).get(7, s)).isCloseTo(lost, within(1e-4));
                Split zero = ScoreParts.of(model, without, head).at(7, s);
                assertThat(zero.bySide(Side.QUERY)[w]).isZero();
                assertThat(zero.sum()).isCloseTo(without.scores(head).get(7, s), within(1e-4));
            }
        }
    }

    /** "attends to the places whose token before, written by L0H0, is the current token": a score of 32, by hand. */
    @Test
    void theInductionHeadByHandFindsItsTokenByWhatThePreviousTokenHeadWrote() {
        Transformer model = byHand();
        Run run = model.run(new int[] {0, 5, 9, 12, 7, 5});
        ScoreParts parts = ScoreParts.of(model, run, new HeadId(1, 0));
        Map<String, Double> match = byName(parts.at(5, 2)); // 9 follows the earlier 5
        assertThat(match.remove("embed|L0H0")).isCloseTo(32, within(1e-2));
        assertThat(match.values()).allSatisfy(part -> assertThat(part).isCloseTo(0, within(1e-2)));
        assertThat(byName(parts.at(5, 3)).get("embed|L0H0")).isCloseTo(0, within(1e-2));
        FMatrixRMaj picture =
                parts.between(null, StreamWriter.of(new HeadId(0, 0))).copy();
        for (int s = 1; s < 6; s++) {
            assertThat((double) picture.get(5, s)).isCloseTo(s == 2 ? 32 : 0, within(1e-2));
        }
    }

    @Test
    void theComposedCircuitByHandMatchesEveryToken() {
        Transformer model = byHand();
        HeadId previous = new HeadId(0, 0);
        Spectrum composed =
                QkCircuit.composed(model, new HeadId(1, 0), null, previous).spectrum();
        assertThat(composed.score()).isCloseTo(1, within(1e-4));
        Spectrum asQuery =
                QkCircuit.composed(model, new HeadId(1, 0), previous, null).spectrum();
        assertThat(asQuery.eigenvalues())
                .allSatisfy(value -> assertThat(value.magnitude()).isCloseTo(0, within(1e-3)));
    }

    @Test
    void composedCircuitsAreTheDenseProducts() {
        Transformer model = ReferenceModel.load("random-3l-standard").model();
        HeadId head = new HeadId(2, 1);
        HeadId first = new HeadId(0, 1);
        HeadId second = new HeadId(1, 0);
        same(model, QkCircuit.composed(model, head, null, second), head, null, second);
        same(model, QkCircuit.composed(model, head, first, null), head, first, null);
        same(model, QkCircuit.composed(model, head, first, second), head, first, second);
        same(model, QkCircuit.composed(model, head, null, null), head, null, null);
        assertThat(QkCircuit.composed(model, head, null, null).sourcesOf(3))
                .containsExactly(QkCircuit.of(model, head).sourcesOf(3), within(1e-4f));
        assertThatThrownBy(() -> QkCircuit.composed(model, second, null, head)).hasMessageContaining("L2H1 does not");
    }

    @Test
    void whatDoesNotFitIsRefusedByName() {
        Config config = RandomModels.config(2, Positions.NONE, Norm.LN_PRE);
        Transformer model = model(config);
        Run run = model.run(RandomModels.tokens(config, 5, 1));
        ScoreParts parts = ScoreParts.of(model, run, new HeadId(1, 0));
        assertThat(parts.writers()).hasToString("[embed, L0H0, L0H1, L0H2, bias]");
        assertThatThrownBy(() -> parts.at(2, 3)).hasMessageContaining("source 3 comes after destination 2");
        assertThatThrownBy(() -> parts.at(5, 0)).hasMessageContaining("destination 5 does not exist");
        assertThatThrownBy(() -> parts.at(4, -1)).hasMessageContaining("source -1 does not exist");
        assertThatThrownBy(() -> parts.between(StreamWriter.POSITIONS, null)).hasMessageContaining("does not read pos");
        assertThatThrownBy(() -> parts.between(null, StreamWriter.of(new HeadId(1, 1))))
                .hasMessageContaining("does not read L1H1");
        assertThatThrownBy(() -> ScoreParts.of(model, run, new HeadId(2, 0))).hasMessageContaining("no head L2H0");
    }

    private static void same(Transformer model, QkCircuit circuit, HeadId head, HeadId query, HeadId key) {
        DMatrixRMaj wE = dense(model.weights().wE());
        DMatrixRMaj asked = query == null ? wE : product(wE, ov(model, query));
        DMatrixRMaj found = key == null ? wE : product(wE, ov(model, key));
        DMatrixRMaj qk = product(
                dense(model.head(head).qk().left().copy()),
                dense(model.head(head).qk().right().copy()));
        DMatrixRMaj whole = product(product(asked, qk), CommonOps_DDRM.transpose(found, null));
        for (int token : new int[] {0, 7, 40}) {
            float[] sources = circuit.sourcesOf(token);
            for (int v = 0; v < sources.length; v++) {
                double score = whole.get(token, v) / Math.sqrt(model.config().dHead());
                assertThat((double) sources[v]).isCloseTo(score, within(1e-3 * Math.max(1, Math.abs(score))));
            }
        }
        var eigen = DecompositionFactory_DDRM.eig(whole.numRows, false);
        assertThat(eigen.decompose(whole.copy())).isTrue();
        double sum = 0;
        double magnitudes = 0;
        for (int i = 0; i < whole.numRows; i++) {
            sum += eigen.getEigenvalue(i).getReal();
            magnitudes += eigen.getEigenvalue(i).getMagnitude();
        }
        assertThat(circuit.spectrum().score()).isCloseTo(sum / magnitudes, within(1e-3));
    }

    private static DMatrixRMaj ov(Transformer model, HeadId head) {
        return product(
                dense(model.head(head).wV().copy()), dense(model.head(head).wO().copy()));
    }

    private static DMatrixRMaj product(DMatrixRMaj a, DMatrixRMaj b) {
        return CommonOps_DDRM.mult(a, b, null);
    }

    private static DMatrixRMaj dense(FMatrixRMaj matrix) {
        DMatrixRMaj out = new DMatrixRMaj(matrix.numRows, matrix.numCols);
        for (int i = 0; i < out.data.length; i++) {
            out.data[i] = matrix.data[i];
        }
        return out;
    }

    private static Map<String, Double> byName(Split split) {
        Map<String, Double> parts = new HashMap<>();
        for (int u = 0; u < split.parts().length; u++) {
            for (int v = 0; v < split.parts().length; v++) {
                parts.put(split.writers().get(u) + "|" + split.writers().get(v), split.parts()[u][v]);
            }
        }
        return parts;
    }

    private static Transformer model(Config config) {
        return new Transformer(config, RandomModels.weights(config, 3), MatrixProducts.fastest());
    }

    private static Transformer byHand() {
        return new Transformer(InductionByHand.config(), InductionByHand.weights(), MatrixProducts.fastest());
    }
}
