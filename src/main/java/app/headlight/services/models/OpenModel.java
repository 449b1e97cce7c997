package app.headlight.services.models;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.text.IdTokenizer;
import app.headlight.engine.text.Tokenizer;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Transformer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A stored model in memory: its network and its tokenizer.
 *
 * @param step after which step of its training; {@link #FINISHED}: the finished model
 */
public record OpenModel(StoredModel stored, long step, Transformer transformer, Tokenizer tokenizer) {

    /** The step of a finished model. */
    public static final long FINISHED = -1;

    /** More characters than nearly any token has. */
    private static final int CHARACTERS_PER_TOKEN = 100;

    /** What an entry of a vocabulary takes, as a piece to show and in the tokenizer's native tables. */
    private static final long BYTES_PER_ENTRY = 1_000;

    /** Characters that every model reads, however small its context. */
    private static final int SHORT_TEXT = 100_000;

    /** What tells these weights apart from all others. */
    public ModelRef ref() {
        return ModelRef.of(stored, step);
    }

    public String name() {
        return stored.name();
    }

    public Config config() {
        return transformer.config();
    }

    /** How many characters of a text this model reads at most, so that nobody's text costs more than the run of it. */
    int longestText() {
        return (int) Math.clamp((long) CHARACTERS_PER_TOKEN * config().nCtx(), SHORT_TEXT, Integer.MAX_VALUE);
    }

    /**
     * The tokens of a text as this model takes them, cut to its context.
     *
     * @throws Refusal in words for people, where the text is far longer than the context, or cannot be
     *     made into tokens
     */
    public Prompt prompt(String text) {
        return Prompt.of(this, text);
    }

    /**
     * A text that may be longer than the context, window by window, each with the beginning-of-sequence token in front
     * where the model asks for one; a last window of a single token is left out.
     *
     * @param most windows at most
     * @throws Refusal in words for people, where the text cannot be made into tokens
     */
    public List<int[]> windows(String text, int most) {
        int[] tokens = encode(text);
        Integer bos = config().beginning();
        int front = bos == null ? 0 : 1;
        int room = config().nCtx() - front;
        List<int[]> windows = new ArrayList<>();
        for (int from = 0; room > 0 && from < tokens.length && windows.size() < most; from += room) {
            int[] window = new int[front + Math.min(room, tokens.length - from)];
            if (bos != null) {
                window[0] = bos;
            }
            System.arraycopy(tokens, from, window, front, window.length - front);
            if (window.length > 1) {
                windows.add(window);
            }
        }
        return windows;
    }

    /**
     * The tokens of a text by itself, without a beginning.
     *
     * @throws Refusal in words for people, where the text cannot be made into tokens of the vocabulary
     */
    public int[] encode(String text) {
        int[] tokens = tokenizer.encode(text);
        for (int token : tokens) {
            if (token >= config().dVocab()) {
                Unknown.refuseBeyond(this, tokenizer.piece(token));
            }
        }
        return tokens;
    }

    /** The text that the model reads as exactly these tokens; empty if there is none. */
    public Optional<String> textOf(int[] tokens) {
        String text = tokenizer instanceof IdTokenizer
                ? Arrays.stream(tokens).mapToObj(Integer::toString).collect(Collectors.joining(" "))
                : tokenizer.decode(tokens);
        for (String candidate : List.of(text.strip(), " " + text.strip(), text)) {
            try {
                if (Arrays.equals(encode(candidate), tokens)) {
                    return Optional.of(candidate);
                }
            } catch (Refusal unreadable) {
                // and so not this text
            }
        }
        return Optional.empty();
    }

    /** An upper bound of the memory that the model holds, in bytes: its weights, the copy of those in 32 bits that products read, and its tokenizer. */
    long bytes() {
        long entries = tokenizer instanceof IdTokenizer ? 0 : tokenizer.vocabularySize();
        return transformer.weights().bytes() + transformer.copiedBytes() + BYTES_PER_ENTRY * entries;
    }
}
