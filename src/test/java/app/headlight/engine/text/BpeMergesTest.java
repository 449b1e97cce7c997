package app.headlight.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BpeMergesTest {

    /** The example of Sennrich, Haddow and Birch 2016, section 3.2, without its end of word; merged by hand. */
    private static final Map<String, Integer> EXAMPLE = Map.of("low", 5, "lower", 2, "newest", 6, "widest", 3);

    @Test
    void mergesTheMostFrequentPairFirstAndOfEqualOnesThatWithTheSmallerIds() {
        BpeMerges merges = example(0);
        assertThat(merges.learn(100))
                .containsExactly(
                        List.of("e", "s"), // 9, as s t
                        List.of("es", "t"), // 9
                        List.of("l", "o"), // 7, as o w
                        List.of("lo", "w"), // 7
                        List.of("e", "w"), // 6, as n e and w est
                        List.of("n", "ew"), // 6, as ew est
                        List.of("new", "est"), // 6
                        List.of("d", "est"), // 3, as i d and w i
                        List.of("i", "dest"), // 3, as w i
                        List.of("w", "idest"), // 3
                        List.of("e", "r"), // 2, as low e
                        List.of("low", "er")); // 2
        assertThat(merges.tokens()).hasSize(22).startsWith("d", "e").endsWith("widest", "er", "lower");
    }

    @Test
    void stopsAtTheSizeAskedFor() {
        BpeMerges merges = example(0);
        assertThat(merges.learn(13)).hasSize(3);
        assertThat(merges.tokens()).hasSize(13).endsWith("w", "es", "est", "lo");
    }

    @Test
    void neverLearnsAReservedToken() {
        BpeMerges merges = example(1, "est");
        assertThat(merges.learn(100)).startsWith(List.of("e", "s"), List.of("l", "o"), List.of("lo", "w"));
        assertThat(merges.tokens())
                .startsWith("est", "d")
                .containsOnlyOnce("est")
                .contains("es", "newes");
    }

    @Test
    void mergesARunFromTheLeft() {
        BpeMerges merges = new BpeMerges(List.of("a"), 0);
        merges.add(new int[] {0, 0, 0, 0, 0}, 2);
        assertThat(merges.learn(100)).containsExactly(List.of("a", "a"), List.of("aa", "a"), List.of("aa", "aaa"));
    }

    @Test
    void agreesWithAFreshCountAfterEveryMerge() {
        for (int seed = 0; seed < 2000; seed++) {
            Random random = new Random(seed);
            int letters = 1 + random.nextInt(4);
            int size = letters + 1 + random.nextInt(40);
            List<String> alphabet = IntStream.range(0, letters)
                    .mapToObj(i -> "" + (char) ('a' + i))
                    .toList();
            Map<List<String>, Long> words = new LinkedHashMap<>();
            BpeMerges merges = new BpeMerges(alphabet, 0);
            for (int i = random.nextInt(30); i >= 0; i--) {
                int[] word = random.ints(random.nextInt(20), 0, letters).toArray();
                long weight = 1 + random.nextInt(4);
                merges.add(word, weight);
                words.merge(IntStream.of(word).mapToObj(alphabet::get).toList(), weight, Long::sum);
            }
            List<String> tokens = new ArrayList<>(alphabet);
            List<List<String>> expected = countedAfresh(words, tokens, size);
            assertThat(merges.learn(size)).as("seed %d", seed).isEqualTo(expected);
            assertThat(merges.tokens()).as("seed %d", seed).isEqualTo(tokens);
            assertThat(tokens).as("seed %d", seed).doesNotHaveDuplicates();
        }
    }

    private static List<List<String>> countedAfresh(Map<List<String>, Long> words, List<String> tokens, int size) {
        List<List<String>> merges = new ArrayList<>();
        while (tokens.size() < size) {
            Map<List<String>, Long> counts = new HashMap<>();
            words.forEach((word, weight) -> {
                for (int i = 1; i < word.size(); i++) {
                    counts.merge(List.of(word.get(i - 1), word.get(i)), weight, Long::sum);
                }
            });
            counts.values().removeIf(count -> count < 2);
            if (counts.isEmpty()) {
                break;
            }
            List<String> pair = counts.keySet().stream()
                    .min(Comparator.<List<String>>comparingLong(p -> -counts.get(p))
                            .thenComparing(p -> tokens.indexOf(p.get(0)))
                            .thenComparing(p -> tokens.indexOf(p.get(1))))
                    .orElseThrow();
            merges.add(pair);
            tokens.add(pair.get(0) + pair.get(1));
            Map<List<String>, Long> merged = new LinkedHashMap<>();
            words.forEach((word, weight) -> merged.merge(joined(word, pair), weight, Long::sum));
            words = merged;
        }
        return merges;
    }

    private static List<String> joined(List<String> word, List<String> pair) {
        List<String> joined = new ArrayList<>();
        for (int i = 0; i < word.size(); i++) {
            boolean here = i + 1 < word.size() && word.subList(i, i + 2).equals(pair);
            joined.add(here ? word.get(i) + word.get(++i) : word.get(i));
        }
        return joined;
    }

    private static BpeMerges example(int nReserved, String... reserved) {
        List<String> tokens = new ArrayList<>(List.of(reserved));
        tokens.addAll(List.of("d e i l n o r s t w".split(" ")));
        BpeMerges merges = new BpeMerges(tokens, nReserved);
        EXAMPLE.forEach((word, weight) ->
                merges.add(word.chars().map(c -> tokens.indexOf("" + (char) c)).toArray(), weight));
        return merges;
    }
}
