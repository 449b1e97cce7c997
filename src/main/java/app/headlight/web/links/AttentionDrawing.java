package app.headlight.web.links;

import app.headlight.engine.circuits.PooledPattern;
import app.headlight.engine.tensor.Matrix;
import app.headlight.web.links.Preview.Attention;
import java.awt.Color;
import java.awt.Font;
import java.util.List;

/** The sentence twice, destinations left, with a line for each attention, as far as it fits, and the first head's whole pattern beside it. */
final class AttentionDrawing {

    /** A longer sentence is shown by its pattern alone. */
    private static final int MOST_ROWS = 22;

    private static final int HIGHEST_ROW = 62;
    private static final double FAINTEST = 0.04;
    private static final double DENSEST_LINES = 1.6;
    private static final int GAP = 28;

    private AttentionDrawing() {}

    static void paint(Attention attention, Pen pen, int x, int y, int width, int height) {
        int length = attention.labels().size();
        boolean lines = length <= MOST_ROWS;
        int square = attention.patterns().isEmpty() ? 0 : height;
        int linesWidth = attention.patterns().isEmpty() ? width : width - square - GAP;
        if (lines) {
            lines(attention, pen, x, y, linesWidth, height);
        } else {
            words(attention.labels(), pen, x, y, linesWidth, height);
        }
        if (!attention.patterns().isEmpty()) {
            matrix(attention, pen, x + width - square, y, square);
        }
    }

    private static void lines(Attention attention, Pen pen, int x, int y, int width, int height) {
        List<String> labels = attention.labels();
        pen.box(LightTheme.SURFACE, LightTheme.BORDER, x, y, width, height);
        double row = Math.min(HIGHEST_ROW, (height - 16.0) / labels.size());
        double first = y + (height - row * labels.size()) / 2;
        Font font = new Font(Font.MONOSPACED, Font.PLAIN, (int) Math.clamp(row * 0.62, 9, 26));
        int column = width * 30 / 100;
        double left = x + column;
        double right = x + width - column;
        for (int h = attention.patterns().size() - 1; h >= 0; h--) {
            lines(attention.patterns().get(h), LightTheme.series(h), pen, left + 6, right - 6, first, row);
        }
        if (attention.destination() >= 0
                && attention.source() >= 0
                && !attention.patterns().isEmpty()) {
            pen.curve(
                    LightTheme.ACCENT,
                    1,
                    3.5,
                    left + 6,
                    first + (attention.destination() + 0.5) * row,
                    right - 6,
                    first + (attention.source() + 0.5) * row);
        }
        for (int t = 0; t < labels.size(); t++) {
            double top = first + t * row;
            double baseline = top + row / 2 + font.getSize() * 0.36;
            String label = pen.cut(font, labels.get(t), column - 30);
            mark(t == attention.destination(), pen, x + 10, top, column - 10, row);
            mark(t == attention.source(), pen, right, top, column - 10, row);
            pen.text(font, LightTheme.TEXT, label, left - 8 - pen.width(font, label), baseline);
            pen.text(font, LightTheme.TEXT, label, right + 8, baseline);
        }
    }

    private static void lines(
            Matrix pattern, Color colour, Pen pen, double left, double right, double first, double row) {
        for (int t = 0; t < pattern.rows(); t++) {
            for (int s = 0; s < pattern.columns(); s++) {
                double weight = pattern.get(t, s);
                if (weight >= FAINTEST) {
                    pen.curve(
                            colour,
                            Math.min(1, weight),
                            DENSEST_LINES + weight,
                            left,
                            first + (t + 0.5) * row,
                            right,
                            first + (s + 0.5) * row);
                }
            }
        }
    }

    private static void mark(boolean selected, Pen pen, double x, double top, double width, double row) {
        if (selected) {
            pen.fill(LightTheme.ACCENT_SOFT, x, top + 1, width, row - 2);
        }
    }

    /** Rows are destinations, columns are sources. */
    private static void matrix(Attention attention, Pen pen, int x, int y, int square) {
        Matrix pattern = attention.patterns().getFirst();
        int length = pattern.rows();
        pen.box(LightTheme.SURFACE, LightTheme.BORDER, x, y, square, square);
        double inside = square - 16.0;
        double cell = inside / length;
        // Several cells may fall on one pixel: the strongest of them is what is seen.
        int pixels = (int) Math.min(inside, length);
        double edge = inside / pixels;
        Matrix strongest = PooledPattern.of(pattern, pixels);
        for (int row = 0; row < pixels; row++) {
            for (int column = 0; column < pixels; column++) {
                double weight = strongest.get(row, column);
                if (weight > 0.004) {
                    pen.fill(
                            LightTheme.magnitude(weight),
                            x + 8 + column * edge,
                            y + 8 + row * edge,
                            Math.max(1, edge),
                            Math.max(1, edge));
                }
            }
        }
        if (attention.destination() >= 0 && attention.source() >= 0) {
            pen.frame(
                    LightTheme.series(1),
                    x + 8 + attention.source() * cell,
                    y + 8 + attention.destination() * cell,
                    Math.max(6, cell),
                    Math.max(6, cell));
        }
    }

    private static void words(List<String> labels, Pen pen, int x, int y, int width, int height) {
        Font font = new Font(Font.MONOSPACED, Font.PLAIN, 20);
        pen.box(LightTheme.SURFACE, LightTheme.BORDER, x, y, width, height);
        int line = 30;
        double baseline = y + 36;
        for (String text : pen.wrapped(font, String.join(" ", labels), width - 40, (height - 24) / line)) {
            pen.text(font, LightTheme.TEXT, text, x + 20, baseline);
            baseline += line;
        }
    }
}
