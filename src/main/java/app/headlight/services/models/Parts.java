package app.headlight.services.models;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.function.IntFunction;

/** Cuts long values into parts for the database: H2 bounds a bytea column at 2^20 bytes. */
public final class Parts {

    public static final int BYTES = 1 << 19;

    private Parts() {}

    /** What is done with one part. */
    public interface Sink {
        void put(int part, byte[] bytes);
    }

    /** Hands over all that a stream has, part by part; answers the bytes in all. */
    public static long write(InputStream from, Sink to) throws IOException {
        long written = 0;
        byte[] bytes;
        for (int part = 0; (bytes = from.readNBytes(BYTES)).length > 0; part++) {
            to.put(part, bytes);
            written += bytes.length;
        }
        return written;
    }

    /**
     * A file that is stored in parts, for reading.
     *
     * @param size in bytes
     * @param from gives each part
     */
    public static SeekableByteChannel channel(long size, IntFunction<byte[]> from) {
        return new WeightsChannel(size, BYTES, from);
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
