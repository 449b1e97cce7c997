package app.headlight.web.models;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.residual.EmbeddingComparison;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private final Comparison comparison = new Comparison(100);
    private final AtomicInteger toldFirst = new AtomicInteger();
    private final AtomicInteger toldSecond = new AtomicInteger();
    private final Runnable first = toldFirst::incrementAndGet;
    private final Runnable second = toldSecond::incrementAndGet;

    @Test
    void goesOnUntilTheLastWhoWaitsLeaves() {
        comparison.watch(first);
        comparison.watch(second);
        assertThat(comparison.goesOn(0.25)).isTrue();
        comparison.leave(first);
        assertThat(comparison.goesOn(0.5)).isTrue();
        assertThat(comparison.share()).isEqualTo(0.5);
        assertThat(toldFirst).hasValue(1);
        assertThat(toldSecond).hasValue(2);
        comparison.leave(second);
        assertThat(comparison.goesOn(0.75)).isFalse();
        assertThat(comparison.isCancelled()).isTrue();
        assertThat(comparison.within(0)).isEmpty();
    }

    @Test
    void whatIsDoneStaysWhoeverLeaves() {
        EmbeddingComparison found = new EmbeddingComparison(3, List.of());
        comparison.watch(first);
        comparison.complete(found);
        comparison.leave(first);
        assertThat(toldFirst).hasValue(1);
        assertThat(comparison.within(0)).contains(found);
        assertThat(comparison.isCancelled()).isFalse();
    }

    @Test
    void whoNeverWaitedEndsNothing() {
        comparison.leave(first);
        assertThat(comparison.goesOn(0.1)).isTrue();
    }
}
