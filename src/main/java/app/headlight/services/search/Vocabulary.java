package app.headlight.services.search;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.text.Piece;
import app.headlight.services.models.OpenModel;
import java.util.List;
import java.util.Optional;

/** The words of a model, for sentences made of them. */
record Vocabulary(OpenModel model) {

    /** The token that is exactly a text, such as {@code " cat"}; empty if it is several or none. */
    Optional<Integer> token(String text) {
        return tokens(text)
                .filter(tokens ->
                        tokens.length == 1 && model.tokenizer().piece(tokens[0]).kind() == Piece.Kind.TEXT)
                .map(tokens -> tokens[0]);
    }

    /** The tokens of a text; empty if it cannot be read. */
    Optional<int[]> tokens(String text) {
        try {
            return Optional.of(model.encode(text));
        } catch (Refusal unreadable) {
            return Optional.empty();
        }
    }

    /** Those of some words that are one token each where a space stands before them. */
    List<String> known(List<String> words) {
        return words.stream().filter(word -> token(" " + word).isPresent()).toList();
    }

    String label(int token) {
        return model.tokenizer().piece(token).label();
    }

    /**
     * A pair, if the model reads both sentences as as many tokens, and the answers as one.
     *
     * @param answer as it follows, with its space
     */
    Optional<ReadyPair> pair(String clean, String corrupt, String answer, String wrong) {
        Optional<Integer> right = token(answer);
        Optional<Integer> other = token(wrong);
        Optional<int[]> first = tokens(clean);
        Optional<int[]> second = tokens(corrupt);
        return right.isPresent()
                        && other.isPresent()
                        && first.isPresent()
                        && second.isPresent()
                        && first.get().length == second.get().length
                        && first.get().length < model.config().nCtx()
                ? Optional.of(new ReadyPair(clean, corrupt, label(right.get()), label(other.get())))
                : Optional.empty();
    }
}
