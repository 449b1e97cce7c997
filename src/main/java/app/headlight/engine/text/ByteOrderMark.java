package app.headlight.engine.text;

/** The mark U+FEFF that some editors put in front of a text. */
public final class ByteOrderMark {

    private ByteOrderMark() {}

    /** The text without a mark in front of it. */
    public static String strip(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
