package app.headlight.engine.tensor;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A matrix of 16-bit floating-point numbers that nobody can write to: weights held as a file stores them, in half the
 * room of float32. Every number of either format is a float32 number too, so nothing is lost.
 */
public final class HalfMatrix {

    /** What the 16 bits of a number are. */
    public enum Format {
        /** IEEE 754 binary16. */
        F16,
        /** The upper half of a float32. */
        BF16;

        private short bits(float value) {
            return this == F16 ? Float.floatToFloat16(value) : (short) (Float.floatToRawIntBits(value) >>> 16);
        }

        /** The number of these 16 bits, which may be infinite or none. */
        public float value(short bits) {
            return this == F16 ? Float.float16ToFloat(bits) : Float.intBitsToFloat(bits << 16);
        }

        /** The first of some numbers that is infinite or none, from {@code from} to {@code to − 1}; {@code to} where all are finite. */
        public int firstNotFinite(short[] bits, int from, int to) {
            int exponent = this == F16 ? 0x7C00 : 0x7F80; // all of its bits are set in those numbers alone
            int at = from;
            while (at < to && (bits[at] & exponent) != exponent) {
                at++;
            }
            return at;
        }
    }

    /** The side of a tile that is copied at once where rows lie as columns, so that both sides stay in the cache. */
    private static final int TILE = 32;

    private final Format format;
    private final short[] bits;
    private final int rows;
    private final int columns;
    private final boolean isTransposed;

    /** As float32, as long as somebody else holds that: whoever reads many parts one after the other reads it once. */
    private volatile Reference<FMatrixRMaj> floats = new WeakReference<>(null);

    private HalfMatrix(Format format, short[] bits, int rows, int columns, boolean isTransposed) {
        this.format = format;
        this.bits = bits;
        this.rows = rows;
        this.columns = columns;
        this.isTransposed = isTransposed;
    }

    /**
     * Holds the values of a matrix, which stays as it is.
     *
     * @throws IllegalArgumentException if one of them is no number of the format
     */
    public static HalfMatrix of(Format format, FMatrixRMaj values) {
        short[] bits = new short[values.getNumElements()];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = format.bits(values.data[i]);
        }
        for (int i = 0; i < bits.length; i++) {
            if (format.value(bits[i]) != values.data[i]) {
                throw new IllegalArgumentException(values.data[i] + " at index " + i + " is no number of " + format);
            }
        }
        return new HalfMatrix(format, bits, values.numRows, values.numCols, false);
    }

    /**
     * Takes over bits without copying them: whoever gives them must not write to them any more.
     *
     * @param bits row by row, [rows · columns]
     */
    public static HalfMatrix ofBits(Format format, short[] bits, int rows, int columns) {
        if (bits.length != rows * columns) {
            throw new IllegalArgumentException(bits.length + " numbers for [" + rows + ", " + columns + "]");
        }
        return new HalfMatrix(format, bits, rows, columns, false);
    }

    /** Its transpose, [columns, rows], which shares its memory. */
    public HalfMatrix transposed() {
        return new HalfMatrix(format, bits, columns, rows, !isTransposed);
    }

    /** Whether its columns, not its rows, lie one after the other in memory. */
    boolean isTransposed() {
        return isTransposed;
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** The memory that some matrices take together, in bytes. */
    public static long bytes(Collection<HalfMatrix> matrices) {
        Set<short[]> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
        matrices.forEach(matrix -> distinct.add(matrix.bits));
        return distinct.stream().mapToLong(bits -> bits.length).sum() * Short.BYTES;
    }

    /** Rows {@code from} to {@code to − 1} and columns {@code left} to {@code right − 1} as float32, a copy. */
    public FMatrixRMaj part(int from, int to, int left, int right) {
        return HalfView.of(this).rows(from, to).columns(left, right).read();
    }

    /** Copies one row, [columns], into {@code out}, where it begins at {@code at}. */
    public void copyRow(int row, float[] out, int at) {
        Shapes.checkRange("rows", row, row + 1, rows);
        read(row, row + 1, 0, columns, out, at);
    }

    /** The values as float32, [rows, columns]; for all who ask while one of them holds it, the same, which nobody may write to. */
    public FMatrixRMaj floats() {
        FMatrixRMaj held = floats.get();
        return held != null ? held : read();
    }

    private synchronized FMatrixRMaj read() {
        @Nullable FMatrixRMaj held = floats.get();
        if (held != null) {
            return held;
        }
        FMatrixRMaj read = new FMatrixRMaj(rows, columns);
        read(0, rows, 0, columns, read.data, 0);
        floats = new WeakReference<>(read);
        return read;
    }

    /**
     * Reads rows {@code from} to {@code to − 1} and columns {@code left} to {@code right − 1}, row by row, into {@code
     * out} from index {@code at} on.
     */
    void read(int from, int to, int left, int right, float[] out, int at) {
        int width = right - left;
        if (isTransposed) {
            for (int r0 = from; r0 < to; r0 += TILE) {
                for (int c0 = left; c0 < right; c0 += TILE) {
                    tile(
                            r0,
                            Math.min(to, r0 + TILE),
                            c0,
                            Math.min(right, c0 + TILE),
                            out,
                            at + (r0 - from) * width + c0 - left,
                            width);
                }
            }
        } else if (width == columns) {
            convert(from * columns, out, at, (to - from) * columns);
        } else {
            for (int r = from; r < to; r++) {
                convert(r * columns + left, out, at + (r - from) * width, width);
            }
        }
    }

    private void tile(int r0, int r1, int c0, int c1, float[] out, int at, int width) {
        for (int r = r0; r < r1; r++) {
            for (int c = c0; c < c1; c++) {
                out[at + (r - r0) * width + c - c0] = format.value(bits[c * rows + r]);
            }
        }
    }

    /** The same column by column where its columns lie one after the other, which is faster. */
    void readTransposed(int from, int to, int left, int right, float[] out, int at) {
        transposed().read(left, right, from, to, out, at);
    }

    /** Converts {@code count} values of the memory from index {@code from} on. */
    private void convert(int from, float[] out, int at, int count) {
        // Two plain loops, which the compiler turns into the processor's conversion of many at once.
        if (format == Format.F16) {
            for (int i = 0; i < count; i++) {
                out[at + i] = Float.float16ToFloat(bits[from + i]);
            }
        } else {
            for (int i = 0; i < count; i++) {
                out[at + i] = Float.intBitsToFloat(bits[from + i] << 16);
            }
        }
    }

    @Override
    public String toString() {
        return format + " [" + rows + ", " + columns + "]";
    }
}
