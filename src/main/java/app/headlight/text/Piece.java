package app.headlight.text;

import java.util.regex.Pattern;

/**
 * One token as a reader meets it.
 *
 * @param id the token's id
 * @param text the text it stands for; where it is a part of a character, that part as U+FFFD
 * @param label the same made visible and never trimmed: {@code ·} is a space, {@code ⏎} a new line, {@code ⇥} a tab,
 *     {@code ⟨0xE2⟩} a byte, {@code ⟨U+200D⟩} a character without a shape of its own
 * @param kind what sort of token it is
 */
public record Piece(int id, String text, String label, Kind kind) {

    private static final String MARK = "⟨unk⟩";
    /** The unknown token by itself: {@code <unk>}, {@code [UNK]}. */
    private static final Pattern OWN_NAME = Pattern.compile("[<\\[].+[>\\]]");

    /** The label, with {@code ⟨unk⟩} behind what the vocabulary does not know, so that it is not taken for a token of its own. */
    public String marked() {
        return kind == Kind.UNKNOWN
                        && !text.isEmpty()
                        && !OWN_NAME.matcher(label).matches()
                ? label + MARK
                : label;
    }

    /** The sorts of token. */
    public enum Kind {
        /** Whole characters. */
        TEXT,
        /** Bytes that are not whole characters, or a byte that stands in for a character outside the vocabulary. */
        BYTE,
        /** The tokenizer's token for what it does not know, or an id without a token. */
        UNKNOWN,
        /** A token with a meaning of its own, such as the end of a text. */
        SPECIAL
    }
}
