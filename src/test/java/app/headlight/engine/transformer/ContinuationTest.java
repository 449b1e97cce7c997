package app.headlight.engine.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.MatrixProducts;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContinuationTest {

    private static final Config CONFIG = RandomModels.config(2, Positions.STANDARD, Norm.LN_PRE);
    private static final int[] GIVEN = {3, 1, 4};

    private final Transformer model =
            new Transformer(CONFIG, RandomModels.weights(CONFIG, 3), MatrixProducts.fastest());

    @Test
    void eachTokenIsTheLikeliestAfterAllBefore() {
        List<Integer> more = new Continuation(10, null).of(model, GIVEN, List.of());
        assertThat(more).hasSize(10);
        int[] all = IntStream.concat(IntStream.of(GIVEN), more.stream().mapToInt(Integer::intValue))
                .toArray();
        Run whole = model.run(all);
        for (int i = 0; i < more.size(); i++) {
            assertThat(whole.logits()
                            .largestInRow(GIVEN.length - 1 + i, CONFIG.dVocab(), 1)
                            .getFirst()
                            .index())
                    .isEqualTo(more.get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 5, 77})
    void aLongerContinuationBeginsAsAShorterOneDoes(long seed) {
        Continuation asked = new Continuation(12, seed < 0 ? null : seed);
        List<Integer> twelve = asked.of(model, GIVEN, List.of());
        List<Integer> seven = asked.withTokens(7).of(model, GIVEN, List.of());
        assertThat(twelve.subList(0, 7)).isEqualTo(seven);
        assertThat(asked.of(model, GIVEN, seven)).isEqualTo(twelve);
        assertThat(asked.withTokens(3).of(model, GIVEN, seven)).isEqualTo(twelve.subList(0, 3));
    }

    @Test
    void drawnTokensAreAsFrequentAsTheyAreLikely() {
        int draws = 4000;
        double[] share = new double[CONFIG.dVocab()];
        for (int seed = 0; seed < draws; seed++) {
            share[new Continuation(1, (long) seed).of(model, GIVEN, List.of()).getFirst()] += 1.0 / draws;
        }
        float[] logits = model.run(GIVEN).logits().row(GIVEN.length - 1);
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit);
        }
        for (int token = 0; token < share.length; token++) {
            double probability = Math.exp(logits[token]) / sum;
            // Five standard deviations.
            assertThat(share[token])
                    .as("token " + token)
                    .isCloseTo(probability, within(5 * Math.sqrt(probability * (1 - probability) / draws)));
        }
    }

    @Test
    void otherSeedsDrawOtherTokens() {
        assertThat(IntStream.range(0, 20)
                        .mapToObj(seed -> new Continuation(8, (long) seed).of(model, GIVEN, List.of()))
                        .distinct())
                .hasSizeGreaterThan(15);
    }

    @Test
    void withoutTokensThereIsNoSeed() {
        assertThat(new Continuation(5, 7L).withTokens(0)).isEqualTo(Continuation.NONE);
    }

    @Test
    void aNumberOfTokensThatNobodyWaitsForIsRefused() {
        assertThatThrownBy(() -> new Continuation(201, null))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("201 tokens");
        assertThatThrownBy(() -> new Continuation(-1, null)).isInstanceOf(Refusal.class);
    }
}
