package app.headlight.library;

import app.headlight.text.Tokenizer;
import app.headlight.transformer.Config;
import app.headlight.transformer.Transformer;
import java.util.ArrayList;
import java.util.List;

/**
 * A stored model in memory: its network and its tokenizer.
 *
 * @param step after which step of its training; {@link #FINISHED}: the finished model
 */
public record OpenModel(StoredModel stored, long step, Transformer transformer, Tokenizer tokenizer) {

    /** The step of a finished model. */
    public static final long FINISHED = -1;

    /** What tells these weights apart from all others: for caches, and to know what is shown. */
    public String key() {
        return key(stored, step);
    }

    static String key(StoredModel stored, long step) {
        return stored.name() + " " + stored.hash() + " " + step;
    }

    public String name() {
        return stored.name();
    }

    public Config config() {
        return transformer.config();
    }

    /**
     * The tokens of a text as this model takes them, cut to its context.
     *
     * @throws IllegalArgumentException in words for people, where the text cannot be made into tokens
     */
    public Prompt prompt(String text) {
        return Prompt.of(this, text);
    }

    /**
     * A text that may be longer than the context, window by window, each with the beginning-of-sequence token in front
     * where the model asks for one; a last window of a single token is left out.
     *
     * @param most windows at most
     * @throws IllegalArgumentException in words for people, where the text cannot be made into tokens
     */
    public List<int[]> windows(String text, int most) {
        int[] tokens = tokenizer.encode(text);
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

    /** An upper bound of the memory that the model holds, in bytes. */
    long bytes() {
        return 2 * transformer.weights().bytes();
    }
}
