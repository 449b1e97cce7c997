package app.headlight.engine.formats;

import app.headlight.engine.formats.TensorEntry.Dtype;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonParser.NumberType;
import tools.jackson.core.JsonToken;

/** What a safetensors header says of one tensor, field by field; then it is checked whether that fits together. */
final class TensorFields {

    /** No tensor has more sizes. */
    private static final int MOST_SIZES = 64;

    private final String name;
    private String dtype = "";
    private long @Nullable [] shape;
    private @Nullable String wrongSize;
    private Offset @Nullable [] offsets;

    private TensorFields(String name) {
        this.name = name;
    }

    /** A place in the file: as it is written, and −1 where that is below zero or more than a file can hold. */
    private record Offset(String text, long at) {}

    /**
     * Reads a tensor and checks it.
     *
     * @param described stands on the value of the tensor's field
     * @param available how many bytes the tensors have together; {@link Long#MAX_VALUE} if that is not known yet
     * @throws SafetensorsException naming the tensor and the fault
     */
    static TensorEntry read(String name, JsonParser described, long available) throws IOException {
        TensorFields fields = new TensorFields(name);
        Set<String> seen = new HashSet<>();
        StreamedJson.fields(described, (field, value) -> {
            switch (field) {
                case "dtype" -> fields.readDtype(value);
                case "shape" -> fields.readShape(value);
                case "data_offsets" -> fields.readOffsets(value);
                default -> {
                    value.skipChildren();
                    return;
                }
            }
            if (!seen.add(field)) {
                throw fields.fault("has “" + field + "” twice");
            }
        });
        return fields.entry(available);
    }

    private void readDtype(JsonParser value) {
        if (value.currentToken() == JsonToken.VALUE_STRING) {
            dtype = value.getString();
        }
        value.skipChildren();
    }

    private void readShape(JsonParser value) throws SafetensorsException {
        if (value.currentToken() != JsonToken.START_ARRAY) {
            value.skipChildren();
            return;
        }
        long[] sizes = new long[4];
        int n = 0;
        while (value.nextToken() != JsonToken.END_ARRAY) {
            if (n == MOST_SIZES) {
                throw fault("has more than " + MOST_SIZES + " sizes in its shape");
            }
            if (n == sizes.length) {
                sizes = Arrays.copyOf(sizes, 4 * n);
            }
            sizes[n++] = isLong(value) ? value.getLongValue() : -1;
            if (sizes[n - 1] < 0) {
                wrongSize = wrongSize == null ? StreamedJson.shown(value) : wrongSize;
                value.skipChildren();
            }
        }
        shape = Arrays.copyOf(sizes, n);
    }

    private void readOffsets(JsonParser value) {
        if (value.currentToken() != JsonToken.START_ARRAY) {
            value.skipChildren();
            return;
        }
        Offset[] both = new Offset[2];
        int n = 0;
        boolean whole = true;
        for (; value.nextToken() != JsonToken.END_ARRAY; n++) {
            whole &= value.currentToken() == JsonToken.VALUE_NUMBER_INT;
            if (whole && n < both.length) {
                both[n] = new Offset(StreamedJson.shown(value), isLong(value) ? value.getLongValue() : -1);
            }
            value.skipChildren();
        }
        offsets = whole && n == both.length ? both : null;
    }

    private static boolean isLong(JsonParser value) {
        return value.currentToken() == JsonToken.VALUE_NUMBER_INT && value.getNumberType() != NumberType.BIG_INTEGER;
    }

    private TensorEntry entry(long available) throws SafetensorsException {
        Dtype kind = kind();
        if (wrongSize != null) {
            throw fault("has the size " + wrongSize + " in its shape; sizes are whole and not negative");
        }
        if (shape == null) {
            throw fault("has no shape");
        }
        if (offsets == null) {
            throw fault("has no data_offsets of the form [begin, end]");
        }
        long begin = offsets[0].at();
        long end = offsets[1].at();
        if (begin < 0 || end < begin || end > available) {
            throw fault("lies at bytes " + offsets[0].text() + " to " + offsets[1].text()
                    + (available == Long.MAX_VALUE ? "" : "; the file holds " + available + " bytes of tensors"));
        }
        long needed = bytes(kind, shape);
        if (needed != end - begin) {
            throw fault("has " + (end - begin) + " bytes; its shape and dtype " + kind + " ask for " + needed);
        }
        return new TensorEntry(name, kind, shape, begin, end);
    }

    private Dtype kind() throws SafetensorsException {
        for (Dtype each : Dtype.values()) {
            if (each.name().equals(dtype)) {
                return each;
            }
        }
        throw fault("is of dtype “" + dtype + "”; " + SafetensorsHeader.READ);
    }

    private long bytes(Dtype kind, long[] sizes) throws SafetensorsException {
        long bytes = kind.bytes;
        try {
            for (long size : sizes) {
                bytes = Math.multiplyExact(bytes, size);
            }
        } catch (ArithmeticException overflow) {
            throw fault("has a shape of more numbers than any file can hold");
        }
        return bytes;
    }

    private SafetensorsException fault(String fault) {
        return new SafetensorsException("tensor “" + name + "” " + fault);
    }
}
