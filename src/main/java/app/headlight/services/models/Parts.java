package app.headlight.services.models;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.IntFunction;

/** Cuts long values into parts for the database: H2 bounds a bytea column at 2^20 bytes. */
final class Parts {

    static final int BYTES = 1 << 19;

    private Parts() {}

    /** What is done with one part. */
    interface Sink {
        void put(int part, byte[] bytes);
    }

    /** @return the bytes in all */
    static long write(InputStream from, Sink to) throws IOException {
        long written = 0;
        byte[] bytes;
        for (int part = 0; (bytes = from.readNBytes(BYTES)).length > 0; part++) {
            to.put(part, bytes);
            written += bytes.length;
        }
        return written;
    }

    /** @param from gives each part, and an empty array after the last */
    static byte[] read(IntFunction<byte[]> from) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] bytes;
        for (int part = 0; (bytes = from.apply(part)).length > 0; part++) {
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }
}
