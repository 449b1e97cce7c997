package app.headlight.web.links;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import org.springframework.stereotype.Component;

/**
 * Pictures of views as PNG files, {@value PreviewPainter#WIDTH} by {@value PreviewPainter#HEIGHT}. What they show is kept
 * by the laboratory; they themselves are painted for each who asks, in some hundredths of a second.
 */
@Component
class PreviewPictures {

    /** Each takes some megabytes while it is painted. */
    private static final int AT_ONCE = 2;

    private final Previews previews;
    private final Semaphore painting = new Semaphore(AT_ONCE);

    PreviewPictures(Previews previews) {
        this.previews = previews;
        ImageIO.setUseCache(false); // which would write a file for each picture
    }

    /** @param address an address of Headlight */
    byte[] png(String address) {
        Preview preview = previews.of(address);
        painting.acquireUninterruptibly();
        try {
            BufferedImage image = PreviewPainter.paint(preview);
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(image, "png", png);
            return png.toByteArray();
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        } finally {
            painting.release();
        }
    }
}
