package app.headlight.web.links;

import app.headlight.web.links.Preview.Scores;
import java.awt.Color;
import java.awt.Font;
import java.util.Locale;

/** A table of scores, each cell shaded by its score. */
final class ScoresDrawing {

    private static final int MOST_ROWS = 24;
    private static final int HIGHEST_ROW = 44;
    private static final int HEADING = 40;
    private static final int HEADS = 150;

    private ScoresDrawing() {}

    static void paint(Scores scores, Pen pen, int x, int y, int width, int height) {
        pen.box(LightTheme.SURFACE, LightTheme.BORDER, x, y, width, height);
        int rows = Math.min(MOST_ROWS, scores.rows().size());
        double row = Math.min(HIGHEST_ROW, (height - HEADING - 16.0) / rows);
        double column = (width - HEADS - 20.0) / scores.columns().size();
        Font label = new Font(Font.SANS_SERIF, Font.PLAIN, 20);
        Font figure = new Font(Font.MONOSPACED, Font.PLAIN, (int) Math.clamp(row * 0.6, 9, 20));
        for (int c = 0; c < scores.columns().size(); c++) {
            pen.text(label, LightTheme.MUTED, scores.columns().get(c), x + HEADS + c * column + 10, y + 30);
        }
        for (int r = 0; r < rows; r++) {
            Scores.Row shown = scores.rows().get(r);
            double top = y + HEADING + r * row;
            double baseline = top + row / 2 + figure.getSize() * 0.36;
            if (shown.head().equals(scores.selected())) {
                pen.fill(LightTheme.ACCENT_SOFT, x + 8, top, HEADS - 16, row);
            }
            pen.text(figure, LightTheme.TEXT, shown.head(), x + 24, baseline);
            for (int c = 0; c < shown.values().length; c++) {
                double value = shown.values()[c];
                Color fill = LightTheme.magnitude(value);
                pen.fill(fill, x + HEADS + c * column + 2, top + 1, column - 4, row - 2);
                pen.text(
                        figure,
                        value > 0.5 ? LightTheme.SURFACE : LightTheme.TEXT,
                        String.format(Locale.ROOT, "%.2f", value),
                        x + HEADS + c * column + 10,
                        baseline);
            }
        }
    }
}
