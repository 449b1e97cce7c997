package app.headlight.engine.text;

import app.headlight.engine.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The training of a byte-pair vocabulary on text (Sennrich, Haddow and Birch 2016): pass the text to {@link #add}, then
 * call {@link #learn}. The same text in the same parts gives the same vocabulary. Not safe for several threads.
 */
public final class BpeTraining {

    /** What the tokens are made of, and where a text may be cut into tokens. */
    public enum Alphabet {
        /**
         * The characters of the text. Other characters become the unknown token, the first of the special tokens. A
         * text is cut into words with the space before them, single digits, runs of other signs, and single white
         * space.
         */
        CHARACTERS("'(?:s|t|re|ve|m|ll|d)| ?\\p{L}[\\p{L}\\p{M}]*| ?\\p{N}| ?[^\\s\\p{L}\\p{N}]+|\\s"),
        /** The 256 bytes of UTF-8, so that nothing is unknown; cut as GPT-2 does (Radford et al. 2019, encoder.py). */
        BYTES("'(?:s|t|re|ve|m|ll|d)| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+");

        private final String regex;
        private final Pattern preToken;

        Alphabet(String regex) {
            this.regex = regex;
            preToken = Pattern.compile(regex, Pattern.UNICODE_CHARACTER_CLASS);
        }

        /** The regular expression that finds the pre-tokens, as Hugging Face's library takes it. */
        String regex() {
            return regex;
        }

        /** Finds the same pre-tokens one after the other; none is empty, and there is nothing between them. */
        Matcher preTokens(String text) {
            return preToken.matcher(text);
        }
    }

    private static final int MOST_CHARS = 5_000_000;
    private static final int LONGEST_PRE_TOKEN = 256;
    private static final int FEW_CHARACTERS = 256;

    private final int vocabulary;
    private final Alphabet alphabet;
    private final List<String> specialTokens;
    private final Pattern special;
    private final PreTokenCounts counts = new PreTokenCounts(MOST_CHARS);

    /**
     * Begins with no text.
     *
     * @param vocabulary how many tokens to learn, the special ones included
     * @param specialTokens come first in the vocabulary; a text is cut where they stand in it, and nothing is learned
     *     from them. {@link Alphabet#CHARACTERS} needs at least one
     * @throws Refusal if there is no room for the special tokens and the smallest alphabet, or if a
     *     special token is empty, is given twice or is a letter of the alphabet of bytes
     */
    public BpeTraining(int vocabulary, Alphabet alphabet, List<String> specialTokens) {
        this.vocabulary = vocabulary;
        this.alphabet = alphabet;
        this.specialTokens = List.copyOf(specialTokens);
        boolean bytes = alphabet == Alphabet.BYTES;
        if (!bytes && specialTokens.isEmpty()) {
            throw new Refusal("an alphabet of characters without a special token; expected at least one, "
                    + "of which the first stands for unknown characters");
        }
        for (String token : specialTokens) {
            if (token.isEmpty() || bytes && token.length() == 1 && ByteAlphabet.bytes(token) != null) {
                throw new Refusal("the special token \"" + token + "\"; expected a longer one, such as <|endoftext|>");
            }
        }
        if (new HashSet<>(specialTokens).size() < specialTokens.size()) {
            throw new Refusal("the special tokens " + specialTokens + "; expected each of them once");
        }
        checkRoomFor(bytes ? ByteAlphabet.letters().length() : 1);
        special = Pattern.compile(specialTokens.stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|")));
    }

    /**
     * Counts the words of a text, which may be one of many: a line with its line break, a paragraph, a book. The end of
     * a text is the end of a word. At most five million chars of different words are kept; beyond that the rarest words
     * are dropped first. A word of more than 256 chars is counted in parts.
     */
    public void add(String text) {
        String readable = HuggingFaceTokenizer.withoutLoneSurrogates(text);
        Matcher preTokens = alphabet.preTokens(readable);
        int from = 0;
        if (!specialTokens.isEmpty()) {
            for (Matcher specials = special.matcher(readable); specials.find(); from = specials.end()) {
                add(readable, preTokens.region(from, specials.start()));
            }
        }
        add(readable, preTokens.region(from, readable.length()));
    }

    private void add(String text, Matcher preTokens) {
        while (preTokens.find()) {
            int start = preTokens.start();
            while (preTokens.end() - start > LONGEST_PRE_TOKEN) {
                int end = start + LONGEST_PRE_TOKEN;
                end -= Character.isHighSurrogate(text.charAt(end - 1)) ? 1 : 0;
                counts.add(text.substring(start, end));
                start = end;
            }
            counts.add(text.substring(start, preTokens.end()));
        }
    }

    /**
     * Learns from all the text so far. The vocabulary is smaller than asked for if no two neighbours occur together
     * twice any more. An alphabet of characters has those of the text, but not more than 256 or half of the vocabulary,
     * whichever is larger; rarer characters are then unknown.
     *
     * @throws Refusal if there was no text, or there is no room for the alphabet
     */
    public BpeVocabulary learn() {
        Map<Integer, Integer> ids = new HashMap<>();
        List<String> tokens = new ArrayList<>(specialTokens);
        letters().forEach(letter -> {
            ids.put(letter, tokens.size());
            tokens.add(Character.toString(letter));
        });
        BpeMerges merges = new BpeMerges(tokens, specialTokens.size());
        counts.forEach((preToken, count) -> {
            int[] word = written(preToken)
                    .codePoints()
                    .map(letter -> ids.getOrDefault(letter, -1))
                    .toArray();
            for (int from = 0, to = 0; to <= word.length; to++) {
                if (to == word.length || word[to] < 0) {
                    merges.add(Arrays.copyOfRange(word, from, to), count);
                    from = to + 1;
                }
            }
        });
        List<List<String>> learnt = merges.learn(vocabulary);
        return new BpeVocabulary(alphabet, specialTokens, merges.tokens(), learnt);
    }

    private String written(String preToken) {
        return alphabet == Alphabet.BYTES ? ByteAlphabet.letters(preToken.getBytes(StandardCharsets.UTF_8)) : preToken;
    }

    /** The letters that the words are written with, sorted. */
    private IntStream letters() {
        Map<Integer, Long> letters = new HashMap<>();
        counts.forEach((preToken, count) -> preToken.codePoints().forEach(c -> letters.merge(c, count, Long::sum)));
        if (letters.isEmpty()) {
            throw new Refusal("there is no text to learn a vocabulary from; expected some words");
        }
        if (alphabet == Alphabet.BYTES) {
            return ByteAlphabet.letters().chars();
        }
        int most = Math.max(FEW_CHARACTERS, (vocabulary - specialTokens.size()) / 2);
        checkRoomFor(Math.min(most, letters.size()));
        return letters.entrySet().stream()
                .sorted(Map.Entry.<Integer, Long>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .mapToInt(Map.Entry::getKey)
                .sorted();
    }

    private void checkRoomFor(int letters) {
        int least = letters + specialTokens.size();
        if (vocabulary < least) {
            throw new Refusal("a vocabulary of " + vocabulary + " tokens has no room for an alphabet of " + letters
                    + " and " + specialTokens.size() + " special tokens; expected at least " + least);
        }
    }
}
