package app.headlight.services.findings;

import app.headlight.engine.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * Checks texts before they are stored. Lengths are in characters unless something else is said; errors say what was
 * wrong and what would be right.
 */
public final class Limits {

    public static final int TITLE = 200;
    /** Of UTF-8. */
    public static final int MARKDOWN_BYTES = 50_000;
    /** How many. */
    public static final int TAGS = 20;

    public static final int TAG = 40;
    public static final int KIND = 60;
    public static final int COMMENT = 10_000;
    public static final int NOTES = 10_000;
    public static final int REASON = 1_000;
    static final int NAME = 60;
    static final int SLIDES = 500;
    static final int SLIDE_VIEWS = 100_000;

    private Limits() {}

    /**
     * One line, without white space at its ends.
     *
     * @throws Refusal if it is too long, or has characters that cannot be seen
     */
    static String line(String what, String given, int longest) {
        String line = given.strip();
        line.codePoints().filter(Limits::unseen).findFirst().ifPresent(code -> {
            throw new Refusal(what + " has a character that cannot be seen (" + String.format("U+%04X", code)
                    + "); leave it out");
        });
        return whole(what, line, longest);
    }

    /** The same, but not empty. */
    static String filled(String what, String given, int longest) {
        String line = line(what, given, longest);
        if (line.isEmpty()) {
            throw new Refusal(what + " is empty");
        }
        return line;
    }

    /** Any text of several lines; line ends become {@code \n}. */
    static String text(String what, String given, int longest) {
        return whole(what, given.replace("\r\n", "\n").replace('\r', '\n'), longest);
    }

    /** The same, with a limit in UTF-8 bytes. */
    static String markdown(String given) {
        String text = text("the text", given, Integer.MAX_VALUE);
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MARKDOWN_BYTES) {
            throw new Refusal("the text has " + bytes + " bytes; at most " + MARKDOWN_BYTES + " are kept");
        }
        return text;
    }

    /** The present time, with the precision of both databases. */
    static OffsetDateTime now() {
        return OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
    }

    private static String whole(String what, String text, int longest) {
        if (text.length() > longest) {
            throw new Refusal(what + " has " + text.length() + " characters; at most " + longest + " are kept");
        }
        if (text.indexOf('\0') >= 0) {
            throw new Refusal(what + " has a character U+0000, which cannot be stored");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new Refusal(what + " has half of a surrogate pair, which is not a character");
        }
        return text;
    }

    /** Controls, and what turns the direction of the text around it. */
    private static boolean unseen(int code) {
        return Character.isISOControl(code)
                || code == 0x2028
                || code == 0x2029
                || (code >= 0x202A && code <= 0x202E)
                || (code >= 0x2066 && code <= 0x2069);
    }
}
