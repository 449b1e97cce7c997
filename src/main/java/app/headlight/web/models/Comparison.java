package app.headlight.web.models;

import app.headlight.residual.EmbeddingComparison;
import app.headlight.transformer.Progress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A comparison under way or done, which several people may wait for; it ends when the last of them leaves. */
final class Comparison implements Progress {

    private final CompletableFuture<EmbeddingComparison> result = new CompletableFuture<>();
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private final int size;
    private volatile double share;

    /** @param size how many tokens are compared */
    Comparison(int size) {
        this.size = size;
    }

    int size() {
        return size;
    }

    @Override
    public boolean goesOn(double done) {
        share = done;
        watchers.forEach(Runnable::run);
        return !result.isDone();
    }

    /** The share that is done, in [0, 1]. */
    double share() {
        return share;
    }

    /** The outcome, if it is there within a moment. */
    Optional<EmbeddingComparison> within(long milliseconds) {
        try {
            return Optional.of(result.get(milliseconds, TimeUnit.MILLISECONDS));
        } catch (TimeoutException | CancellationException notYet) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }

    /** Whether it has come to an end, a good one or not. */
    boolean isOver() {
        return result.isDone();
    }

    boolean isCancelled() {
        return result.isCancelled();
    }

    /** Calls back at every step and at the end. */
    void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    /** Calls back no more, and ends what nobody waits for. */
    synchronized void leave(Runnable watcher) {
        if (watchers.remove(watcher) && watchers.isEmpty()) {
            result.cancel(false);
        }
    }

    void complete(EmbeddingComparison found) {
        result.complete(found);
        watchers.forEach(Runnable::run);
    }

    void fail(Throwable cause) {
        result.completeExceptionally(cause);
        watchers.forEach(Runnable::run);
    }
}
