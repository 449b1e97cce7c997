package app.headlight.services.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.engine.transformer.Progress;
import app.headlight.services.models.Memory;
import app.headlight.services.models.ModelRef;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LaboratoryTest {

    private static final ModelRef MODEL = new ModelRef("toy", "a hash", -1);

    private final Laboratory lab = new Laboratory(new Memory(45), () -> "somebody", KeptValues.NONE, 2);
    private final AtomicInteger begun = new AtomicInteger();
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    @AfterEach
    void close() {
        mayEnd.countDown();
        lab.close();
    }

    @Test
    void twoWhoAskForTheSameWaitForOne() throws Exception {
        Ticket<Integer> one = lab.ask(slow("a"));
        Ticket<Integer> other = lab.ask(slow("a"));
        mayEnd.countDown();
        assertThat(one.result().get()).isEqualTo(1);
        assertThat(other.result().get()).isEqualTo(1);
        assertThat(lab.ask(slow("a")).result()).isCompletedWithValue(1);
        assertThat(begun).hasValue(1);
        assertThat(lab.get(slow("b"))).isEqualTo(2);
    }

    @Test
    void keepsNothingThatWhoeverAsksCouldWriteTo() {
        assertThatThrownBy(() -> lab.get(of("numbers", progress -> new double[1])))
                .hasMessageContaining("numbers is a double[]")
                .hasMessageContaining("expected a Matrix, a Vector or a record");
        assertThatThrownBy(() -> lab.get(of("products", progress -> new FMatrixRMaj(1, 1))))
                .hasMessageContaining("products is a FMatrixRMaj");
    }

    @Test
    void otherWeightsUnderTheSameNameAreAnotherMeasurement() {
        mayEnd.countDown();
        assertThat(lab.get(slow("a"))).isEqualTo(1);
        ModelRef replaced = new ModelRef("toy", "another hash", -1);
        int ofReplaced = lab.get(Measurement.slow(replaced, "a", List.of(), progress -> slow()));
        assertThat(ofReplaced).isEqualTo(2);
        ModelRef earlier = new ModelRef("toy", "a hash", 10);
        int ofEarlier = lab.get(Measurement.slow(earlier, "a", List.of(), progress -> slow()));
        assertThat(ofEarlier).isEqualTo(3);
        assertThat(lab.get(slow("a"))).isEqualTo(1);
    }

    @Test
    void goesOnUntilTheLastHasLeftAndIsMadeAnewForTheNext() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        Ticket<Integer> one = lab.ask(of("a", progress -> {
            try {
                while (true) {
                    progress.report(1, 4);
                    Thread.onSpinWait();
                }
            } finally {
                ended.countDown();
            }
        }));
        Ticket<Integer> other = lab.ask(slow("a"));
        one.leave();
        one.leave(); // once more changes nothing
        assertThat(ended.await(200, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(other.done()).isEqualTo(0.25);
        other.leave();
        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> one.result().get()).hasCauseInstanceOf(CancellationException.class);
        mayEnd.countDown();
        assertThat(lab.get(slow("a"))).isEqualTo(1);
    }

    @Test
    void whatNobodyWaitsForIsNotBegun() throws Exception {
        Ticket<Integer> first = lab.ask(slow("a"));
        Ticket<Integer> second = lab.ask(slow("b"));
        Ticket<Integer> third = lab.ask(slow("c")); // waits in line: two threads have work
        third.leave();
        mayEnd.countDown();
        first.result().get();
        second.result().get();
        assertThatThrownBy(() -> third.result().get()).hasCauseInstanceOf(CancellationException.class);
        assertThat(begun).hasValue(2);
    }

    @Test
    void whatFailsIsToldToAllAsItWasThrownAndTriedAgain() {
        Measurement<Integer> fails = of("a", progress -> {
            throw new IllegalArgumentException("no such thing");
        });
        assertThatThrownBy(() -> lab.ask(fails).result().get())
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("no such thing");
        assertThatThrownBy(() -> lab.get(fails))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("no such thing");
        mayEnd.countDown();
        assertThat(lab.ask(slow("a")).result()).succeedsWithin(Duration.ofSeconds(10));
    }

    /** More measurements at once than threads, each of which needs another that is in line behind them. */
    @Test
    void measurementsThatNeedOthersNeverWaitForEver() {
        List<Ticket<Integer>> all = List.of("a", "b", "c", "d").stream()
                .map(name -> lab.ask(of(name, progress -> 1 + lab.get(of("under " + name, under -> 1)))))
                .toList();
        assertThat(all)
                .allSatisfy(ticket -> assertThat(ticket.result())
                        .succeedsWithin(Duration.ofSeconds(10))
                        .isEqualTo(2));
    }

    /** Somebody's long work takes every thread there is for it, and the quick work of others goes on beside it. */
    @Test
    void longWorkHoldsUpNothingQuick() {
        List.of("a", "b", "c", "d").forEach(name -> lab.ask(slow(name)));
        assertThat(lab.get(Measurement.quick(MODEL, "quick", List.of(), () -> "done")))
                .isEqualTo("done");
    }

    @Test
    void anArrayIsNoKeySinceItEqualsNoOther() {
        assertThatThrownBy(() -> Measurement.quick(MODEL, "sum", List.of(new int[] {1}), () -> 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sum");
    }

    private static <V> Measurement<V> of(String what, Function<Progress, V> work) {
        return Measurement.slow(MODEL, what, List.of(), work);
    }

    private Measurement<Integer> slow(String what) {
        return of(what, progress -> slow());
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
