package app.headlight.services.models;

import app.headlight.engine.training.TextFigures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Passages of the text that is stored beside a model, each as long as a sentence or a few. */
public final class StoredPassages {

    /** Tokens of a passage at most. */
    public static final int LONGEST = 40;

    /** Passages at most, of however long a text. */
    public static final int MOST = 200;

    private static final int SHORTEST = 3;
    private static final Pattern END = Pattern.compile("[.!?][\"'”’)\\]]*\\s*");

    private StoredPassages() {}

    /**
     * The passages from the front: whole sentences, and where one is longer than a passage, its parts. They are as the
     * model reads them when people type them: what no text gives is left out, and so is a window's first sentence, which
     * is cut.
     */
    public static List<Prompt> of(OpenModel model, TextFigures text) {
        int room = Math.min(LONGEST, model.config().nCtx() - (model.config().beginning() == null ? 0 : 1));
        List<Prompt> passages = new ArrayList<>();
        for (int[] window : text.unseen()) {
            int from = firstSentence(model, window);
            while (window.length - from >= SHORTEST && passages.size() < MOST) {
                int to = end(model, window, from, Math.min(window.length, from + room));
                prompt(model, Arrays.copyOfRange(window, from, to)).ifPresent(passages::add);
                from = to;
            }
        }
        return passages;
    }

    /** Where the first sentence begins that is whole; at the front where none ends. */
    private static int firstSentence(OpenModel model, int[] window) {
        for (int t = 0; t + SHORTEST < window.length; t++) {
            if (ends(model, window[t])) {
                return t + 1;
            }
        }
        return 0;
    }

    /** After the last sentence that ends before a limit; the limit itself where none does. */
    private static int end(OpenModel model, int[] window, int from, int limit) {
        for (int t = limit - 1; t >= from + SHORTEST - 1; t--) {
            if (ends(model, window[t])) {
                return t + 1;
            }
        }
        return limit;
    }

    private static boolean ends(OpenModel model, int token) {
        String text = model.tokenizer().piece(token).text();
        return text.contains("\n") || END.matcher(text).matches();
    }

    private static Optional<Prompt> prompt(OpenModel model, int[] tokens) {
        return tokens.length < SHORTEST
                ? Optional.empty()
                : model.textOf(tokens)
                        .map(model::prompt)
                        .filter(prompt -> prompt.unknown().isEmpty());
    }
}
