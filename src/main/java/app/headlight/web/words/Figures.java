package app.headlight.web.words;

import java.math.BigDecimal;
import java.util.Locale;

/** Writes numbers for pages, with a decimal point and real minus signs. */
public final class Figures {

    private static final String MINUS = "−";

    private Figures() {}

    /** With a number of decimals; a sign only before negative numbers: {@code −0.0451}. What rounds to zero has none. */
    public static String fixed(double value, int decimals) {
        String size = String.format(Locale.ROOT, "%." + decimals + "f", Math.abs(value));
        return value < 0 && !isZero(size) ? MINUS + size : size;
    }

    /** With a number of decimals and a sign: {@code +4.31}, {@code −1.37}, {@code 0.00}. */
    public static String signed(double value, int decimals) {
        String text = fixed(value, decimals);
        return value > 0 && !isZero(text) ? "+" + text : text;
    }

    /** A sign and two decimals, three below 0.1: {@code +10.41}, {@code −0.24}, {@code −0.045}. */
    public static String signed(double value) {
        return signed(value, decimals(value));
    }

    private static int decimals(double value) {
        double size = Math.abs(value);
        return size >= 0.0005 && size < 0.0995 ? 3 : 2;
    }

    private static boolean isZero(String text) {
        return Character.isDigit(text.charAt(0)) && new BigDecimal(text).signum() == 0;
    }
}
