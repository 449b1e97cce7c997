package app.headlight.engine.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Byte-pair encoding on words of token ids (Sennrich, Haddow and Birch 2016, algorithm 1): the most frequent pair of
 * neighbours becomes one token, repeatedly. An index from each pair to its words and a queue of pairs, whose counts are
 * corrected when they reach its head, keep the work close to the number of tokens in the words.
 */
final class BpeMerges {

    /** A pair that occurs once says nothing about the text. */
    private static final int FEWEST = 2;

    private final List<String> tokens;
    private final Set<String> reserved;
    private final List<int[]> words = new ArrayList<>();
    private final List<Long> weights = new ArrayList<>();
    private final Map<Long, Pair> pairs = new HashMap<>();
    private final PriorityQueue<Candidate> queue = new PriorityQueue<>();
    private final List<Pair> fresh = new ArrayList<>();

    /** Starts from {@code tokens} in order of id; the first {@code nReserved} are in no word and never learned. */
    BpeMerges(List<String> tokens, int nReserved) {
        this.tokens = new ArrayList<>(tokens);
        reserved = Set.copyOf(tokens.subList(0, nReserved));
    }

    /** Adds a word, with the number of its occurrences. */
    void add(int[] word, long weight) {
        words.add(word.clone());
        weights.add(weight);
        for (int i = 1; i < word.length; i++) {
            count(word[i - 1], word[i], weight, words.size() - 1);
        }
    }

    /**
     * Learns one token a merge until there are {@code size} tokens or no pair occurs twice. Of equally frequent pairs
     * that with the smaller left id comes first, then that with the smaller right id.
     *
     * @return the merges in order, each as the texts of its two tokens. No two of them spell the same token: within the
     *     letters of a token all words are merged in the same way, as long as no merge has crossed its borders
     */
    List<List<String>> learn(int size) {
        List<List<String>> merges = new ArrayList<>();
        while (tokens.size() < size) {
            Pair pair = next();
            if (pair == null) {
                break;
            }
            String left = tokens.get(pair.left);
            String right = tokens.get(pair.right);
            if (!reserved.contains(left + right)) {
                merges.add(List.of(left, right));
                tokens.add(left + right);
                merge(pair, tokens.size() - 1);
            }
        }
        return merges;
    }

    /** All tokens in order of id. */
    List<String> tokens() {
        return List.copyOf(tokens);
    }

    private @Nullable Pair next() {
        fresh.forEach(pair -> queue.add(new Candidate(pair.count, pair)));
        fresh.clear();
        while (!queue.isEmpty()) {
            Candidate first = queue.remove();
            if (first.pair.count < FEWEST) {
                continue;
            }
            if (first.count == first.pair.count) {
                return first.pair;
            }
            queue.add(new Candidate(first.pair.count, first.pair)); // other merges can only make a pair rarer
        }
        return null;
    }

    private void merge(Pair pair, int id) {
        for (int i = 0; i < pair.nWords; i++) {
            merge(pair, id, pair.words[i]);
        }
        pairs.remove(key(pair.left, pair.right));
    }

    /** Rewrites one word from left to right; a word that has lost the pair since stays as it is. */
    private void merge(Pair pair, int id, int place) {
        int[] word = words.get(place);
        long weight = weights.get(place);
        int length = 0;
        for (int i = 0; i < word.length; i++) {
            if (word[i] != pair.left || i + 1 == word.length || word[i + 1] != pair.right) {
                word[length++] = word[i];
                continue;
            }
            if (length > 0) {
                count(word[length - 1], pair.left, -weight, place);
                count(word[length - 1], id, weight, place);
            }
            if (i + 2 < word.length) {
                count(pair.right, word[i + 2], -weight, place);
                count(id, word[i + 2], weight, place);
            }
            word[length++] = id;
            i++;
        }
        if (length < word.length) {
            words.set(place, Arrays.copyOf(word, length));
        }
    }

    private void count(int left, int right, long change, int place) {
        Pair pair = pairs.get(key(left, right));
        if (pair == null) {
            pair = new Pair(left, right);
            pairs.put(key(left, right), pair);
            fresh.add(pair);
        }
        pair.count += change;
        if (change > 0) {
            pair.occursIn(place);
        }
    }

    private static long key(int left, int right) {
        return (long) left << 32 | right;
    }

    private static final class Pair {
        private final int left;
        private final int right;
        private long count;
        private int[] words = new int[1];
        private int nWords;

        Pair(int left, int right) {
            this.left = left;
            this.right = right;
        }

        void occursIn(int place) {
            if (nWords > 0 && words[nWords - 1] == place) {
                return;
            }
            if (nWords == words.length) {
                words = Arrays.copyOf(words, 2 * nWords);
            }
            words[nWords++] = place;
        }
    }

    private record Candidate(long count, Pair pair) implements Comparable<Candidate> {
        @Override
        public int compareTo(Candidate other) {
            int byCount = Long.compare(other.count, count);
            int byLeft = Integer.compare(pair.left, other.pair.left);
            return byCount != 0 ? byCount : byLeft != 0 ? byLeft : Integer.compare(pair.right, other.pair.right);
        }
    }
}
