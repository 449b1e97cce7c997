package app.headlight.web.links;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.CubicCurve2D;
import java.util.ArrayList;
import java.util.List;

/** Draws the parts of previews; all measures are in pixels. */
record Pen(Graphics2D graphics) {

    void fill(Color colour, double x, double y, double width, double height) {
        graphics.setColor(colour);
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        graphics.fillRect(left, top, (int) Math.ceil(x + width) - left, (int) Math.ceil(y + height) - top);
    }

    void box(Color fill, Color border, int x, int y, int width, int height) {
        graphics.setColor(fill);
        graphics.fillRoundRect(x, y, width, height, 12, 12);
        graphics.setColor(border);
        graphics.setStroke(new BasicStroke(1.5f));
        graphics.drawRoundRect(x, y, width, height, 12, 12);
    }

    void frame(Color colour, double x, double y, double width, double height) {
        graphics.setColor(colour);
        graphics.setStroke(new BasicStroke(2));
        graphics.drawRect((int) x, (int) y, (int) Math.ceil(width), (int) Math.ceil(height));
    }

    /** From the left to the right, level at both ends. */
    void curve(Color colour, double opacity, double thickness, double x1, double y1, double x2, double y2) {
        graphics.setColor(
                new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), (int) Math.round(255 * opacity)));
        graphics.setStroke(new BasicStroke((float) thickness, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
        double bend = (x2 - x1) * 0.45;
        graphics.draw(new CubicCurve2D.Double(x1, y1, x1 + bend, y1, x2 - bend, y2, x2, y2));
    }

    void text(Font font, Color colour, String text, double x, double baseline) {
        graphics.setFont(font);
        graphics.setColor(colour);
        graphics.drawString(text, (float) x, (float) baseline);
    }

    int width(Font font, String text) {
        return graphics.getFontMetrics(font).stringWidth(text);
    }

    /** The text, or as much of its beginning as fits, with an ellipsis. */
    String cut(Font font, String text, int room) {
        if (width(font, text) <= room) {
            return text;
        }
        int end = text.length();
        while (end > 0 && width(font, text.substring(0, end) + "…") > room) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end) + "…";
    }

    /** The text in lines that fit, broken between words; the last line is cut if there are too many. */
    List<String> wrapped(Font font, String text, int room, int most) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        String[] words = text.strip().split("\\s+");
        for (int i = 0; i < words.length; i++) {
            String longer = line.isEmpty() ? words[i] : line + " " + words[i];
            if (!line.isEmpty() && width(font, longer) > room) {
                if (lines.size() == most - 1) {
                    line.append(' ').append(String.join(" ", List.of(words).subList(i, words.length)));
                    break;
                }
                lines.add(line.toString());
                line.setLength(0);
                line.append(words[i]);
            } else {
                line.setLength(0);
                line.append(longer);
            }
        }
        lines.add(cut(font, line.toString(), room));
        return lines;
    }
}
