package app.headlight.engine.text;

import java.util.Locale;

/** Makes all of a text visible: what a reader could overlook, and what could disturb the page, is replaced by signs. */
final class Labels {

    private Labels() {}

    /** The label of a text, see {@link Piece#label()}. */
    static String of(String text) {
        StringBuilder label = new StringBuilder(text.length() + 8);
        if (!text.isEmpty() && isMark(text.codePointAt(0))) {
            label.append('◌'); // otherwise the mark would be drawn on the character that the page shows before it
        }
        text.codePoints().forEach(c -> append(label, c));
        return label.toString();
    }

    /** The label of one byte. */
    static String ofByte(int value) {
        return "⟨0x%02X⟩".formatted(value & 0xFF);
    }

    /** The label of an id that has no token. */
    static String ofId(int id) {
        return "⟨" + id + "⟩";
    }

    private static void append(StringBuilder label, int c) {
        switch (c) {
            case ' ' -> label.append('·');
            case '\n' -> label.append('⏎');
            case '\t' -> label.append('⇥');
            case 0x7F -> label.append('␡');
            default -> {
                if (c < 0x20) {
                    label.appendCodePoint(0x2400 + c); // Unicode's symbols for control characters
                } else if (hasNoShape(c)) {
                    String hex = Integer.toHexString(c).toUpperCase(Locale.ROOT);
                    label.append("⟨U+")
                            .repeat('0', Math.max(0, 4 - hex.length()))
                            .append(hex)
                            .append('⟩');
                } else {
                    label.appendCodePoint(c);
                }
            }
        }
    }

    private static boolean hasNoShape(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static boolean isMark(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }
}
