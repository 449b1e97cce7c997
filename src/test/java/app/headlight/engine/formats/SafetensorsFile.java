package app.headlight.engine.formats;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;

/** Builds safetensors files by hand, broken ones too, and lends them as channels. */
final class SafetensorsFile {

    /** A file of this header and so many zero bytes of tensors. */
    static byte[] of(String header, int dataBytes) {
        return of(header, new byte[dataBytes]);
    }

    static byte[] of(String header, byte[] data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return withLength(json.length, json, data);
    }

    /** A file whose first eight bytes say what they are told to. */
    static byte[] withLength(long length, byte[] json, byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(little(8).putLong(length).array());
        out.writeBytes(json);
        out.writeBytes(data);
        return out.toByteArray();
    }

    static String tensor(String name, String dtype, String shape, long begin, long end) {
        return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                .formatted(name, dtype, shape, begin, end);
    }

    static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    static SeekableByteChannel channel(byte[] bytes) {
        return new Bytes(bytes, bytes.length, Integer.MAX_VALUE);
    }

    /** A channel that hands out no more than {@code most} bytes at a time, as networks and databases do. */
    static SeekableByteChannel dripping(byte[] bytes, int most) {
        return new Bytes(bytes, bytes.length, most);
    }

    /** A channel that says it is longer than it is: a file cut while it is being read. */
    static SeekableByteChannel claiming(byte[] bytes, long size) {
        return new Bytes(bytes, size, Integer.MAX_VALUE);
    }

    private static final class Bytes implements SeekableByteChannel {
        private final byte[] bytes;
        private final long size;
        private final int most;
        private long position;
        private boolean closed;

        Bytes(byte[] bytes, long size, int most) {
            this.bytes = bytes;
            this.size = size;
            this.most = most;
        }

        @Override
        public int read(ByteBuffer into) throws ClosedChannelException {
            if (closed) {
                throw new ClosedChannelException();
            }
            if (position >= bytes.length) {
                return -1;
            }
            int count = Math.min(most, Math.min(into.remaining(), bytes.length - (int) position));
            into.put(bytes, (int) position, count);
            position += count;
            return count;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public SeekableByteChannel position(long to) {
            position = to;
            return this;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public int write(ByteBuffer from) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SeekableByteChannel truncate(long to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isOpen() {
            return !closed;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private SafetensorsFile() {}
}
