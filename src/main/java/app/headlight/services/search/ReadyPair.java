package app.headlight.services.search;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.text.IdTokenizer;
import app.headlight.engine.text.Piece;
import app.headlight.services.models.OpenModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Two sentences of as many tokens, made by a template from the words of a model's own vocabulary, after which it should
 * expect another token each.
 *
 * @param answer what should follow the clean one, as the token's label
 * @param wrong what its logit is compared with, likewise
 */
public record ReadyPair(String clean, String corrupt, String answer, String wrong) {

    /** How a pair is made. */
    public enum Template {
        /**
         * Some words of which the first come again: what followed them follows again. In the corrupt sentence the last of
         * them was another word the first time (Olsson et al. 2022, "In-context Learning and Induction Heads").
         */
        INDUCTION,
        /**
         * Two names, of which one comes again: the other is meant. In the corrupt sentence the other comes again (Wang et
         * al. 2022, "Interpretability in the Wild").
         */
        TWO_NAMES
    }

    private static final int PASSAGE = 6;
    private static final int AGAIN = 3;
    private static final int TRIES = 60;
    private static final Pattern WORD = Pattern.compile(" [a-z]{3,}");
    private static final List<String> NAMES = List.of(
            "Mary", "John", "Tom", "James", "Anna", "Alice", "Henry", "Lily", "Ben", "Sam", "Jack", "Kate", "Lucy",
            "Peter", "Emma", "Jane", "George", "Paul", "Sarah", "David");

    /** A pair; empty where the vocabulary has too few of the words. Equal seeds give equal pairs. */
    public static Optional<ReadyPair> of(OpenModel model, Template template, long seed) {
        Random random = new Random(seed);
        return template == Template.INDUCTION ? induction(model, random) : twoNames(model, random);
    }

    private static Optional<ReadyPair> induction(OpenModel model, Random random) {
        if (PASSAGE + AGAIN > model.config().nCtx()) {
            return Optional.empty();
        }
        int[] words = words(model);
        for (int i = 0; i < TRIES && words.length > PASSAGE; i++) {
            int[] passage = IntStream.generate(() -> words[random.nextInt(words.length)])
                    .distinct()
                    .limit(PASSAGE + 1L)
                    .toArray();
            int[] clean = IntStream.range(0, PASSAGE + AGAIN)
                    .map(t -> passage[t % PASSAGE])
                    .toArray();
            int[] corrupt = clean.clone();
            corrupt[AGAIN - 1] = passage[PASSAGE];
            Optional<String> first = text(model, clean);
            Optional<String> second = text(model, corrupt);
            if (first.isPresent() && second.isPresent()) {
                return Optional.of(new ReadyPair(
                        first.get(), second.get(), label(model, passage[AGAIN]), label(model, passage[PASSAGE - 1])));
            }
        }
        return Optional.empty();
    }

    /** Words with a space before them; of a vocabulary without any its other tokens of text. */
    private static int[] words(OpenModel model) {
        List<Piece> pieces = new ArrayList<>();
        for (int id = 0;
                id < Math.min(model.config().dVocab(), model.tokenizer().vocabularySize());
                id++) {
            pieces.add(model.tokenizer().piece(id));
        }
        int[] words = pieces.stream()
                .filter(piece -> WORD.matcher(piece.text()).matches())
                .mapToInt(Piece::id)
                .toArray();
        return words.length > PASSAGE
                ? words
                : pieces.stream()
                        .filter(piece -> piece.kind() == Piece.Kind.TEXT)
                        .mapToInt(Piece::id)
                        .toArray();
    }

    /** The text that the model reads as exactly these tokens; empty if there is none. */
    private static Optional<String> text(OpenModel model, int[] tokens) {
        String text = model.tokenizer() instanceof IdTokenizer
                ? Arrays.toString(tokens).replaceAll("[\\[\\],]", "")
                : model.tokenizer().decode(tokens).strip();
        for (String candidate : List.of(text, " " + text)) {
            try {
                if (Arrays.equals(model.encode(candidate), tokens)) {
                    return Optional.of(candidate);
                }
            } catch (Refusal unreadable) {
                // and so not this text
            }
        }
        return Optional.empty();
    }

    private static Optional<ReadyPair> twoNames(OpenModel model, Random random) {
        List<String> known = new ArrayList<>(NAMES.stream()
                .filter(name -> token(model, " " + name).isPresent())
                .toList());
        Collections.shuffle(known, random);
        if (known.size() < 2) {
            return Optional.empty();
        }
        String one = known.get(0);
        String other = known.get(1);
        String clean = story(one, other, other);
        String corrupt = story(one, other, one);
        try {
            return model.encode(clean).length == model.encode(corrupt).length
                            && model.encode(clean).length < model.config().nCtx()
                    ? Optional.of(new ReadyPair(
                            clean,
                            corrupt,
                            label(model, token(model, " " + one).orElseThrow()),
                            label(model, token(model, " " + other).orElseThrow())))
                    : Optional.empty();
        } catch (Refusal unreadable) {
            return Optional.empty();
        }
    }

    private static String story(String one, String other, String again) {
        return "When " + one + " and " + other + " went to the shop, " + again + " gave a bag to";
    }

    private static Optional<Integer> token(OpenModel model, String word) {
        try {
            int[] tokens = model.encode(word);
            return tokens.length == 1 && model.tokenizer().piece(tokens[0]).kind() == Piece.Kind.TEXT
                    ? Optional.of(tokens[0])
                    : Optional.empty();
        } catch (Refusal unreadable) {
            return Optional.empty();
        }
    }

    private static String label(OpenModel model, int token) {
        return model.tokenizer().piece(token).label();
    }
}
