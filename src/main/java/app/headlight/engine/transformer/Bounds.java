package app.headlight.engine.transformer;

import app.headlight.engine.tensor.UncomputableException;
import java.util.Locale;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/** Checks that a computation does not need too much memory, before it begins, and that its results are finite. */
public final class Bounds {

    /** The longest array that Java has. */
    private static final long LONGEST = Integer.MAX_VALUE - 8L;

    /** A run may take the memory divided by this, not more. */
    private static final int RUN_SHARE = 4;

    /** The weights of a model may take the memory divided by this, not more. */
    private static final int MODEL_SHARE = 2;

    /** A matrix of more numbers is looked through by several threads. */
    private static final int LARGE = 1 << 16;

    private Bounds() {}

    /** @throws UncomputableException with the amount, if the weights of such a model would take too much memory */
    public static void check(Config config) {
        check(config, Runtime.getRuntime().maxMemory());
    }

    static void check(Config config, long memory) {
        if (config.weightBytes() > memory / MODEL_SHARE) {
            throw new UncomputableException("the weights would take " + amount(config.weightBytes())
                    + "; this server, which has " + amount(memory) + " of memory, takes models of "
                    + amount((double) memory / MODEL_SHARE) + " at most");
        }
    }

    /** @throws UncomputableException with the amount, if a run on so many tokens would take too much memory */
    static void checkRun(Config config, int tokens) {
        checkRun(config, tokens, Runtime.getRuntime().maxMemory());
    }

    static void checkRun(Config config, int tokens, long memory) {
        double bytes = runBytes(config, tokens);
        if (bytes > (double) memory / RUN_SHARE || (double) tokens * config.dVocab() > LONGEST) {
            throw new UncomputableException(String.format(
                    Locale.ROOT,
                    "A run on %,d tokens would take about %s of memory; this server gives one %s at most. Fewer tokens"
                            + " take less.",
                    tokens,
                    amount(bytes),
                    amount((double) memory / RUN_SHARE)));
        }
    }

    /** The memory that a run keeps, in bytes: see {@link Run}. */
    static double runBytes(Config config, double tokens) {
        double byHead = 2 * tokens * tokens + 4 * tokens * config.dHead();
        double streams = config.mlp() == null ? 2 : config.parallel() ? 3 : 4;
        double floats = tokens * config.dVocab()
                + (config.nLayers() * streams + 1) * tokens * config.dModel()
                + config.nLayers() * (double) config.nHeads() * byHead;
        return floats * Float.BYTES;
    }

    /** @throws UncomputableException if a value is not a number, or is infinite */
    static void finite(String what, FMatrixRMaj matrix) {
        IntStream rows = IntStream.range(0, matrix.numRows);
        boolean isLarge = matrix.data.length > LARGE;
        if (!(isLarge ? rows.parallel() : rows).allMatch(row -> isFinite(matrix, row))) {
            throw new UncomputableException(what + " is not finite: the model's numbers are too large for float32,"
                    + " and what follows from them cannot be computed.");
        }
    }

    private static boolean isFinite(FMatrixRMaj matrix, int row) {
        float[] data = matrix.data;
        int end = (row + 1) * matrix.numCols;
        for (int i = row * matrix.numCols; i < end; i++) {
            if (!Float.isFinite(data[i])) {
                return false;
            }
        }
        return true;
    }

    /** Bytes as people read them: {@code 1.5 GB}. */
    static String amount(double bytes) {
        String[] units = {"bytes", "kB", "MB", "GB", "TB"};
        int unit = 0;
        double amount = bytes;
        while (amount >= 1000 && unit < units.length - 1) {
            amount /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, amount < 10 && unit > 0 ? "%,.1f %s" : "%,.0f %s", amount, units[unit]);
    }
}
