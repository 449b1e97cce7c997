package app.headlight.text;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A tokenizer from Hugging Face's tokenizer.json, run by their own library in native memory. Works without a network.
 * A text is never truncated or padded, whatever the file says; a long one is read in {@link SafeCuts parts}. A special token typed as text, such as
 * {@code <|endoftext|>}, becomes that special token, as in Hugging Face's tools.
 */
public final class HuggingFaceTokenizer implements Tokenizer {

    static final Map<String, String> WHOLE_TEXTS =
            Map.of("addSpecialTokens", "false", "truncation", "do_not_truncate", "padding", "do_not_pad");

    private final Vocabulary vocabulary;
    private final ai.djl.huggingface.tokenizers.HuggingFaceTokenizer library;
    // The library lets threads share a tokenizer, but not free it under one that is at work.
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    private HuggingFaceTokenizer(Vocabulary vocabulary, ai.djl.huggingface.tokenizers.HuggingFaceTokenizer library) {
        this.vocabulary = vocabulary;
        this.library = library;
    }

    /**
     * Reads the text of a tokenizer.json.
     *
     * @throws UnreadableTokenizerException if it is not one
     */
    public static HuggingFaceTokenizer of(String tokenizerJson) {
        NativeTokenizers.prepare();
        Vocabulary vocabulary = Vocabulary.of(tokenizerJson);
        try (InputStream in = new ByteArrayInputStream(tokenizerJson.getBytes(StandardCharsets.UTF_8))) {
            return new HuggingFaceTokenizer(
                    vocabulary, ai.djl.huggingface.tokenizers.HuggingFaceTokenizer.newInstance(in, WHOLE_TEXTS));
        } catch (IOException | RuntimeException e) {
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
            ai.djl.huggingface.tokenizers.Encoding encoding = tokenizer.encode(readable, false, false);
            long[] ids = encoding.getIds();
            List<String> slices = Encoding.slice(text, ends(text, encoding.getCharTokenSpans()));
            List<Piece> pieces = IntStream.range(0, ids.length)
                    .mapToObj(i -> vocabulary.piece((int) ids[i], slices.get(i)))
                    .toList();
            return new Encoding(pieces, slices);
        });
    }

    /**
     * {@inheritDoc} Asks the library for nothing but the ids, some 5 MB of text a second on one core; for a large text
     * let several threads take a paragraph at a time.
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
            long encoding = TokenizersLibrary.LIB.encode(tokenizer.getHandle(), readable, false);
            try {
                return Arrays.stream(TokenizersLibrary.LIB.getTokenIds(encoding))
                        .mapToInt(Math::toIntExact)
                        .toArray();
            } finally {
                TokenizersLibrary.LIB.deleteEncoding(encoding);
            }
        });
    }

    @Override
    public String decode(int[] ids) {
        for (int id : ids) {
            if (id < 0 || id >= vocabularySize()) {
                throw new IllegalArgumentException(
                        "token id " + id + " is outside the vocabulary; expected 0 to " + (vocabularySize() - 1));
            }
        }
        return use(
                tokenizer -> tokenizer.decode(Arrays.stream(ids).asLongStream().toArray(), false));
    }

    @Override
    public Piece piece(int id) {
        return vocabulary.piece(id);
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

    private <T> T use(Function<ai.djl.huggingface.tokenizers.HuggingFaceTokenizer, T> work) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("this tokenizer has been closed");
            }
            return work.apply(library);
        } finally {
            Reference.reachabilityFence(library); // its finalizer frees the native side
            lock.readLock().unlock();
        }
    }

    /** The library counts code points; Java's strings are cut by chars. A token without a span stands for nothing. */
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

    /** UTF-8 has no lone surrogates: they go in as U+FFFD, one for one, so that the spans still fit. */
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
