package app.headlight.engine.formats;

import app.headlight.engine.tensor.HalfMatrix;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A safetensors file that is open for reading: eight bytes with the length of the header, the header (JSON: name,
 * dtype, shape and place of each tensor), then the bytes of the tensors, little-endian. Opening checks the whole
 * header; a tensor is read when it is asked for, into float32 whatever its dtype.
 */
public final class Safetensors {

    private static final int CHUNK = 1 << 20;

    private final SeekableByteChannel channel;
    private final long dataBegins;
    private final Map<String, TensorEntry> entries;
    private final Map<String, String> metadata;

    private Safetensors(SeekableByteChannel channel, long dataBegins, SafetensorsHeader header) {
        this.channel = channel;
        this.dataBegins = dataBegins;
        this.entries = header.entries();
        this.metadata = header.metadata();
    }

    /**
     * Reads and checks the header; the caller closes the channel after the tensors have been read.
     *
     * @throws SafetensorsException naming the tensor and what is wrong
     */
    public static Safetensors open(SeekableByteChannel channel) throws IOException {
        return open(channel, SafetensorsHeader.LONGEST);
    }

    /**
     * The same, where a header is known to be short: JSON takes several times its length in memory.
     *
     * @param longest header, in bytes
     */
    static Safetensors open(SeekableByteChannel channel, int longest) throws IOException {
        long size = channel.size();
        if (size < Long.BYTES) {
            throw new SafetensorsException("the file has " + size + " bytes; a safetensors file begins with 8 bytes"
                    + " that say how long its header is");
        }
        long length = read(channel, 0, Long.BYTES).getLong();
        if (length < 2 || length > SafetensorsHeader.LONGEST || length > size - Long.BYTES) {
            throw new SafetensorsException("the header is said to be " + Long.toUnsignedString(length)
                    + " bytes long; the file has " + size + " bytes in all");
        }
        if (length > longest) {
            throw new SafetensorsException(
                    "the header is " + length + " bytes long; at most " + longest + " are read here");
        }
        long dataBegins = Long.BYTES + length;
        InputStream json =
                new StreamedJson.Part(Channels.newInputStream(channel), length, "the file ends within its header");
        return new Safetensors(channel, dataBegins, SafetensorsHeader.read("the header", json, size - dataBegins));
    }

    /** The names of the tensors, in the header's order. */
    public Set<String> names() {
        return entries.keySet();
    }

    /** What the header says beside the tensors, in {@code __metadata__}; what is no text there, as JSON. */
    public Map<String, String> metadata() {
        return metadata;
    }

    public @Nullable TensorEntry entry(String name) {
        return entries.get(name);
    }

    /**
     * The numbers of a tensor as float32, in row-major order.
     *
     * @throws SafetensorsException if there is no such tensor, if it is too large for an array, or if a number in it
     *     is not finite
     */
    public float[] floats(String name) throws IOException {
        return floats(name, true);
    }

    /** The same of numbers that need not be finite. */
    float[] anyFloats(String name) throws IOException {
        return floats(name, false);
    }

    private float[] floats(String name, boolean finite) throws IOException {
        TensorEntry entry = readable(name);
        float[] out = new float[(int) entry.count()];
        inChunks(entry, (bytes, from, to) -> convert(entry, bytes, out, from, to, finite));
        return out;
    }

    /**
     * The whole numbers of a tensor of dtype I8, in row-major order.
     *
     * @param count how many there must be
     * @throws SafetensorsException if there is no such tensor
     */
    byte[] bytes(String name, long count) throws IOException {
        TensorEntry entry = required(name);
        if (entry.dtype() != TensorEntry.Dtype.I8 || entry.count() != count) {
            throw new SafetensorsException("tensor “" + name + "” has " + entry.count() + " numbers of dtype “"
                    + entry.dtype() + "”; expected " + count + " of I8");
        }
        return read(channel, dataBegins + entry.begin(), (int) count).array();
    }

    /**
     * The bits of a tensor of dtype F16 or BF16, in row-major order.
     *
     * @throws SafetensorsException as {@link #floats} does
     */
    short[] halves(String name) throws IOException {
        TensorEntry entry = readable(name);
        HalfMatrix.Format format = HalfMatrix.Format.valueOf(entry.dtype().name());
        short[] out = new short[(int) entry.count()];
        inChunks(entry, (bytes, from, to) -> {
            bytes.asShortBuffer().get(out, from, to - from);
            int at = format.firstNotFinite(out, from, to);
            if (at < to) {
                throw notFinite(entry, format.value(out[at]), at);
            }
        });
        return out;
    }

    private TensorEntry readable(String name) throws SafetensorsException {
        TensorEntry entry = required(name);
        if (!entry.dtype().read) {
            throw new SafetensorsException(
                    "tensor “" + name + "” is of dtype “" + entry.dtype() + "”; " + SafetensorsHeader.READ);
        }
        if (entry.count() > Integer.MAX_VALUE - 8) {
            throw new SafetensorsException("tensor “" + name + "” holds " + entry.count() + " numbers, too many");
        }
        return entry;
    }

    /** What is done with the bytes of the numbers {@code from} to {@code to − 1} of a tensor. */
    @FunctionalInterface
    private interface Chunk {

        void read(ByteBuffer bytes, int from, int to) throws SafetensorsException;
    }

    private void inChunks(TensorEntry entry, Chunk chunk) throws IOException {
        int count = (int) entry.count();
        int perChunk = CHUNK / entry.dtype().bytes;
        for (int from = 0; from < count; from += perChunk) {
            int to = Math.min(count, from + perChunk);
            long at = dataBegins + entry.begin() + (long) from * entry.dtype().bytes;
            chunk.read(read(channel, at, (to - from) * entry.dtype().bytes), from, to);
        }
    }

    /**
     * Whether a tensor is the causal mask: {@code [n, n]} of any dtype, not zero where the column is not greater than
     * the row, and greater than the row less the window.
     *
     * @throws SafetensorsException if there is no such tensor
     */
    boolean isCausalMask(String name, int n, int window) throws IOException {
        TensorEntry entry = required(name);
        if (!Arrays.equals(entry.shape(), new long[] {n, n})) {
            return false;
        }
        int width = entry.dtype().bytes;
        for (int row = 0; row < n; row++) {
            ByteBuffer bytes = read(channel, dataBegins + entry.begin() + (long) row * n * width, n * width);
            for (int column = 0; column < n; column++) {
                boolean shown = false;
                for (int i = 0; i < width; i++) {
                    shown |= bytes.get() != 0;
                }
                if (shown != (column <= row && column > (long) row - window)) {
                    return false;
                }
            }
        }
        return true;
    }

    private TensorEntry required(String name) throws SafetensorsException {
        TensorEntry entry = entries.get(name);
        if (entry == null) {
            throw new SafetensorsException("tensor “" + name + "” is missing");
        }
        return entry;
    }

    private static void convert(TensorEntry entry, ByteBuffer bytes, float[] out, int from, int to, boolean finite)
            throws SafetensorsException {
        for (int i = from; i < to; i++) {
            out[i] = switch (entry.dtype()) {
                case F32 -> bytes.getFloat();
                case F64 -> (float) bytes.getDouble();
                case F16 -> Float.float16ToFloat(bytes.getShort());
                case BF16 -> Float.intBitsToFloat(bytes.getShort() << 16);
                default -> throw new IllegalStateException(entry.dtype() + " is not read");
            };
            if (finite && !Float.isFinite(out[i])) {
                throw notFinite(entry, out[i], i);
            }
        }
    }

    private static SafetensorsException notFinite(TensorEntry entry, float value, int index) {
        return new SafetensorsException("tensor “" + entry.name() + "” holds " + value + " at index " + index
                + "; weights must be finite float32 numbers");
    }

    private static ByteBuffer read(SeekableByteChannel channel, long at, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        channel.position(at);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("the file ends at byte " + channel.position() + "; " + bytes.remaining()
                        + " more were expected");
            }
        }
        return bytes.flip();
    }
}
