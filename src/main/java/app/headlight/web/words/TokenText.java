package app.headlight.web.words;

import app.headlight.engine.text.Piece;

/** Writes tokens into sentences and titles. */
public final class TokenText {

    /** How many characters of a token stand in a line of text. */
    public static final int MOST = 32;

    private static final String BEGIN = "\u2068";
    private static final String END = "\u2069";

    private TokenText() {}

    /** {@code ·the (11)}: a token with its position, counted from 0. */
    public static String placed(Piece piece, int position) {
        return of(piece.marked()) + " (" + position + ")";
    }

    /**
     * A token by itself, cut if it is very long, and isolated, so that a token that is read from right to left does not
     * change the order of the text around it.
     */
    public static String of(String label) {
        return label.isEmpty() ? "" : BEGIN + elided(label) + END;
    }

    /** At most {@link #MOST} characters, the last one an ellipsis when some were cut. */
    public static String elided(String label) {
        return label.codePointCount(0, label.length()) <= MOST
                ? label
                : label.substring(0, label.offsetByCodePoints(0, MOST - 1)) + "…";
    }
}
