package app.headlight.services.lab;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;

/**
 * The threads that all numerical work runs on, the parallel streams inside such work included. Work waits in a line for
 * each person, and the persons take turns. What may take long has a lane of its own, so that it never takes the threads
 * of what is quick; the two lanes share the cores as the system divides them.
 */
final class WorkPool implements AutoCloseable {

    private final Lane quick;
    private final Lane slow;

    /** @param cores how many threads the quick lane has, at least 1 */
    WorkPool(int cores) {
        quick = new Lane("quick", cores);
        slow = new Lane("slow", Math.max(2, cores - 1));
    }

    /** Runs some work when it is the asker's turn; what it throws goes to the thread's handler. */
    void submit(String asker, boolean isLong, Runnable work) {
        (isLong ? slow : quick).submit(asker, work);
    }

    /** Takes no more work; what runs is not waited for. */
    @Override
    public void close() {
        quick.threads.shutdownNow();
        slow.threads.shutdownNow();
    }

    private static final class Lane {

        private final ForkJoinPool threads;
        private final Map<String, Deque<Runnable>> waiting = new LinkedHashMap<>(); // guarded by this
        private int running; // guarded by this

        Lane(String name, int size) {
            threads = new ForkJoinPool(
                    size,
                    pool -> {
                        var thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
                        thread.setName("laboratory-" + name + "-" + thread.getPoolIndex());
                        return thread;
                    },
                    null,
                    true);
        }

        synchronized void submit(String asker, Runnable work) {
            waiting.computeIfAbsent(asker, person -> new ArrayDeque<>()).add(work);
            begin();
        }

        private synchronized void end() {
            running--;
            begin();
        }

        private void begin() {
            while (running < threads.getParallelism() && !waiting.isEmpty() && !threads.isShutdown()) {
                Runnable work = next();
                running++;
                threads.execute(() -> {
                    try {
                        work.run();
                    } finally {
                        end();
                    }
                });
            }
        }

        /** The first work of whose turn it is; that person goes to the end of the line. */
        private Runnable next() {
            Iterator<Map.Entry<String, Deque<Runnable>>> persons =
                    waiting.entrySet().iterator();
            Map.Entry<String, Deque<Runnable>> first = persons.next();
            persons.remove();
            Runnable work = first.getValue().remove();
            if (!first.getValue().isEmpty()) {
                waiting.put(first.getKey(), first.getValue());
            }
            return work;
        }
    }
}
