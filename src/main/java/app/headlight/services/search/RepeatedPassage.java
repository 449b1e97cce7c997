package app.headlight.services.search;

import app.headlight.engine.text.Piece;
import app.headlight.services.models.OpenModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Makes pairs in which a passage of random words comes again. */
final class RepeatedPassage {

    private static final int PASSAGE = 6;
    private static final int AGAIN = 3;
    private static final int TRIES = 60;
    private static final Pattern WORD = Pattern.compile(" [a-z]{3,}");

    private RepeatedPassage() {}

    static Optional<ReadyPair> of(Vocabulary vocabulary, Random random) {
        OpenModel model = vocabulary.model();
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
            Optional<String> first = model.textOf(clean);
            Optional<String> second = model.textOf(corrupt);
            if (first.isPresent() && second.isPresent()) {
                return Optional.of(new ReadyPair(
                        first.get(),
                        second.get(),
                        vocabulary.label(passage[AGAIN]),
                        vocabulary.label(passage[PASSAGE - 1])));
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
}
