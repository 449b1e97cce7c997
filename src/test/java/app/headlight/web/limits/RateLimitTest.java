package app.headlight.web.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private long now;
    private final RateLimit limit = new RateLimit(60, new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return now;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    });

    @Test
    void aMinutesWorthMayComeAtOnceThenAsTheyAreGivenAgain() {
        for (int i = 0; i < 60; i++) {
            assertThat(limit.take("a")).isZero();
        }
        assertThat(limit.take("a")).isEqualTo(Duration.ofSeconds(1));
        assertThat(limit.take("b")).as("another").isZero();
        now += Duration.ofMillis(999).toNanos();
        assertThat(limit.take("a")).isEqualTo(Duration.ofMillis(1));
        now += Duration.ofMillis(1).toNanos();
        assertThat(limit.take("a")).isZero();
        assertThat(limit.take("a")).isEqualTo(Duration.ofSeconds(1));
        now += Duration.ofHours(1).toNanos();
        for (int i = 0; i < 60; i++) {
            assertThat(limit.take("a")).as("no more than a minute's worth").isZero();
        }
        assertThat(limit.take("a")).isPositive();
    }
}
