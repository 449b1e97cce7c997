package app.headlight.engine.transformer;

import java.util.concurrent.CancellationException;

/** A listener of a long computation, which is told the progress and answers whether to continue. */
@FunctionalInterface
public interface Progress {

    /** A listener that ignores the progress and never ends a computation. */
    Progress UNWATCHED = done -> true;

    /**
     * @param done the share that is done, in [0, 1]
     * @return false to end the computation
     */
    boolean goesOn(double done);

    /**
     * Reports that {@code part} of {@code whole} is done; throws {@link CancellationException} if the listener ends the
     * computation.
     */
    default void report(long part, long whole) {
        double done = (double) part / whole;
        if (!goesOn(done)) {
            throw new CancellationException("cancelled when " + Math.round(100 * done) + " % was done");
        }
    }
}
