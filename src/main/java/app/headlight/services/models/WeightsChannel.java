package app.headlight.services.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.function.IntFunction;

/** A read-only channel over a file that is stored in parts of equal size (the last one may be shorter). */
final class WeightsChannel implements SeekableByteChannel {

    private final long size;
    private final int partBytes;
    private final IntFunction<byte[]> parts;
    private long position;
    private int heldPart = -1;
    private byte[] held = new byte[0];
    private boolean open = true;

    WeightsChannel(long size, int partBytes, IntFunction<byte[]> parts) {
        this.size = size;
        this.partBytes = partBytes;
        this.parts = parts;
    }

    /** Some bytes of a file; fewer at its end. */
    interface Bytes {

        byte[] read(long at, int count) throws IOException;
    }

    static WeightsChannel of(long size, Bytes file) {
        return new WeightsChannel(size, Parts.BYTES, part -> {
            try {
                return file.read((long) part * Parts.BYTES, Parts.BYTES);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        });
    }

    @Override
    public int read(ByteBuffer out) throws IOException {
        if (!open) {
            throw new ClosedChannelException();
        }
        if (position >= size) {
            return -1;
        }
        int part = Math.toIntExact(position / partBytes);
        if (part != heldPart) {
            held = parts.apply(part);
            heldPart = part;
        }
        int from = (int) (position % partBytes);
        int count = Math.min(out.remaining(), held.length - from);
        if (count < 0) {
            throw new IOException("part " + part + " of the stored weights holds " + held.length + " bytes; byte "
                    + from + " of it was asked for");
        }
        out.put(held, from, count);
        position += count;
        return count;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        if (newPosition < 0) {
            throw new IllegalArgumentException("position " + newPosition + " is negative");
        }
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long newSize) {
        throw new NonWritableChannelException();
    }
}
