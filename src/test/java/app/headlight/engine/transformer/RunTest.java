package app.headlight.engine.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.MatrixProducts;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Facts that hold for every run, on random models of every kind, with one token, with some, with a full context. */
class RunTest {

    record Case(Config config, int length) {

        Transformer model() {
            return new Transformer(config, RandomModels.weights(config, 7), MatrixProducts.fastest());
        }

        int[] tokens() {
            return RandomModels.tokens(config, length, 11);
        }

        Run run() {
            return model().run(tokens());
        }

        @Override
        public String toString() {
            return config.nLayers() + " layers, " + config.positions() + ", " + config.norm() + ", " + length
                    + " tokens";
        }
    }

    static Stream<Case> cases() {
        return RandomModels.configs()
                .flatMap(config -> Stream.of(1, 2, 9, config.nCtx()).map(length -> new Case(config, length)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rowsOfAPatternSumToOneAndNothingAttendsForward(Case of) {
        Run run = of.run();
        for (HeadId head : of.model().heads()) {
            FMatrixRMaj pattern = run.pattern(head).copy();
            assertThat(pattern.numRows).isEqualTo(of.length());
            for (int t = 0; t < of.length(); t++) {
                double sum = 0;
                for (int s = 0; s < of.length(); s++) {
                    float weight = pattern.get(t, s);
                    assertThat(weight).isBetween(0f, s > t ? 0f : 1f);
                    assertThat(run.scores(head).get(t, s) == Float.NEGATIVE_INFINITY)
                            .isEqualTo(s > t);
                    sum += weight;
                }
                assertThat(sum).isCloseTo(1, within(1e-6));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theStreamIsTheSumOfWhatWasWritten(Case of) {
        Run run = of.run();
        Weights weights = of.model().weights();
        for (int t = 0; t < of.length(); t++) {
            for (int i = 0; i < of.config().dModel(); i++) {
                double sum = weights.wE().get(run.tokens()[t], i);
                if (of.config().positions() == Positions.STANDARD) {
                    sum += weights.wPos().get(t, i);
                }
                assertThat((double) run.residual(0).get(t, i)).isCloseTo(sum, within(1e-6));
                for (int l = 0; l < of.config().nLayers(); l++) {
                    sum += weights.layer(l).bO()[i];
                    for (int h = 0; h < of.config().nHeads(); h++) {
                        sum += run.result(new HeadId(l, h)).get(t, i);
                    }
                    assertThat((double) run.residual(l + 1).get(t, i)).isCloseTo(sum, within(1e-4));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aRunIsWhatThePlainFormulasGive(Case of) {
        Run run = of.run();
        PlainTransformer plain = new PlainTransformer(of.config(), of.model().weights(), of.tokens(), List.of());
        close(run.logits(), plain.logits, 2e-4);
        for (int l = 0; l <= of.config().nLayers(); l++) {
            close(run.residual(l), plain.residual[l], 2e-4);
        }
        for (HeadId head : of.model().heads()) {
            close(run.pattern(head), plain.pattern[head.layer()][head.head()], 1e-5);
            close(run.result(head), plain.result[head.layer()][head.head()], 1e-4);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void mixedValuesArePatternTimesValuesAndResultsThoseTimesWO(Case of) {
        Run run = of.run();
        for (HeadId id : of.model().heads()) {
            FMatrixRMaj v = run.ofHead(run.v(id.layer()), id.head()).copy();
            FMatrixRMaj z = run.ofHead(run.z(id.layer()), id.head()).copy();
            assertThat(v.numCols).isEqualTo(of.config().dHead());
            close(CommonOps_FDRM.mult(run.pattern(id).copy(), v, null), z, 1e-5);
            close(
                    CommonOps_FDRM.mult(z, of.model().head(id).wO().copy(), null),
                    run.result(id).copy(),
                    1e-5);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void scoresAreQueriesTimesKeysOverTheRootOfDHead(Case of) {
        Run run = of.run();
        for (HeadId id : of.model().heads()) {
            FMatrixRMaj q = run.ofHead(run.q(id.layer()), id.head()).copy();
            FMatrixRMaj k = run.ofHead(run.k(id.layer()), id.head()).copy();
            FMatrixRMaj scores = CommonOps_FDRM.multTransB(q, k, null);
            for (int t = 0; t < of.length(); t++) {
                for (int s = 0; s <= t; s++) {
                    assertThat(run.scores(id).get(t, s))
                            .isCloseTo(
                                    (float) (scores.get(t, s)
                                            / Math.sqrt(of.config().dHead())),
                                    within(1e-5f));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatComesLaterChangesNothingBefore(Case of) {
        FMatrixRMaj whole = of.run().logits().copy();
        int half = (of.length() + 1) / 2;
        int[] beginning = Arrays.copyOf(of.tokens(), half);
        close(
                of.model().run(beginning).logits().copy(),
                CommonOps_FDRM.extract(whole, 0, half, 0, whole.numCols),
                1e-5);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void probabilitiesSumToOneAndLossIsOfTheTokenThatFollows(Case of) {
        Run run = of.run();
        assertThat(run.loss()).hasSize(of.length() - 1);
        for (int t = 0; t < of.length(); t++) {
            double sum = 0;
            for (int i = 0; i < of.config().dVocab(); i++) {
                sum += Math.exp(run.logits().get(t, i) - run.logSum()[t]);
            }
            assertThat(sum).isCloseTo(1, within(1e-6));
            if (t + 1 < of.length()) {
                double logProbability = run.logits().get(t, run.tokens()[t + 1]) - run.logSum()[t];
                assertThat(run.loss()[t])
                        .isCloseTo(-logProbability, within(1e-9))
                        .isNotNegative();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void normScalesMakeRowsOfUnitVariance(Case of) {
        Run run = of.run();
        for (int l = 0; l <= of.config().nLayers(); l++) {
            float[] scale = run.normScale(l);
            assertThat(scale).hasSize(of.length());
            for (int t = 0; t < of.length(); t++) {
                if (of.config().norm() == Norm.NONE) {
                    assertThat(scale[t]).isEqualTo(1);
                } else {
                    assertThat(variance(run.residual(l), t) * scale[t] * scale[t])
                            .isCloseTo(1, within(1e-3));
                }
            }
        }
    }

    @Test
    void aRunKeepsItsOwnTokens() {
        Case of = new Case(RandomModels.config(1, Positions.STANDARD, Norm.NONE), 4);
        int[] tokens = of.tokens();
        Run run = of.model().run(tokens);
        tokens[0]++;
        assertThat(run.tokens()).containsExactly(of.tokens());
        assertThat(run.length()).isEqualTo(4);
        assertThat(run.config()).isEqualTo(of.config());
    }

    @Test
    void aRunCountsTheMemoryThatItHolds() {
        Case of = new Case(RandomModels.config(2, Positions.STANDARD, Norm.NONE), 9);
        long kept = 3 * 9 * 12 + 2 * (4 * 9 * 15 + 3 * 2 * 9 * 9 + 9 * 12) + 9 * 23; // stream, layers, logits
        assertThat(of.run().bytes()).isBetween(4 * kept, 4 * kept + 8 * 9 * 4);
    }

    private static double variance(Matrix x, int row) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < x.columns(); i++) {
            sum += x.get(row, i);
            squares += (double) x.get(row, i) * x.get(row, i);
        }
        return squares / x.columns() - sum / x.columns() * sum / x.columns();
    }

    static void close(Matrix actual, double[][] expected, double tolerance) {
        assertThat(actual.rows()).isEqualTo(expected.length);
        for (int t = 0; t < expected.length; t++) {
            for (int i = 0; i < actual.columns(); i++) {
                assertThat((double) actual.get(t, i)).as("[%d, %d]", t, i).isCloseTo(expected[t][i], within(tolerance));
            }
        }
    }

    private static void close(FMatrixRMaj actual, FMatrixRMaj expected, double tolerance) {
        assertThat(actual.data).containsExactly(expected.data, within((float) tolerance));
    }
}
