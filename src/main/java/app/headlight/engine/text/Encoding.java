package app.headlight.engine.text;

import java.util.ArrayList;
import java.util.List;

/**
 * A text cut into tokens. The slices joined are exactly the text, whatever is in it (a text that becomes no token has
 * no slices).
 *
 * @param pieces the tokens in order; one that the vocabulary does not know shows the characters it stands for
 * @param slices for each token the part of the original text it stands for. Where several tokens share one character
 *     (its bytes) the first has the character and the others are empty; characters that the tokenizer drops, such as
 *     separators, belong to the token after them, at the end of the text to the last token
 * @param unknown the parts of the text for which the vocabulary has no token, not even the unknown token
 */
public record Encoding(List<Piece> pieces, List<String> slices, List<String> unknown) {

    /** An encoding by a tokenizer that knows every text. */
    public Encoding(List<Piece> pieces, List<String> slices) {
        this(pieces, slices, List.of());
    }

    /** Copies the lists; throws {@link IllegalArgumentException} if their lengths differ. */
    public Encoding {
        if (pieces.size() != slices.size()) {
            throw new IllegalArgumentException(
                    pieces.size() + " pieces with " + slices.size() + " slices; expected one slice for each piece");
        }
        pieces = List.copyOf(pieces);
        slices = List.copyOf(slices);
        unknown = List.copyOf(unknown);
    }

    /** The token ids, in a new array. */
    public int[] ids() {
        return pieces.stream().mapToInt(Piece::id).toArray();
    }

    /** The original text. */
    public String text() {
        return String.join("", slices);
    }

    /** The encoding of several texts, one after the other. */
    static Encoding joined(List<Encoding> parts) {
        return new Encoding(
                parts.stream().flatMap(part -> part.pieces().stream()).toList(),
                parts.stream().flatMap(part -> part.slices().stream()).toList(),
                parts.stream().flatMap(part -> part.unknown().stream()).toList());
    }

    /**
     * Cuts {@code text} after each of {@code ends}, which are counted from its start; an end may be equal to or smaller
     * than the one before it.
     */
    static List<String> slice(String text, int[] ends) {
        List<String> slices = new ArrayList<>(ends.length);
        int from = 0;
        for (int i = 0; i < ends.length; i++) {
            int to = i == ends.length - 1 ? text.length() : Math.max(from, ends[i]);
            slices.add(text.substring(from, to));
            from = to;
        }
        return slices;
    }
}
