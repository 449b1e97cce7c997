package app.headlight.engine.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.tensor.Complex;
import app.headlight.engine.tensor.FactoredMatrix;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.tensor.TopK;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fact that the construction promises. */
class InductionByHandTest {

    private static final HeadId PREVIOUS = new HeadId(0, 0);
    private static final HeadId SAME = new HeadId(0, 1);
    private static final HeadId INDUCTION = new HeadId(1, 0);
    private static final HeadId START = new HeadId(1, 1);
    private static final Transformer MODEL =
            new Transformer(InductionByHand.config(), InductionByHand.weights(), MatrixProducts.fastest());
    private static final int V = 64;

    /** Full contexts: random tokens, few different tokens, one token all along, random tokens twice; and the sentences. */
    static Stream<int[]> texts() {
        Stream<int[]> random = IntStream.range(0, 5)
                .mapToObj(seed -> begun(new Random(seed).ints(63, 1, V).toArray()));
        Stream<int[]> few = Stream.of(begun(new Random(9).ints(63, 1, 6).toArray()), begun(filled(63, 5)), begun(4));
        Stream<int[]> twice = IntStream.range(0, 3).mapToObj(InductionByHandTest::twice);
        return Stream.of(
                        random, few, twice, InductionByHand.sentences().stream().map(InductionByHandTest::ids))
                .flatMap(text -> text);
    }

    @Test
    void theVocabularyIsAsLargeAsAHeadIsWide() {
        assertThat(InductionByHand.vocabulary()).hasSize(V).doesNotHaveDuplicates();
        assertThat(InductionByHand.vocabulary().getFirst()).isEqualTo(InductionByHand.START);
        assertThat(InductionByHand.vocabulary().get(1)).isEqualTo(InductionByHand.UNKNOWN);
        assertThat(InductionByHand.config().dHead()).isEqualTo(V);
        assertThat(InductionByHand.config().nCtx()).isEqualTo(V);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void thePreviousTokenHeadLooksAtThePreviousToken(int[] tokens) {
        Matrix pattern = MODEL.run(tokens).pattern(PREVIOUS);
        for (int t = 0; t < tokens.length; t++) {
            assertThat(pattern.get(t, Math.max(0, t - 1))).isGreaterThan(0.9999f);
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void theInductionHeadLooksAtWhatCameAfterTheCurrentTokenOrElseRestsAtTheBeginning(int[] tokens) {
        Matrix pattern = MODEL.run(tokens).pattern(INDUCTION);
        for (int t = 0; t < tokens.length; t++) {
            int[] followers = followers(tokens, t);
            for (int s : followers) {
                assertThat(pattern.get(t, s)).isCloseTo(1f / followers.length, within(1e-4f));
            }
            if (followers.length == 0) {
                assertThat(pattern.get(t, 0)).isGreaterThan(0.9999f);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void theSameTokenHeadSharesItsAttentionEquallyAmongEqualTokens(int[] tokens) {
        Matrix pattern = MODEL.run(tokens).pattern(SAME);
        for (int t = 0; t < tokens.length; t++) {
            int now = t;
            int[] equal = IntStream.rangeClosed(0, t)
                    .filter(s -> tokens[s] == tokens[now])
                    .toArray();
            for (int s : equal) {
                assertThat(pattern.get(t, s)).isCloseTo(1f / equal.length, within(1e-4f));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void theStartHeadLooksAtTheStart(int[] tokens) {
        Matrix pattern = MODEL.run(tokens).pattern(START);
        for (int t = 0; t < tokens.length; t++) {
            assertThat(pattern.get(t, 0)).isGreaterThan(0.9999f);
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void everyLogitIsTheSumOfFourKnownParts(int[] tokens) {
        Matrix logits = MODEL.run(tokens).logits();
        FMatrixRMaj neighbours = neighbours();
        for (int t = 0; t < tokens.length; t++) {
            double[] expected = new double[V];
            for (int i = 0; i < V; i++) {
                expected[i] = neighbours.get(tokens[t], i);
            }
            int[] followers = followers(tokens, t);
            for (int s : followers) {
                expected[tokens[s]] += 8.0 / followers.length;
            }
            expected[tokens[t]] -= 2;
            expected[0] -= 4;
            for (int i = 0; i < V; i++) {
                assertThat((double) logits.get(t, i))
                        .as("position %d, token %d", t, i)
                        .isCloseTo(expected[i], within(2e-3));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void theStreamHoldsTheTokenBefore(int[] tokens) {
        Matrix after = MODEL.run(tokens).residual(1);
        for (int t = 0; t < tokens.length; t++) {
            for (int i = 0; i < V; i++) {
                assertThat(after.get(t, V + i)).isCloseTo(tokens[Math.max(0, t - 1)] == i ? 1 : 0, within(1e-4f));
                assertThat(after.get(t, 2 * V + i)).isZero(); // no position in the stream
            }
        }
    }

    @Test
    void theSecondTimeRoundInductionIsNearlyAllAndThePredictionRight() {
        for (int seed = 0; seed < 10; seed++) {
            int[] tokens = twice(seed);
            Run run = MODEL.run(tokens);
            for (int t = 32; t < 62; t++) { // 31 different tokens after the start, then again
                assertThat(run.pattern(INDUCTION).get(t, t - 30)).isGreaterThan(0.9999f);
                assertThat(TopK.largest(run.logits().row(t), 1).getFirst().index())
                        .isEqualTo(tokens[t + 1]);
                assertThat(run.loss()[t]).isLessThan(0.05);
            }
            // The first time round it can only guess: 63 tokens, a few of them likelier by e^2.
            assertThat(Arrays.stream(run.loss(), 1, 31).average().orElseThrow()).isGreaterThan(3.5);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 9, ' sat'",
        "0, 10, ' on'",
        "0, 11, ' the'",
        "0, 12, ' mat'",
        "1, 12, ' of'",
        "2, 10, ' went'",
        "2, 14, ' the'",
        "2, 15, ' and'"
    })
    void afterARepeatedTokenComesWhatCameAfterItBefore(int sentence, int position, String next) {
        Matrix logits =
                MODEL.run(ids(InductionByHand.sentences().get(sentence))).logits();
        int likeliest = TopK.largest(logits.row(position), 1).getFirst().index();
        assertThat(InductionByHand.vocabulary().get(likeliest)).isEqualTo(next);
    }

    @Test
    void headsCopyAsTheyAreSaidTo() {
        assertThat(outputEigenvalues(INDUCTION))
                .filteredOn(value -> value.magnitude() > 1e-3)
                .hasSize(63)
                .allSatisfy(value -> isReal(value, 8));
        assertThat(outputEigenvalues(SAME)).hasSize(64).allSatisfy(value -> isReal(value, -2));
        assertThat(outputEigenvalues(START))
                .filteredOn(value -> value.magnitude() > 1e-3)
                .singleElement()
                .satisfies(value -> isReal(value, -4));
        assertThat(outputEigenvalues(PREVIOUS)).allSatisfy(value -> isReal(value, 0));
    }

    @Test
    void headsComposeThroughKeysAlone() {
        FactoredMatrix write = MODEL.head(PREVIOUS).ov();
        FactoredMatrix qk = MODEL.head(INDUCTION).qk();
        double norms = write.frobeniusNorm() * qk.frobeniusNorm();
        // ‖W_OV‖ = √64, ‖W_QK‖ = 16² √63, and of their product 16² √63.
        assertThat(write.frobeniusNorm()).isCloseTo(8, within(1e-6));
        assertThat(write.times(qk.transpose()).frobeniusNorm() / norms).isCloseTo(0.125, within(1e-6));
        assertThat(write.times(qk).frobeniusNorm()).isZero();
        assertThat(write.times(MODEL.head(INDUCTION).ov()).frobeniusNorm()).isZero();
        FactoredMatrix start = MODEL.head(START).qk();
        for (FactoredMatrix other :
                List.of(start, start.transpose(), MODEL.head(START).ov())) {
            assertThat(write.times(other).frobeniusNorm()).isZero();
        }
        for (HeadId later : List.of(INDUCTION, START)) {
            Head head = MODEL.head(later);
            for (FactoredMatrix reader : List.of(head.qk(), head.qk().transpose(), head.ov())) {
                assertThat(MODEL.head(SAME).ov().times(reader).frobeniusNorm()).isZero();
            }
        }
    }

    @Test
    void withoutThePreviousTokenHeadThereIsNoInduction() {
        int[] tokens = twice(1);
        Run run = MODEL.run(tokens, List.of(Edit.zero(PREVIOUS)));
        for (int t = 0; t < tokens.length; t++) {
            assertThat(run.pattern(INDUCTION).get(t, 0)).isGreaterThan(0.9999f);
        }
    }

    @Test
    void theDirectPathKnowsTheNeighboursInTheSentencesAlone() {
        Weights weights = MODEL.weights();
        FMatrixRMaj direct = CommonOps_FDRM.mult(weights.wE(), weights.wU(), null);
        assertThat(direct.data).isEqualTo(neighbours().data);
    }

    /** Places up to t, but the first, that come after a place with the token of t. */
    private static int[] followers(int[] tokens, int t) {
        return IntStream.rangeClosed(1, t)
                .filter(s -> tokens[t] != 0 && tokens[s - 1] == tokens[t])
                .toArray();
    }

    private static FMatrixRMaj neighbours() {
        FMatrixRMaj neighbours = new FMatrixRMaj(V, V);
        for (List<String> sentence : InductionByHand.sentences()) {
            int[] ids = ids(sentence);
            for (int t = 1; t + 1 < ids.length; t++) {
                neighbours.set(ids[t], ids[t + 1], 2);
            }
        }
        return neighbours;
    }

    private static List<Complex> outputEigenvalues(HeadId id) {
        Head head = MODEL.head(id);
        Weights weights = MODEL.weights();
        FMatrixRMaj in = CommonOps_FDRM.mult(weights.wE(), head.wV().copy(), null);
        FMatrixRMaj out = CommonOps_FDRM.mult(head.wO().copy(), weights.wU(), null);
        return List.of(new FactoredMatrix(Matrix.of(in), Matrix.of(out)).eigenvalues());
    }

    private static void isReal(Complex value, double expected) {
        assertThat(value.re()).isCloseTo(expected, within(1e-5));
        assertThat(value.im()).isCloseTo(0, within(1e-5));
    }

    /** The start token, 31 different tokens, and those again. */
    private static int[] twice(int seed) {
        List<Integer> all = new ArrayList<>(IntStream.range(1, V).boxed().toList());
        Collections.shuffle(all, new Random(seed));
        int[] tokens = new int[63];
        for (int i = 0; i < 31; i++) {
            tokens[1 + i] = all.get(i);
            tokens[32 + i] = all.get(i);
        }
        return tokens;
    }

    private static int[] ids(List<String> sentence) {
        return begun(sentence.stream()
                .mapToInt(InductionByHand.vocabulary()::indexOf)
                .toArray());
    }

    private static int[] begun(int... tokens) {
        int[] begun = new int[tokens.length + 1];
        System.arraycopy(tokens, 0, begun, 1, tokens.length);
        return begun;
    }

    private static int[] filled(int count, int token) {
        int[] tokens = new int[count];
        Arrays.fill(tokens, token);
        return tokens;
    }
}
