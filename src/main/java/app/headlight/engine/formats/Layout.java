package app.headlight.engine.formats;

/**
 * How a matrix of the model lies in a tensor of a file: value (r, c) is at {@code offset + r·rowStride + (c div
 * block)·blockStride + (c mod block)·columnStride} of the tensor's numbers.
 *
 * @param shape of the tensor in the file
 * @param block columns that lie evenly; all of them, or those of one head
 */
record Layout(long[] shape, long offset, long rowStride, int block, long blockStride, long columnStride) {

    /** The side of a tile of a matrix that is copied at once, so that both sides of a transposition stay in the cache. */
    private static final int TILE = 32;

    /** [n] */
    static Layout vector(int n) {
        return new Layout(new long[] {n}, 0, n, n, n, 1);
    }

    /** [rows, columns] */
    static Layout matrix(int rows, int columns) {
        return new Layout(new long[] {rows, columns}, 0, columns, columns, columns, 1);
    }

    /** [columns, rows], as the weights of PyTorch's Linear lie, which multiply from the left. */
    static Layout transposed(int rows, int columns) {
        return new Layout(new long[] {columns, rows}, 0, 1, columns, 0, rows);
    }

    /** [heads, rows, width] of a matrix with the heads side by side, [rows, heads·width]. */
    static Layout heads(int heads, int rows, int width) {
        return new Layout(new long[] {heads, rows, width}, 0, width, width, (long) rows * width, 1);
    }

    /** [heads, width] of a vector with the heads side by side. */
    static Layout headVector(int heads, int width) {
        return new Layout(new long[] {heads, width}, 0, 0, width, width, 1);
    }

    /** [heads, width, columns] of a matrix with the heads one below the other, [heads·width, columns]. */
    static Layout headsBelow(int heads, int width, int columns) {
        return new Layout(new long[] {heads, width, columns}, 0, columns, columns, columns, 1);
    }

    /** Part of [rows, parts·columns]. */
    static Layout columns(int rows, int columns, int part, int parts) {
        return new Layout(
                new long[] {rows, (long) parts * columns},
                (long) part * columns,
                (long) parts * columns,
                columns,
                columns,
                1);
    }

    /** Part of [parts·columns, rows], transposed. */
    static Layout transposedPart(int rows, int columns, int part, int parts) {
        return new Layout(new long[] {(long) parts * columns, rows}, (long) part * columns * rows, 1, columns, 0, rows);
    }

    /** Part of [parts·n]. */
    static Layout vectorPart(int n, int part, int parts) {
        return new Layout(new long[] {(long) parts * n}, (long) part * n, n, n, n, 1);
    }

    /** Part of [heads·parts·width, rows], transposed: of each head, all parts follow one another. */
    static Layout transposedPartOfHeads(int rows, int heads, int width, int part, int parts) {
        long head = (long) parts * width * rows;
        return new Layout(
                new long[] {(long) heads * parts * width, rows}, (long) part * width * rows, 1, width, head, rows);
    }

    /** Part of [heads·parts·width]: of each head, all parts follow one another. */
    static Layout vectorPartOfHeads(int heads, int width, int part, int parts) {
        return new Layout(
                new long[] {(long) heads * parts * width}, (long) part * width, 0, width, (long) parts * width, 1);
    }

    /** Copies {@code count} numbers of a tensor that stand {@code step} apart to where they follow one another. */
    @FunctionalInterface
    private interface Copy {

        void copy(int from, int step, int to, int count);
    }

    /**
     * The matrix in row-major order.
     *
     * @param stored the tensor's numbers; what is returned is they themselves where they lie as the matrix does
     */
    float[] read(float[] stored, int rows, int columns) {
        if (isPlain(rows, columns) && stored.length == (long) rows * columns) {
            return stored;
        }
        float[] out = new float[rows * columns];
        read(rows, columns, (from, step, to, count) -> {
            for (int i = 0, at = from; i < count; i++, at += step) {
                out[to + i] = stored[at];
            }
        });
        return out;
    }

    /** The same of numbers in 16 bits. */
    short[] read(short[] stored, int rows, int columns) {
        if (isPlain(rows, columns) && stored.length == (long) rows * columns) {
            return stored;
        }
        short[] out = new short[rows * columns];
        read(rows, columns, (from, step, to, count) -> {
            for (int i = 0, at = from; i < count; i++, at += step) {
                out[to + i] = stored[at];
            }
        });
        return out;
    }

    private void read(int rows, int columns, Copy copy) {
        for (int r0 = 0; r0 < rows; r0 += TILE) {
            for (int c0 = 0; c0 < columns; c0 += TILE) {
                tile(columns, r0, Math.min(rows, r0 + TILE), c0, Math.min(columns, c0 + TILE), copy);
            }
        }
    }

    private void tile(int columns, int r0, int r1, int c0, int c1, Copy copy) {
        for (int r = r0; r < r1; r++) {
            for (int c = c0; c < c1; ) {
                int end = Math.min(c1, c - c % block + block); // within the same head
                long at = offset + r * rowStride + c / block * blockStride + c % block * columnStride;
                copy.copy((int) at, (int) columnStride, r * columns + c, end - c);
                c = end;
            }
        }
    }

    /** Whether the tensor is the matrix's transpose, and no more than that. */
    boolean isTransposed(int rows, int columns) {
        return offset == 0
                && rowStride == 1
                && block == columns
                && columnStride == rows
                && shape.length == 2
                && shape[0] == columns;
    }

    /** Whether the tensor's numbers lie as those of the matrix. */
    boolean isPlain(int rows, int columns) {
        return offset == 0
                && columnStride == 1
                && (rows == 1 || rowStride == columns)
                && (block == columns || blockStride == block);
    }
}
