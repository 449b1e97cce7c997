package app.headlight.engine.formats;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A builder of a safetensors file, its tensors in the order in which they are added. */
public final class SafetensorsWriter {

    /** The widths of the numbers in a file. */
    public enum Precision {
        F32(Float.BYTES),
        /** Half the bytes, with 11 significant bits; numbers beyond 65,504 become infinite. */
        F16(Short.BYTES),
        /** Whole numbers from −128 to 127. */
        I8(Byte.BYTES);

        private final int bytes;

        Precision(int bytes) {
            this.bytes = bytes;
        }
    }

    private static final int ALIGNMENT = 8;

    /** So many numbers are written at once. */
    private static final int CHUNK = 1 << 18;

    /** The numbers of a tensor and how they are written. */
    private record Values(Precision precision, Supplier<float[]> values) {}

    private final Map<String, Values> tensors = new LinkedHashMap<>();
    private final ObjectNode header = JsonMapper.shared().createObjectNode();
    private final Precision precision;
    private long written;

    /** A writer of float32, where nothing else is said of a tensor. */
    public SafetensorsWriter() {
        this(Precision.F32);
    }

    public SafetensorsWriter(Precision precision) {
        this.precision = precision;
    }

    /** Writes something about the file into its header. */
    SafetensorsWriter metadata(String key, String value) {
        header.withObject("__metadata__").put(key, value);
        return this;
    }

    /** @throws IllegalArgumentException if the shape does not fit the values, or the name was given before */
    public SafetensorsWriter add(String name, float[] values, int... shape) {
        long count = Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b);
        if (count != values.length) {
            throw new IllegalArgumentException("tensor “" + name + "” has " + values.length + " values; the shape "
                    + Arrays.toString(shape) + " asks for " + count);
        }
        return add(name, () -> values, shape);
    }

    /**
     * The same of values that are made only when they are written, so that a large file needs little memory.
     *
     * @throws IllegalArgumentException if the name was given before
     */
    public SafetensorsWriter add(String name, Supplier<float[]> values, int... shape) {
        return add(precision, name, values, shape);
    }

    /** The same of a tensor that has a precision of its own. */
    SafetensorsWriter add(Precision own, String name, Supplier<float[]> values, int... shape) {
        long count = 1;
        ObjectNode entry = JsonMapper.shared().createObjectNode().put("dtype", own.name());
        ArrayNode sizes = entry.putArray("shape");
        for (int size : shape) {
            count *= size;
            sizes.add(size);
        }
        if (tensors.putIfAbsent(name, new Values(own, values)) != null) {
            throw new IllegalArgumentException("tensor “" + name + "” was added before");
        }
        long end = written + own.bytes * count;
        entry.withArray("data_offsets").add(written).add(end);
        written = end;
        header.set(name, entry);
        return this;
    }

    /** Says something beside the tensors, in {@code __metadata__}. */
    public SafetensorsWriter say(String key, String text) {
        header.withObject("/__metadata__").put(key, text);
        return this;
    }

    /** The whole file. */
    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(Math.toIntExact(written + header.size() * 100L));
        try {
            writeTo(out);
        } catch (IOException neverInMemory) {
            throw new UncheckedIOException(neverInMemory);
        }
        return out.toByteArray();
    }

    /** Writes the whole file, one tensor after the other. */
    public void writeTo(OutputStream out) throws IOException {
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        out.write(little(Long.BYTES).putLong(padded).array());
        out.write(json);
        out.write(" ".repeat(padded - json.length).getBytes(StandardCharsets.US_ASCII));
        for (Values tensor : tensors.values()) {
            float[] all = tensor.values().get();
            for (int from = 0; from < all.length; from += CHUNK) {
                out.write(bytes(tensor.precision(), all, from, Math.min(CHUNK, all.length - from)));
            }
        }
    }

    private static byte[] bytes(Precision precision, float[] values, int from, int count) {
        ByteBuffer bytes = little(precision.bytes * count);
        if (precision == Precision.F32) {
            bytes.asFloatBuffer().put(values, from, count);
            return bytes.array();
        }
        for (int i = from; i < from + count; i++) {
            if (precision == Precision.F16) {
                bytes.putShort(Float.floatToFloat16(values[i]));
            } else {
                bytes.put((byte) values[i]);
            }
        }
        return bytes.array();
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
