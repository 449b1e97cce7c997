package app.headlight.web.links;

import app.headlight.web.links.Preview.Attention;
import app.headlight.web.links.Preview.Scores;
import app.headlight.web.links.Preview.Words;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/** Paints previews, without a screen, in the fonts of the machine. */
final class PreviewPainter {

    /** The size that most sites ask for. */
    static final int WIDTH = 1200;

    static final int HEIGHT = 630;

    private static final int MARGIN = 48;
    private static final Font BRAND = new Font(Font.SANS_SERIF, Font.BOLD, 24);
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 40);
    private static final Font LINE = new Font(Font.SANS_SERIF, Font.PLAIN, 22);
    private static final Font PARAGRAPH = new Font(Font.SANS_SERIF, Font.PLAIN, 30);

    private PreviewPainter() {}

    static BufferedImage paint(Preview preview) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            paint(preview, new Pen(graphics));
        } finally {
            graphics.dispose();
        }
        return image;
    }

    private static void paint(Preview preview, Pen pen) {
        pen.fill(LightTheme.PAGE, 0, 0, WIDTH, HEIGHT);
        pen.fill(LightTheme.ACCENT, 0, 0, WIDTH, 8);
        String brand = "◐ Headlight";
        int brandWidth = pen.width(BRAND, brand);
        pen.text(BRAND, LightTheme.ACCENT, brand, WIDTH - MARGIN - brandWidth, 72);
        int room = WIDTH - 2 * MARGIN;
        pen.text(TITLE, LightTheme.TEXT, pen.cut(TITLE, preview.title(), room - brandWidth - 30), MARGIN, 76);
        int top = 140;
        switch (preview.drawing()) {
            case Words() -> {
                int y = 190;
                for (String line : pen.wrapped(PARAGRAPH, preview.description(), room, 7)) {
                    pen.text(PARAGRAPH, LightTheme.MUTED, line, MARGIN, y);
                    y += 46;
                }
            }
            case Attention attention -> {
                describe(preview, pen, room);
                AttentionDrawing.paint(attention, pen, MARGIN, top, room, HEIGHT - top - 34);
            }
            case Scores scores -> {
                describe(preview, pen, room);
                ScoresDrawing.paint(scores, pen, MARGIN, top, room, HEIGHT - top - 34);
            }
        }
    }

    private static void describe(Preview preview, Pen pen, int room) {
        List<String> lines = pen.wrapped(LINE, preview.description(), room, 1);
        pen.text(LINE, LightTheme.MUTED, lines.isEmpty() ? "" : lines.getFirst(), MARGIN, 116);
    }
}
