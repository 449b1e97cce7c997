package app.headlight.ground.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private final Throttle throttle = new Throttle((InstantSource) () -> now);

    @Test
    void eachWrongPasswordAfterTheThirdWaitsTwiceAsLongUpToABound() {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            assertThat(throttle.attempt("Ada", "10.0.0." + i)).isZero();
            Duration wait = throttle.waiting("Ada", "10.0.1." + i);
            waits.add(wait.toSeconds());
            now = now.plus(wait);
        }
        assertThat(waits).containsExactly(0L, 0L, 1L, 2L, 4L, 8L, 15L, 15L, 15L, 15L);
    }

    @Test
    void aTryThatCameTooSoonChangesNothing() {
        for (int i = 0; i < 3; i++) {
            throttle.attempt("Ada", "10.0.0.1");
        }
        for (int i = 0; i < 1000; i++) {
            assertThat(throttle.attempt("ada", "10.0.0.2")).isEqualTo(Duration.ofSeconds(1));
        }
        now = now.plusSeconds(1);
        assertThat(throttle.attempt("Ada", "10.0.0.2")).isZero();
    }

    @Test
    void anAddressThatTriesManyNamesWaitsMinutes() {
        for (int i = 0; i < 10; i++) {
            assertThat(throttle.attempt("name " + i, "10.0.0.1")).isZero();
        }
        Duration longest = Duration.ZERO;
        for (int i = 0; i < 20; i++) {
            Duration wait = throttle.attempt("other " + i, "10.0.0.1");
            longest = wait.compareTo(longest) > 0 ? wait : longest;
            now = now.plus(wait);
            assertThat(throttle.attempt("other " + i, "10.0.0.1")).isZero();
        }
        assertThat(longest).isEqualTo(Duration.ofMinutes(5));
        assertThat(throttle.attempt("somebody", "10.0.0.2"))
                .as("from elsewhere")
                .isZero();
    }

    @Test
    void strangersCannotKeepAnOwnerOutForLong() {
        for (int i = 0; i < 500; i++) {
            now = now.plus(throttle.attempt("Ada", "10.1." + i / 250 + "." + i % 250));
        }
        assertThat(throttle.attempt("Ada", "10.9.9.9")).isLessThanOrEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void aRightPasswordFreesTheAccountButNotWhatTheAddressDidToOthers() {
        for (int i = 0; i < 9; i++) {
            throttle.attempt("name " + i, "10.0.0.1");
        }
        for (int i = 0; i < 50; i++) {
            assertThat(throttle.attempt("Ada", "10.0.0.1"))
                    .as("right password " + i)
                    .isZero();
            throttle.succeeded("Ada", "10.0.0.1");
        }
        assertThat(throttle.attempt("Bob", "10.0.0.1")).isZero();
        assertThat(throttle.attempt("Bob", "10.0.0.1")).isPositive();
    }

    @Test
    void allIsForgottenAfterAQuietQuarterOfAnHour() {
        for (int i = 0; i < 3; i++) {
            throttle.attempt("Ada", "10.0.0.1");
        }
        now = now.plus(Duration.ofMinutes(15)).plusSeconds(1);
        for (int i = 0; i < 3; i++) {
            assertThat(throttle.attempt("Ada", "10.0.0.1")).isZero();
        }
        assertThat(throttle.attempt("Ada", "10.0.0.1")).isPositive();
    }

    @Test
    void anIpv6NetworkIsOneAddress() {
        for (int i = 0; i < 10; i++) {
            throttle.attempt("name " + i, "2001:db8:0:1:0:0:0:" + i);
        }
        assertThat(throttle.attempt("Ada", "2001:db8:0:1:9:9:9:9")).isPositive();
        assertThat(throttle.attempt("Ada", "2001:db8:0:2:0:0:0:1")).isZero();
    }
}
