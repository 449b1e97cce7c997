package app.headlight.services.sentences;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.training.TextFigures;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.lab.Measurement;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.services.sentences.SentenceSet.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * Sentences of a text that is stored: pieces of the text beside a model, which it was not trained on; of a model without
 * one, plain sentences that come with the program.
 */
@Service
public class StoredText {

    /** So many tokens of a text are a sentence. */
    private static final int PIECE = 32;

    private final ModelLibrary library;
    private final Laboratory lab;

    StoredText(ModelLibrary library, Laboratory lab) {
        this.library = library;
        this.lab = lab;
    }

    /**
     * Sentences of a model's text.
     *
     * @param turn of all sentences the first so many are of turn 1; after the last one they begin again
     * @throws Refusal if the count is not one, or the model can read none of the text
     */
    public SentenceSet of(OpenModel model, int count, int turn) {
        SentenceSet.checkCount(count);
        return lab.get(Measurement.quick(
                model.ref(), "sentences of its text", List.of(count, turn), () -> read(model, count, turn)));
    }

    private SentenceSet read(OpenModel model, int count, int turn) {
        Optional<TextFigures> figures = library.textFigures(model.stored());
        List<Sentence> readable = new ArrayList<>();
        List<int[]> pieces = figures.map(text -> pieces(model, text)).orElse(List.of());
        for (int[] piece : pieces) {
            model.textOf(piece).ifPresent(text -> add(model, text, readable));
        }
        List<String> plain = figures.isPresent() ? List.of() : plain();
        plain.forEach(text -> add(model, text, readable));
        int all = figures.isPresent() ? pieces.size() : plain.size();
        if (readable.isEmpty()) {
            throw new Refusal(model.name() + " reads none of the " + all + " sentences of "
                    + (figures.isPresent() ? "its text" : "plain English that come with Headlight")
                    + "; choose other sentences.");
        }
        List<Sentence> taken = new ArrayList<>();
        long from = (long) (turn - 1) * count;
        for (int i = 0; i < Math.min(count, readable.size()); i++) {
            taken.add(readable.get(Math.floorMod(from + i, readable.size())));
        }
        return new SentenceSet(taken, note(model, figures.isPresent(), all, readable.size(), taken.size()));
    }

    private static void add(OpenModel model, String text, List<Sentence> readable) {
        try {
            Sentence sentence = SentenceSet.read(model, text);
            if (!readable.contains(sentence)) {
                readable.add(sentence);
            }
        } catch (Refusal unreadable) {
            // it is among those that are left out, which the note counts
        }
    }

    /** As long as a sentence may be. */
    private static List<int[]> pieces(OpenModel model, TextFigures text) {
        Integer bos = model.config().beginning();
        int room = Math.min(PIECE, model.config().nCtx() - (bos == null ? 0 : 1));
        List<int[]> pieces = new ArrayList<>();
        for (int[] window : text.unseen()) {
            int start = bos != null && window.length > 0 && window[0] == bos ? 1 : 0;
            for (int from = start; room > 0 && from + room <= window.length; from += room) {
                pieces.add(Arrays.copyOfRange(window, from, from + room));
            }
        }
        return pieces;
    }

    private static String note(OpenModel model, boolean own, int all, int readable, int taken) {
        String which = own
                ? "Pieces of a text that " + model.name() + " was not trained on."
                : "No text is stored with " + model.name() + "; these are plain sentences that come with Headlight.";
        String left = readable == all
                ? ""
                : " Of its " + all + " pieces " + (all - readable)
                        + " are left out: they come twice, or no text is read as exactly their tokens.";
        String unread = readable == all ? "" : " Of " + all + " this model reads " + readable + ".";
        return which + (own ? left : unread) + (taken == readable ? " These are all of them." : "");
    }

    private static List<String> plain() {
        try (InputStream text = Objects.requireNonNull(StoredText.class.getResourceAsStream("plain.txt"))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
