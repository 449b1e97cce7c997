package app.headlight.services.hub;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body whose size was said before; one that ends earlier is a fault. */
final class SizedBody extends Body {

    private final InputStream in;
    private long left;

    SizedBody(InputStream in, long bytes) {
        this.in = in;
        this.left = bytes;
    }

    @Override
    public int read(byte[] into, int from, int count) throws IOException {
        if (left == 0) {
            return -1;
        }
        int read = in.read(into, from, (int) Math.min(count, left));
        if (read < 0) {
            throw new EOFException();
        }
        left -= read;
        return read;
    }
}
