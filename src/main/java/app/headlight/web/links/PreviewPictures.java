package app.headlight.web.links;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import org.springframework.stereotype.Component;

/**
 * Pictures of views as PNG files, {@value PreviewPainter#WIDTH} by {@value PreviewPainter#HEIGHT}; the latest are kept.
 */
@Component
class PreviewPictures {

    private static final int MOST_BYTES = 32 << 20;

    /** How long a picture is kept: later a finding may have been edited, or a model replaced. */
    private static final Duration FRESH = Duration.ofMinutes(10);

    /** Each takes some megabytes while it is painted. */
    private static final int AT_ONCE = 2;

    private final Previews previews;
    private final Semaphore painting = new Semaphore(AT_ONCE);
    private final Cache<String, byte[]> pictures = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher((String address, byte[] png) -> png.length)
            .expireAfterWrite(FRESH)
            .build();

    PreviewPictures(Previews previews) {
        this.previews = previews;
        ImageIO.setUseCache(false); // which would write a file for each picture
    }

    /** @param address an address of Headlight */
    byte[] png(String address) {
        return pictures.get(address, this::paint);
    }

    private byte[] paint(String address) {
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
