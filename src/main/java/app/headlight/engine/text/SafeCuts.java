package app.headlight.engine.text;

import app.headlight.engine.refusal.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Cuts a long text into pieces whose tokens, one piece after the other, are those of the whole. A tokenizer needs some
 * hundreds of bytes of memory for each character that it reads at once, so none reads a long text as a whole.
 *
 * <p>A cut may lie where letters, digits, white space and other signs meet, because that breaks no run of one of these;
 * and it is made only if it changes none of the tokens around it.
 */
final class SafeCuts {

    /** The number of characters of a piece, if the text can be cut there. */
    static final int PIECE = 1 << 15;

    /** The largest number of characters of a piece. */
    static final int MOST = 100_000;

    /** On how many characters before and after a cut the tokens must stay the same. */
    private static final int AROUND = 256;

    private final String text;
    private final Function<String, int[]> encode;

    private SafeCuts(String text, Function<String, int[]> encode) {
        this.text = text;
        this.encode = encode;
    }

    /**
     * The pieces of a text, which joined are the text.
     *
     * @param encode gives the tokens of a short text
     * @throws Refusal if a piece would be too long; the message names the place
     */
    static List<String> of(String text, Function<String, int[]> encode) {
        if (text.length() <= PIECE) {
            return List.of(text);
        }
        return new SafeCuts(text, encode).pieces();
    }

    private List<String> pieces() {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        while (text.length() - from > PIECE) {
            int to = cut(from);
            pieces.add(text.substring(from, to));
            from = to;
        }
        pieces.add(text.substring(from));
        return pieces;
    }

    /** The nearest place to cut before the wanted length, otherwise the nearest after it. */
    private int cut(int from) {
        int aim = from + PIECE;
        int last = Math.min(from + MOST, text.length());
        return IntStream.concat(
                        IntStream.iterate(aim, at -> at > from + PIECE / 2, at -> at - 1),
                        IntStream.range(aim + 1, last))
                .filter(this::isBetweenRuns)
                .filter(this::keepsTheTokens)
                .findFirst()
                .orElseGet(() -> end(from));
    }

    private int end(int from) {
        if (text.length() - from <= MOST) {
            return text.length();
        }
        throw new Refusal(String.format(
                "from its character %,d on, the text has %,d characters without a place where this tokenizer could read"
                        + " it in parts, such as a space",
                from, MOST));
    }

    /** Whether one run ends and another begins; white space belongs to what follows it. */
    private boolean isBetweenRuns(int at) {
        Run before = Run.of(text.codePointBefore(at));
        return before != Run.SPACE && before != Run.of(text.codePointAt(at));
    }

    private boolean keepsTheTokens(int at) {
        int from = Math.max(0, at - AROUND);
        int to = Math.min(text.length(), at + AROUND);
        int[] left = encode.apply(text.substring(from, at));
        int[] right = encode.apply(text.substring(at, to));
        int[] whole = encode.apply(text.substring(from, to));
        return whole.length == left.length + right.length
                && Arrays.equals(whole, 0, left.length, left, 0, left.length)
                && Arrays.equals(whole, left.length, whole.length, right, 0, right.length);
    }

    /** The kinds of characters that a run is made of. */
    private enum Run {
        LETTERS,
        DIGITS,
        SPACE,
        OTHER;

        static Run of(int character) {
            if (Character.isWhitespace(character) || Character.isSpaceChar(character)) {
                return SPACE;
            }
            if (Character.isLetter(character)) {
                return LETTERS;
            }
            return Character.isDigit(character) ? DIGITS : OTHER;
        }
    }
}
