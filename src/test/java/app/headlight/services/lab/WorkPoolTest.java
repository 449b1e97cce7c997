package app.headlight.services.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkPoolTest {

    private final WorkPool pool = new WorkPool(1);

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void personsTakeTurns() throws InterruptedException {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch mayBegin = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(6);
        pool.submit("first", false, () -> wait(mayBegin));
        for (String work : List.of("a1", "a2", "a3", "a4", "b1", "c1")) {
            pool.submit(work.substring(0, 1), false, () -> {
                order.add(work);
                done.countDown();
            });
        }
        mayBegin.countDown();
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(order).containsExactly("a1", "b1", "c1", "a2", "a3", "a4");
    }

    @Test
    void workThatFailsLeavesItsThreadToTheNext() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        pool.submit("a", false, () -> {
            throw new IllegalStateException("on purpose");
        });
        pool.submit("a", false, done::countDown);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }

    /** What the engine does in parallel inside such work stays on the pool's threads. */
    @Test
    void parallelStreamsInsideStayInThePool() throws InterruptedException {
        List<ForkJoinPool> pools = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(1);
        pool.submit("a", false, () -> {
            IntStream.range(0, 1000).parallel().forEach(i -> pools.add(ForkJoinTask.getPool()));
            done.countDown();
        });
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(pools).hasSize(1000).doesNotContainNull().doesNotContain(ForkJoinPool.commonPool());
    }

    private static void wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
