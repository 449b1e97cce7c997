package app.headlight.engine.formats;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * One tensor as a safetensors header describes it.
 *
 * @param begin the first of its bytes, counted from the end of the header
 * @param end the byte after its last
 */
public record TensorEntry(String name, Dtype dtype, long[] shape, long begin, long end) {

    /** The kinds of number of the format; the floating-point ones are read, into float32. */
    public enum Dtype {
        F64(8, true),
        F32(4, true),
        F16(2, true),
        BF16(2, true),
        I64(8, false),
        U64(8, false),
        I32(4, false),
        U32(4, false),
        I16(2, false),
        U16(2, false),
        I8(1, false),
        U8(1, false),
        BOOL(1, false),
        F8_E4M3(1, false),
        F8_E5M2(1, false);

        final int bytes;

        /** Whether weights of this kind are read. */
        final boolean read;

        Dtype(int bytes, boolean read) {
            this.bytes = bytes;
            this.read = read;
        }
    }

    /** How many numbers it has. */
    public long count() {
        return (end - begin) / dtype.bytes;
    }

    /** The shape as people write it: {@code [4, 128, 32]}. */
    public String shapeText() {
        return Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
