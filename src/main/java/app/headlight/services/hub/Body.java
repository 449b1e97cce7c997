package app.headlight.services.hub;

import java.io.IOException;
import java.io.InputStream;

/** The body of an answer, which is read many bytes at a time. */
abstract class Body extends InputStream {

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public abstract int read(byte[] into, int from, int count) throws IOException;
}
