package app.headlight.engine.text;

import app.headlight.engine.refusal.Refusal;
import java.util.OptionalInt;

/**
 * A tokenizer, which turns text into token ids and back. Safe for use by several threads. It adds no token that is not
 * in the text: whether a model wants a beginning-of-sequence token is said in the configuration of the model.
 */
public interface Tokenizer extends AutoCloseable {

    /**
     * The ids of a text, each with its piece and the slice of the text that it stands for.
     *
     * @throws Refusal if this tokenizer cannot read the text; the message names the place
     * @throws IllegalStateException after {@link #close()}
     */
    Encoding encodeWithSlices(String text);

    /** The ids of a text; throws as {@link #encodeWithSlices} does. */
    default int[] encode(String text) {
        return encodeWithSlices(text).ids();
    }

    /**
     * The text of some ids. Where the ids came from {@link #encodeWithSlices}, {@link Encoding#text()} is exact for
     * every input; this gives unknown characters as the tokenizer's unknown token.
     *
     * @throws Refusal if an id is outside [0, {@link #vocabularySize()}); the message names it
     */
    String decode(int[] ids);

    /**
     * One token by itself, as it is shown. An id beyond the vocabulary (some models pad theirs) gets a piece of kind
     * {@link Piece.Kind#UNKNOWN} that shows the id.
     *
     * @throws Refusal if {@code id} is negative
     */
    Piece piece(int id);

    /** The token that texts begin with, for models that want one and do not say which; empty if none is known. */
    default OptionalInt beginning() {
        return OptionalInt.empty();
    }

    /**
     * The token that the tokenizer's own tools put in front of every text, which {@link #encode} leaves out; empty if
     * they put none there.
     */
    default OptionalInt inFront() {
        return OptionalInt.empty();
    }

    /** One more than the largest id. */
    int vocabularySize();

    /** Frees what the tokenizer holds outside the Java heap; a second call does nothing. */
    @Override
    void close();
}
