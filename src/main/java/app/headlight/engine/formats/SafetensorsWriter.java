package app.headlight.engine.formats;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A builder of a safetensors file of float32 or float16 tensors, in the order in which they are added. */
public final class SafetensorsWriter {

    /** The widths of the numbers in a file. */
    public enum Precision {
        F32(Float.BYTES),
        /** Half the bytes, with 11 significant bits; numbers beyond 65,504 become infinite. */
        F16(Short.BYTES);

        private final int bytes;

        Precision(int bytes) {
            this.bytes = bytes;
        }
    }

    private static final int ALIGNMENT = 8;

    private final Map<String, float[]> tensors = new LinkedHashMap<>();
    private final ObjectNode header = JsonMapper.shared().createObjectNode();
    private final Precision precision;
    private long written;

    /** A writer of a file of float32. */
    public SafetensorsWriter() {
        this(Precision.F32);
    }

    public SafetensorsWriter(Precision precision) {
        this.precision = precision;
    }

    /** @throws IllegalArgumentException if the shape does not fit the values, or the name was given before */
    public SafetensorsWriter add(String name, float[] values, int... shape) {
        long count = 1;
        ObjectNode entry = JsonMapper.shared().createObjectNode().put("dtype", precision.name());
        ArrayNode sizes = entry.putArray("shape");
        for (int size : shape) {
            count *= size;
            sizes.add(size);
        }
        if (count != values.length) {
            throw new IllegalArgumentException("tensor “" + name + "” has " + values.length + " values; the shape "
                    + Arrays.toString(shape) + " asks for " + count);
        }
        if (tensors.putIfAbsent(name, values) != null) {
            throw new IllegalArgumentException("tensor “" + name + "” was added before");
        }
        long end = written + (long) precision.bytes * values.length;
        entry.withArray("data_offsets").add(written).add(end);
        written = end;
        header.set(name, entry);
        return this;
    }

    /** The whole file. */
    public byte[] bytes() {
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        ByteArrayOutputStream out = new ByteArrayOutputStream(Math.toIntExact(8 + padded + written));
        out.writeBytes(little(Long.BYTES).putLong(padded).array());
        out.writeBytes(json);
        out.writeBytes(" ".repeat(padded - json.length).getBytes(StandardCharsets.US_ASCII));
        for (float[] values : tensors.values()) {
            out.writeBytes(bytes(values));
        }
        return out.toByteArray();
    }

    private byte[] bytes(float[] values) {
        ByteBuffer bytes = little(precision.bytes * values.length);
        if (precision == Precision.F32) {
            bytes.asFloatBuffer().put(values);
        } else {
            for (float value : values) {
                bytes.putShort(Float.floatToFloat16(value));
            }
        }
        return bytes.array();
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
