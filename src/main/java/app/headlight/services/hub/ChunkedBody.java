package app.headlight.services.hub;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body that comes in chunks, each with its size in front (RFC 9112, 7.1). */
final class ChunkedBody extends Body {

    private final InputStream in;
    private long left;
    private boolean begun;
    private boolean ended;

    ChunkedBody(InputStream in) {
        this.in = in;
    }

    @Override
    public int read(byte[] into, int from, int count) throws IOException {
        if (left == 0 && !ended) {
            next();
        }
        if (ended) {
            return -1;
        }
        int read = in.read(into, from, (int) Math.min(count, left));
        if (read < 0) {
            throw new EOFException();
        }
        left -= read;
        return read;
    }

    private void next() throws IOException {
        if (begun && !Answer.line(in).isEmpty()) {
            throw new IOException("a chunk of the answer does not end where it should");
        }
        begun = true;
        String size = Answer.line(in).split(";", 2)[0].strip();
        if (!size.matches("[0-9A-Fa-f]{1,15}")) {
            throw new IOException("a chunk of the answer has no size");
        }
        left = Long.parseLong(size, 16);
        ended = left == 0;
    }
}
