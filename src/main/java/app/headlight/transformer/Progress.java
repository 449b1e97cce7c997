package app.headlight.transformer;

import java.util.concurrent.CancellationException;

/** Who waits for a long computation: is told how far it is, and says whether it is to go on. */
@FunctionalInterface
public interface Progress {

    /** Nobody is told, and nothing ends it. */
    Progress UNWATCHED = done -> true;

    /**
     * @param done the share that is done, in [0, 1]
     * @return false to end the computation
     */
    boolean goesOn(double done);

    /** Reports that {@code part} of {@code whole} is done; throws {@link CancellationException} if it is to end. */
    default void report(long part, long whole) {
        double done = (double) part / whole;
        if (!goesOn(done)) {
            throw new CancellationException("cancelled when " + Math.round(100 * done) + " % was done");
        }
    }
}
