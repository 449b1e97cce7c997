package app.headlight.formats;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * One tensor as a safetensors header describes it.
 *
 * @param begin where its bytes begin, counted from the end of the header
 * @param end where they end
 */
public record TensorEntry(String name, Dtype dtype, long[] shape, long begin, long end) {

    /** The kinds of number that are read, each into float32. */
    public enum Dtype {
        F64(8),
        F32(4),
        F16(2),
        BF16(2);

        final int bytes;

        Dtype(int bytes) {
            this.bytes = bytes;
        }
    }

    /** How many numbers it holds. */
    public long count() {
        return (end - begin) / dtype.bytes;
    }

    /** The shape as people write it: {@code [4, 128, 32]}. */
    public String shapeText() {
        return Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
