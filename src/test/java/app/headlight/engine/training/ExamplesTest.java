package app.headlight.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExamplesTest {

    private final SplittableRandom random = new SplittableRandom(3);

    @Test
    void repeatsRepeatWithAPeriodBetweenAnEighthAndAHalf() {
        Set<Integer> periods = new HashSet<>();
        int[] window = new int[129];
        for (int i = 0; i < 300; i++) {
            new Repeats(512).draw(random, window);
            periods.add(period(window));
        }
        assertThat(periods).allMatch(period -> period >= 16 && period <= 64).hasSizeGreaterThan(40);
    }

    private static int period(int[] window) {
        for (int period = 1; period < window.length; period++) {
            int p = period;
            if (IntStream.range(p, window.length).allMatch(t -> window[t] == window[t - p])) {
                return period;
            }
        }
        return window.length;
    }

    @Test
    void afterASourceADestinationIsFollowedByTheRulesOutput() {
        SkipTrigrams task = new SkipTrigrams(64);
        Map<Integer, Integer> outputs = new HashMap<>();
        task.rules().forEach(rule -> outputs.put(rule.source() * 64 + rule.destination(), rule.output()));
        assertThat(new HashSet<>(outputs.values())).hasSameSizeAs(outputs.values());
        int seen = 0;
        int[] window = new int[65];
        for (int i = 0; i < 100; i++) {
            task.draw(random, window);
            int source = -1;
            for (int t = 0; t + 1 < window.length; t++) {
                source = window[t] >= 2 && window[t] < 10 ? window[t] : source;
                if (window[t] < 2) {
                    assertThat(window[t + 1]).isEqualTo(outputs.get(source * 64 + window[t]));
                    seen++;
                }
            }
            assertThat(Arrays.stream(window).max().orElseThrow()).isLessThan(64);
        }
        assertThat(seen).isGreaterThan(500);
    }

    @Test
    void aMarkovRowHasFewTokensEachWithTwoSuccessorsAtMost() {
        int[] window = new int[513];
        new MarkovChains(100).draw(random, window);
        Map<Integer, Set<Integer>> successors = new HashMap<>();
        for (int t = 0; t + 1 < window.length; t++) {
            successors.computeIfAbsent(window[t], token -> new HashSet<>()).add(window[t + 1]);
        }
        assertThat(successors).hasSizeLessThanOrEqualTo(12);
        assertThat(successors.values()).allMatch(after -> after.size() <= 2);
        int[] another = new int[513];
        new MarkovChains(100).draw(random, another);
        assertThat(another).isNotEqualTo(window);
    }

    @Test
    void theGivenShareOfATextsWindowsShowsAPassageTwice() {
        char[] text = new char[10_000];
        Arrays.setAll(new int[text.length], t -> text[t] = (char) (t % 4099));
        int twice = 0;
        int[] window = new int[65];
        TextExamples examples = new TextExamples(text, text, 0.3, 0, 0, 4099);
        for (int i = 0; i < 2000; i++) {
            examples.draw(random, window);
            int period = period(window);
            twice += period < window.length ? 1 : 0;
            assertThat(period < window.length ? period : 16).isBetween(16, 32);
        }
        assertThat(twice / 2000.0).isCloseTo(0.3, within(0.04));
        for (int i = 0; i < 100; i++) {
            examples.at(0.5).draw(random, window);
            assertThat(period(window)).as("none in the second half").isEqualTo(window.length);
        }
        examples.drawUnseenTwice(random, window);
        assertThat(period(window)).isEqualTo(32);
    }

    @Test
    void theGivenShareOfThosePassagesIsOfRandomTokens() {
        char[] text = new char[10_000];
        Arrays.setAll(new int[text.length], t -> text[t] = (char) (t % 4099));
        TextExamples examples = new TextExamples(text, text, 1, 1, 0.25, 4099);
        int[] window = new int[65];
        int ofText = 0;
        for (int i = 0; i < 2000; i++) {
            examples.draw(random, window);
            assertThat(period(window)).as("each is shown twice").isBetween(16, 32);
            ofText += window[1] == (window[0] + 1) % 4099 && window[2] == (window[1] + 1) % 4099 ? 1 : 0;
        }
        assertThat(ofText / 2000.0).isCloseTo(0.75, within(0.04));
    }

    @Test
    void entropiesAreThoseOfTextsWhoseEntropyIsKnown() {
        char[] turns = new char[40_001];
        Arrays.setAll(new int[turns.length], t -> turns[t] = (char) (t % 4));
        Examples.Entropy known = TextExamples.entropy(turns, 4);
        assertThat(known.unigram()).isCloseTo(Math.log(4), within(1e-6));
        assertThat(known.bigram()).isCloseTo(0, within(1e-9));
        char[] coins = TextExamples.sample(new Repeats(2), 1 << 20);
        assertThat(TextExamples.entropy(coins, 2).bigram()).isCloseTo(Math.log(2), within(1e-2));
    }

    @Test
    void milestonesBeginAtNothingEndAtTheLastStepAndRise() {
        assertThat(Milestones.of(1000, 5, 5))
                .startsWith(0L)
                .endsWith(1000L)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(Milestones.of(1000, 2, 1)).containsExactly(0L, 10L, 100L, 500L, 1000L);
        assertThat(Milestones.of(1, 4, 4)).containsExactly(0L, 1L);
    }
}
