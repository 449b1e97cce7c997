package app.headlight.services.sentences;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.text.Encoding;
import app.headlight.engine.text.Piece;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.Prompt;
import app.headlight.services.search.ReadyPair;
import app.headlight.services.search.ReadyPair.Template;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sentences on which something of a model is measured.
 *
 * @param sentences one at least, {@link #MOST} at most
 * @param note for people, about how they were chosen; empty: nothing is to be said
 */
public record SentenceSet(List<Sentence> sentences, String note) {

    /** So many sentences at most. */
    public static final int MOST = 64;

    private static final int TRIES = 20;

    /**
     * A sentence as a model reads it.
     *
     * @param tokens with the beginning-of-sequence token where the model asks for one
     */
    public record Sentence(String text, List<Integer> tokens) {

        public Sentence {
            tokens = List.copyOf(tokens);
        }
    }

    /** @throws Refusal if there are none, or too many */
    public SentenceSet {
        sentences = List.copyOf(sentences);
        checkCount(sentences.size());
    }

    /** @throws Refusal if so many cannot be measured on */
    public static int checkCount(int count) {
        if (count < 1 || count > MOST) {
            throw new Refusal("There are " + count + " sentences; expected 1 to " + MOST + ".");
        }
        return count;
    }

    /** The tokens of each. */
    public List<int[]> tokens() {
        return sentences.stream()
                .map(sentence ->
                        sentence.tokens().stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }

    /**
     * The clean sentences of pairs that a template makes of the model's own words, no two alike.
     *
     * @param turn with which of all such sentences they begin
     * @throws Refusal if the count is not one, or the vocabulary has too few of the words
     */
    public static SentenceSet made(OpenModel model, Template template, int count, int turn) {
        checkCount(count);
        Set<String> texts = new LinkedHashSet<>();
        Random seeds = new Random(turn); // seeds that follow one another begin alike
        for (int i = 0; i < TRIES * count && texts.size() < count; i++) {
            ReadyPair.of(model, template, seeds.nextLong()).ifPresent(pair -> texts.add(pair.clean()));
        }
        if (texts.isEmpty()) {
            throw new Refusal("The vocabulary of " + model.name()
                    + " has too few of the words of such sentences; choose other ones.");
        }
        return new SentenceSet(
                texts.stream().map(text -> read(model, text)).toList(),
                texts.size() == count
                        ? ""
                        : "Of this model's words no more than " + texts.size() + " such sentences were made.");
    }

    /**
     * One sentence a line; empty lines are passed over.
     *
     * @throws Refusal if there are none or too many, or a line cannot be read whole, naming it
     */
    public static SentenceSet ofLines(OpenModel model, String text) {
        String[] lines = text.split("\\R");
        long count = Arrays.stream(lines).filter(line -> !line.isBlank()).count();
        if (count == 0) {
            throw new Refusal("There is no sentence yet; write one a line, " + MOST + " at most.");
        }
        checkCount((int) count);
        List<Sentence> sentences = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            if (!lines[i].isBlank()) {
                try {
                    sentences.add(read(model, lines[i].strip()));
                } catch (Refusal unfit) {
                    throw new Refusal("Line " + (i + 1) + ": " + unfit.getMessage());
                }
            }
        }
        return new SentenceSet(sentences, "");
    }

    /**
     * All of a sentence.
     *
     * @throws Refusal if it is too long, or has parts that the model does not know
     */
    public static Sentence read(OpenModel model, String text) {
        Prompt prompt = Prompt.whole(model, text, null);
        Encoding encoding = model.tokenizer().encodeWithSlices(text);
        List<String> unknown = new ArrayList<>();
        for (int i = 0; i < encoding.pieces().size(); i++) {
            if (encoding.pieces().get(i).kind() == Piece.Kind.UNKNOWN) {
                unknown.add("“" + encoding.slices().get(i).strip() + "”");
            }
        }
        if (!unknown.isEmpty()) {
            throw new Refusal(model.name() + " does not know "
                    + unknown.stream().distinct().limit(5).collect(Collectors.joining(", "))
                    + ", which it reads as its token for what is unknown.");
        }
        return of(text, prompt);
    }

    /** A sentence that was read already. */
    public static Sentence of(String text, Prompt prompt) {
        return new Sentence(text, Arrays.stream(prompt.tokens()).boxed().toList());
    }
}
