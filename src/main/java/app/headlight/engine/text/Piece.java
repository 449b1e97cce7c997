package app.headlight.engine.text;

import java.util.regex.Pattern;

/**
 * One token as it is shown to a reader.
 *
 * @param id the token's id
 * @param text the text it stands for; if it is a part of a character, U+FFFD
 * @param label the same made visible and never trimmed: {@code ·} is a space, {@code ⏎} a new line, {@code ⇥} a tab,
 *     {@code ⟨0xE2⟩} a byte, {@code ⟨U+200D⟩} a character that cannot be seen
 * @param kind what kind of token it is
 */
public record Piece(int id, String text, String label, Kind kind) {

    private static final String MARK = "⟨unk⟩";
    /** The unknown token by itself: {@code <unk>}, {@code [UNK]}. */
    private static final Pattern OWN_NAME = Pattern.compile("[<\\[].+[>\\]]");

    /** The label of a text by itself, for a token of which nothing else is known; an empty one is {@code ⟨⟩}. */
    public static String visible(String text) {
        return text.isEmpty() ? "⟨⟩" : Labels.of(text);
    }

    /** The label; what the vocabulary does not know is followed by {@code ⟨unk⟩}, so that nobody takes it for a token. */
    public String marked() {
        return kind == Kind.UNKNOWN
                        && !text.isEmpty()
                        && !OWN_NAME.matcher(label).matches()
                ? label + MARK
                : label;
    }

    /** The kinds of token. */
    public enum Kind {
        /** Whole characters. */
        TEXT,
        /** Bytes that are not whole characters, or a byte that stands in for a character outside the vocabulary. */
        BYTE,
        /** The tokenizer's token for what it does not know, or an id without a token. */
        UNKNOWN,
        /** A token with its own meaning, such as the end of a text. */
        SPECIAL
    }
}
