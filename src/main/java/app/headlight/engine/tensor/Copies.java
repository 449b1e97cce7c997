package app.headlight.engine.tensor;

import java.util.Arrays;

/** Copies of arrays of arrays, for records that do not hand out their own. */
public final class Copies {

    private Copies() {}

    /** A copy that shares no array with the original. */
    public static double[][] of(double[][] rows) {
        return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    }

    /** The same of one more dimension. */
    public static double[][][] of(double[][][] tables) {
        return Arrays.stream(tables).map(Copies::of).toArray(double[][][]::new);
    }
}
