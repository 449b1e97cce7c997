package app.headlight.services.hub;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Work that waits for the network, in a virtual thread of its own: there an interrupt ends the waiting at once,
 * whatever the other end does.
 */
final class Interruptible {

    private static final long LOOK_MILLIS = 100;
    private static final Duration END = Duration.ofSeconds(10);

    private Interruptible() {}

    /**
     * Does the work.
     *
     * @param watch is called in this thread again and again meanwhile; by an exception it ends the work
     * @throws IOException as the work does
     */
    static <T> T call(Callable<T> work, Runnable watch) throws IOException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = Thread.ofVirtual().name("hub").start(task);
        try {
            while (true) {
                watch.run();
                try {
                    return task.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException notYet) {
                    // look again
                }
            }
        } catch (ExecutionException failed) {
            throw rethrown(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CancellationException("stopped");
        } finally {
            end(thread);
        }
    }

    /** Ends the work, so that nothing is written any more when this returns. */
    private static void end(Thread thread) {
        thread.interrupt();
        boolean wasInterrupted = Thread.interrupted();
        try {
            thread.join(END);
        } catch (InterruptedException again) {
            wasInterrupted = true;
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static RuntimeException rethrown(Throwable cause) throws IOException {
        switch (cause) {
            case IOException failed -> throw failed;
            case RuntimeException failed -> throw failed;
            case Error failed -> throw failed;
            default -> throw new IllegalStateException(cause);
        }
    }
}
