package app.headlight.engine.text;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import app.headlight.engine.refusal.Refusal;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A tokenizer from Hugging Face's tokenizer.json, run by their own library in native memory. Works without a network. A
 * text is never truncated or padded, whatever the file says; a long one is read in {@link SafeCuts parts}. A special
 * token typed as text, such as {@code <|endoftext|>}, becomes that special token, as in Hugging Face's tools.
 */
public final class HuggingFaceTokenizer implements Tokenizer {

    private static final int MOST_NAMED = 5;
    private static final int LONGEST_NAMED = 40;

    private final Vocabulary vocabulary;
    private final NativeTokenizer library;
    // Threads may share a tokenizer of the library, but none may free it while another uses it.
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    private HuggingFaceTokenizer(Vocabulary vocabulary, NativeTokenizer library) {
        this.vocabulary = vocabulary;
        this.library = library;
    }

    /**
     * Reads the text of a tokenizer.json.
     *
     * @throws UnreadableTokenizerException if it is not one
     */
    public static HuggingFaceTokenizer of(String tokenizerJson) {
        return of(tokenizerJson, null);
    }

    /**
     * Reads the text of a tokenizer.json.
     *
     * @param configJson tokenizer_config.json, which may name the beginning-of-sequence token; null where there is none
     * @throws UnreadableTokenizerException if one of them cannot be read
     */
    public static HuggingFaceTokenizer of(String tokenizerJson, @Nullable String configJson) {
        String json = ByteOrderMark.strip(tokenizerJson);
        Vocabulary vocabulary = Vocabulary.of(json, configJson);
        try {
            return new HuggingFaceTokenizer(vocabulary, NativeTokenizer.of(json));
        } catch (RuntimeException e) {
            throw new UnreadableTokenizerException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Encoding encodeWithSlices(String text) {
        List<Encoding> parts =
                SafeCuts.of(text, this::ids).stream().map(this::part).toList();
        return parts.size() == 1 ? parts.getFirst() : Encoding.joined(parts);
    }

    /** A text that is short enough to be read at once. */
    Encoding part(String text) {
        String readable = withoutLoneSurrogates(text);
        return use(tokenizer -> {
            NativeTokenizer.Tokens tokens;
            try {
                tokens = tokenizer.tokens(readable);
            } catch (RuntimeException refusal) {
                throw unreadable(readable, refusal);
            }
            long[] ids = tokens.ids();
            List<String> slices = Encoding.slice(text, ends(text, tokens.spans()));
            List<Piece> pieces = IntStream.range(0, ids.length)
                    .mapToObj(i -> vocabulary.piece((int) ids[i], slices.get(i)))
                    .toList();
            List<String> unknown = vocabulary.leavesOut() ? List.of() : withoutToken(text, tokens.spans());
            return new Encoding(pieces, slices, unknown);
        });
    }

    /**
     * {@inheritDoc} Asks the library only for the ids: about 5 MB of text a second on one core. For a large text, let
     * several threads take one paragraph at a time.
     */
    @Override
    public int[] encode(String text) {
        return SafeCuts.of(text, this::ids).stream()
                .map(this::ids)
                .flatMapToInt(Arrays::stream)
                .toArray();
    }

    /** The ids of a text that is short enough to be read at once. */
    int[] ids(String text) {
        String readable = withoutLoneSurrogates(text);
        return use(tokenizer -> {
            try {
                return Arrays.stream(tokenizer.ids(readable))
                        .mapToInt(Math::toIntExact)
                        .toArray();
            } catch (RuntimeException refusal) {
                throw unreadable(readable, refusal);
            }
        });
    }

    @Override
    public String decode(int[] ids) {
        for (int id : ids) {
            if (id < 0 || id >= vocabularySize()) {
                throw new Refusal(
                        "token id " + id + " is outside the vocabulary; expected 0 to " + (vocabularySize() - 1));
            }
        }
        return use(
                tokenizer -> tokenizer.decode(Arrays.stream(ids).asLongStream().toArray()));
    }

    @Override
    public Piece piece(int id) {
        return vocabulary.piece(id);
    }

    @Override
    public OptionalInt beginning() {
        return vocabulary.beginning();
    }

    @Override
    public OptionalInt inFront() {
        return vocabulary.inFront();
    }

    @Override
    public int vocabularySize() {
        return vocabulary.size();
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            closed = true;
            library.close();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** What the tokenizer refuses, word by word where that is known; the tokenizer has no token for unknown text. */
    private Refusal unreadable(String text, RuntimeException refusal) {
        List<String> words = Arrays.stream(text.strip().split("\\s+"))
                .filter(word -> !canRead(word))
                .distinct()
                .limit(MOST_NAMED)
                .map(word ->
                        "“" + (word.length() <= LONGEST_NAMED ? word : word.substring(0, LONGEST_NAMED) + "…") + "”")
                .toList();
        return new Refusal(
                words.isEmpty()
                        ? "the tokenizer refuses it: " + refusal.getMessage()
                        : String.join(", ", words) + (words.size() == 1 ? " is" : " are")
                                + " unknown to this model's tokenizer, which has no token for what it does not know.",
                refusal);
    }

    private boolean canRead(String word) {
        try {
            library.ids(word);
            return true;
        } catch (RuntimeException refused) {
            return false;
        }
    }

    private <T> T use(Function<NativeTokenizer, T> work) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("this tokenizer has been closed");
            }
            return work.apply(library);
        } finally {
            Reference.reachabilityFence(library); // its cleaner frees the native memory
            lock.readLock().unlock();
        }
    }

    /** The library counts code points; Java's strings are cut by chars. A token without a span stands for no text. */
    private static int[] ends(String text, @Nullable CharSpan[] spans) {
        int[] ends = new int[spans.length];
        int codePoints = 0;
        int chars = 0;
        for (int i = 0; i < spans.length; i++) {
            CharSpan span = spans[i];
            if (span != null && span.getEnd() > codePoints) {
                chars = text.offsetByCodePoints(chars, span.getEnd() - codePoints);
                codePoints = span.getEnd();
            }
            ends[i] = chars;
        }
        return ends;
    }

    /** The parts of the text that no token covers, without white space. */
    private static List<String> withoutToken(String text, @Nullable CharSpan[] spans) {
        int[] codePoints = text.codePoints().toArray();
        BitSet covered = new BitSet(codePoints.length);
        for (CharSpan span : spans) {
            if (span != null) {
                covered.set(span.getStart(), Math.max(span.getStart(), span.getEnd()));
            }
        }
        List<String> stretches = new ArrayList<>();
        for (int from = covered.nextClearBit(0); from < codePoints.length; ) {
            int next = covered.nextSetBit(from);
            int to = next < 0 ? codePoints.length : Math.min(next, codePoints.length);
            String stretch = new String(codePoints, from, to - from);
            if (!stretch.isBlank()) {
                stretches.add(stretch.strip());
            }
            from = covered.nextClearBit(to);
        }
        return stretches;
    }

    /** UTF-8 has no lone surrogates: each is replaced by U+FFFD, so that the spans still fit. */
    static String withoutLoneSurrogates(String text) {
        if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return text;
        }
        int[] codePoints = text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .toArray();
        return new String(codePoints, 0, codePoints.length);
    }
}
