package app.headlight.browser;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * How a page looks: its whole picture, with masks over what no two pages have alike.
 *
 * @param address of the page
 * @param title of the page
 * @param pointedAt what the mouse or the keyboard points at, which may look otherwise for that; in words
 * @param png in base 64
 * @param size of the picture, in pixels
 * @param masks where they lie, in pixels
 */
record Look(String address, String title, String pointedAt, String png, Dimension size, List<Rectangle> masks) {

    /** The share of pixels that differ from another look's; 1 where the two are not of one size. */
    double difference(Look other) {
        if (png.equals(other.png)) {
            return 0;
        }
        BufferedImage here = picture();
        BufferedImage there = other.picture();
        if (here.getWidth() != there.getWidth() || here.getHeight() != there.getHeight()) {
            return 1;
        }
        int[] ours = pixels(here);
        int[] theirs = pixels(there);
        long differing = 0;
        for (int i = 0; i < ours.length; i++) {
            if (ours[i] != theirs[i]) {
                differing++;
            }
        }
        return (double) differing / ours.length;
    }

    /** The share of the page under masks. */
    double masked() {
        double area = masks.stream()
                .mapToDouble(mask -> (double) mask.width * mask.height)
                .sum();
        return area / ((double) size.width * size.height);
    }

    /** Writes both looks, and where they differ, beside each other. */
    void write(Look other, Path folder, String name) {
        try {
            Files.createDirectories(folder);
            BufferedImage here = picture();
            BufferedImage there = other.picture();
            ImageIO.write(here, "png", file(folder, name + "-walked"));
            ImageIO.write(there, "png", file(folder, name + "-fresh"));
            int width = Math.min(here.getWidth(), there.getWidth());
            int height = Math.min(here.getHeight(), there.getHeight());
            BufferedImage marked = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    boolean same = here.getRGB(x, y) == there.getRGB(x, y);
                    marked.setRGB(
                            x,
                            y,
                            same
                                    ? new Color(here.getRGB(x, y))
                                            .darker()
                                            .darker()
                                            .getRGB()
                                    : 0xff4040);
                }
            }
            ImageIO.write(marked, "png", file(folder, name + "-differing"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static File file(Path folder, String name) {
        return folder.resolve(name + ".png").toFile();
    }

    private BufferedImage picture() {
        try {
            BufferedImage read =
                    ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(png)));
            BufferedImage picture = new BufferedImage(read.getWidth(), read.getHeight(), BufferedImage.TYPE_INT_RGB);
            Graphics2D pen = picture.createGraphics();
            pen.drawImage(read, 0, 0, null);
            pen.setColor(Color.GRAY);
            masks.forEach(pen::fill);
            pen.dispose();
            return picture;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static int[] pixels(BufferedImage picture) {
        return picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    }
}
