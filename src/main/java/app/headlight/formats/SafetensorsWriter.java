package app.headlight.formats;

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

/** Builds a safetensors file of float32 tensors, in the order in which they are added. */
public final class SafetensorsWriter {

    private static final int ALIGNMENT = 8;

    private final Map<String, float[]> tensors = new LinkedHashMap<>();
    private final ObjectNode header = JsonMapper.shared().createObjectNode();
    private long written;

    /** @throws IllegalArgumentException if the shape does not fit the values, or the name is taken */
    public SafetensorsWriter add(String name, float[] values, int... shape) {
        long count = 1;
        ObjectNode entry = JsonMapper.shared().createObjectNode().put("dtype", "F32");
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
            throw new IllegalArgumentException("tensor “" + name + "” is there already");
        }
        entry.withArray("data_offsets").add(written).add(written + 4L * values.length);
        written += 4L * values.length;
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
            ByteBuffer bytes = little(4 * values.length);
            bytes.asFloatBuffer().put(values);
            out.writeBytes(bytes.array());
        }
        return out.toByteArray();
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
