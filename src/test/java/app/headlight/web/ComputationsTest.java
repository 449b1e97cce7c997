package app.headlight.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.web.Computations.Ticket;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ComputationsTest {

    private final Computations<String, Integer> computations = new Computations<>(10);
    private final AtomicInteger begun = new AtomicInteger();
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    @Test
    void twoWhoAskForTheSameWaitForOne() throws Exception {
        Ticket<Integer> one = computations.ask("a", progress -> slow());
        Ticket<Integer> other = computations.ask("a", progress -> slow());
        mayEnd.countDown();
        assertThat(one.result().get()).isEqualTo(1);
        assertThat(other.result().get()).isEqualTo(1);
        assertThat(computations.ask("a", progress -> slow()).result()).isCompletedWithValue(1);
        assertThat(begun).hasValue(1);
        assertThat(computations.ask("b", progress -> slow()).result().get()).isEqualTo(2);
    }

    @Test
    void goesOnUntilTheLastHasLeftAndIsMadeAnewForTheNext() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        Ticket<Integer> one = computations.ask("a", progress -> {
            try {
                while (true) {
                    progress.report(1, 4);
                    Thread.onSpinWait();
                }
            } finally {
                ended.countDown();
            }
        });
        Ticket<Integer> other = computations.ask("a", progress -> slow());
        one.leave();
        one.leave(); // once more changes nothing
        assertThat(ended.await(200, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(other.done()).isEqualTo(0.25);
        other.leave();
        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> one.result().get()).hasCauseInstanceOf(CancellationException.class);
        mayEnd.countDown();
        assertThat(computations.ask("a", progress -> slow()).result().get()).isEqualTo(1);
    }

    @Test
    void whatFailsIsToldToAllAndTriedAgain() {
        Ticket<Integer> one = computations.ask("a", progress -> {
            throw new IllegalArgumentException("no such thing");
        });
        assertThatThrownBy(() -> one.result().get())
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("no such thing");
        mayEnd.countDown();
        assertThat(computations.ask("a", progress -> slow()).result()).succeedsWithin(java.time.Duration.ofSeconds(10));
    }

    private int slow() {
        int number = begun.incrementAndGet();
        try {
            mayEnd.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return number;
    }
}
