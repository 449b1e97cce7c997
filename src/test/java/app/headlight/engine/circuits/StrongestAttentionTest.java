package app.headlight.engine.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.circuits.StrongestAttention.Role;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.InductionByHand;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.Transformer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StrongestAttentionTest {

    private static Transformer byHand() {
        return new Transformer(InductionByHand.config(), InductionByHand.weights(), MatrixProducts.fastest());
    }

    static Stream<Config> kinds() {
        return RandomModels.kinds();
    }

    /** Every entry of the pattern of a whole run is tried, with the places of the roles said anew. */
    @ParameterizedTest
    @MethodSource("kinds")
    void itIsTheLargestEntryOfItsRoleInTheRun(Config config) {
        Transformer model = new Transformer(config, RandomModels.weights(config, 5), MatrixProducts.fastest());
        int[] tokens = new Random(4)
                .ints(Math.min(10, config.nCtx()), 0, Math.min(4, config.dVocab()))
                .toArray();
        for (HeadId head : model.heads()) {
            Matrix pattern = model.run(tokens).pattern(head);
            for (Role role : Role.values()) {
                double largest = 0;
                for (int t = 2; t < tokens.length; t++) {
                    for (int s = 1; s < t; s++) {
                        largest = places(role, tokens, t).test(s) ? Math.max(largest, pattern.get(t, s)) : largest;
                    }
                }
                StrongestAttention found = StrongestAttention.of(
                                model, head, role, List.of(tokens), 1, Progress.UNWATCHED)
                        .getFirst();
                assertThat(found.weight()).as(head + " " + role).isCloseTo(largest, within(1e-6));
                assertThat(places(role, tokens, found.destination()).test(found.source()))
                        .as(head + " " + role)
                        .isTrue();
                assertThat((double) found.given().get(found.source())).isEqualTo(found.weight());
                assertThat(found.given().size()).isEqualTo(tokens.length);
            }
        }
    }

    private static IntPredicate places(Role role, int[] tokens, int t) {
        return switch (role) {
            case PREVIOUS -> s -> s + 1 == t;
            case DUPLICATE ->
                s -> IntStream.range(0, t).filter(u -> tokens[u] == tokens[t]).anyMatch(u -> u == s);
            case INDUCTION ->
                s -> IntStream.range(0, t).filter(u -> tokens[u] == tokens[t]).anyMatch(u -> u + 1 == s && u + 1 < t);
            case ELSEWHERE -> s -> true;
        };
    }

    @Test
    void theInductionHeadMadeByHandLooksAtWhatFollowed() {
        Transformer model = byHand();
        HeadId head = new HeadId(1, 0);
        List<int[]> texts = List.of(
                new int[] {9, 8, 7, 6}, // nothing comes again
                new int[] {9, 3, 4, 5, 3, 4}, //
                new int[] {9, 3, 4, 6, 3}, // 3 again, which looks at 4, as above
                new int[] {9, 5, 11, 12, 5});
        List<StrongestAttention> found =
                StrongestAttention.of(model, head, Role.INDUCTION, texts, 5, Progress.UNWATCHED);
        assertThat(found).allSatisfy(each -> assertThat(each.weight()).isGreaterThan(0.9));
        assertThat(found).extracting(each -> tokens(texts, each)).doesNotHaveDuplicates();
        assertThat(found).extracting(StrongestAttention::text).contains(3).doesNotContain(0);
        assertThat(found).extracting(StrongestAttention::weight).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(StrongestAttention.of(model, head, Role.INDUCTION, texts, 1, Progress.UNWATCHED))
                .hasSize(1);
    }

    private static List<Integer> tokens(List<int[]> texts, StrongestAttention found) {
        int[] text = texts.get(found.text());
        return List.of(text[found.destination()], text[found.source()]);
    }

    @Test
    void aHeadIsLookedAtWhereItDoesWhatItIsKnownFor() {
        assertThat(Role.of(null)).isEqualTo(Role.ELSEWHERE);
        assertThat(Role.of(new DetectorScores(0.9, 0, 0.1, 0))).isEqualTo(Role.PREVIOUS);
        assertThat(Role.of(new DetectorScores(0.1, 0.5, 0.4, 0))).isEqualTo(Role.DUPLICATE);
        assertThat(Role.of(new DetectorScores(0.1, 0, 0.7, 0.3))).isEqualTo(Role.INDUCTION);
        assertThat(Role.of(new DetectorScores(0.1, 0, 0.3, 0.7))).isEqualTo(Role.ELSEWHERE);
        assertThat(Role.of(new DetectorScores(0.1, 0.1, 0.1, 0.1))).isEqualTo(Role.ELSEWHERE);
    }

    @Test
    void itEndsWhenNobodyWaitsAndKnowsItsHeads() {
        Transformer model = byHand();
        List<int[]> texts = List.of(new int[] {1, 2, 3}, new int[] {1, 2, 3});
        assertThatThrownBy(() ->
                        StrongestAttention.of(model, new HeadId(1, 0), Role.ELSEWHERE, texts, 5, done -> done < 0.5))
                .isInstanceOf(CancellationException.class);
        assertThatThrownBy(() ->
                        StrongestAttention.of(model, new HeadId(7, 0), Role.ELSEWHERE, texts, 5, Progress.UNWATCHED))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("L7H0");
    }
}
