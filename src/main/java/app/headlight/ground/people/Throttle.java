package app.headlight.ground.people;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import org.springframework.stereotype.Component;

/**
 * Slows down people who guess passwords: after a few wrong ones each try has to wait, twice as long every time. An
 * account waits only some seconds, so that others cannot lock its owner out; an address waits minutes, which limits the
 * guesses from there. This is kept in the memory of this node, and forgotten after a quarter of an hour without tries.
 */
@Component
public class Throttle {

    private static final Duration QUIET = Duration.ofMinutes(15);
    private static final int MOST_KEPT = 100_000;
    private static final Limit ACCOUNT = new Limit(3, Duration.ofSeconds(15));
    private static final Limit ADDRESS = new Limit(10, Duration.ofMinutes(5));

    private final TimeMeter time;
    private final Cache<String, Wrong> wrong;

    Throttle(InstantSource clock) {
        time = new TimeOf(clock);
        wrong = Caffeine.newBuilder()
                .expireAfterWrite(QUIET)
                .maximumSize(MOST_KEPT)
                .ticker(time::currentTimeNanos)
                .build();
    }

    private record TimeOf(InstantSource clock) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return clock.millis() * 1_000_000;
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }

    /**
     * @param free the number of wrong passwords without a wait
     * @param longest the longest wait
     */
    private record Limit(int free, Duration longest) {

        Duration after(int wrong) {
            return wrong < free ? Duration.ZERO : shorter(Duration.ofSeconds(1L << Math.min(wrong - free, 20)));
        }

        private Duration shorter(Duration delay) {
            return delay.compareTo(longest) < 0 ? delay : longest;
        }
    }

    /** @param next has a token once the next try may be made */
    private record Wrong(int count, Bucket next) {}

    /**
     * Asks to try a password, which counts as a wrong one until {@link #succeeded} says otherwise: so many tries at the
     * same moment do not help.
     *
     * @return how long to wait before trying; zero: now
     */
    public synchronized Duration attempt(String name, String address) {
        Duration wait = waiting(name, address);
        if (wait.isZero()) {
            count(account(name), ACCOUNT);
            count(from(address), ADDRESS);
        }
        return wait;
    }

    /** How long a try would have to wait. */
    synchronized Duration waiting(String name, String address) {
        Duration byAccount = wait(account(name));
        Duration byAddress = wait(from(address));
        return byAccount.compareTo(byAddress) > 0 ? byAccount : byAddress;
    }

    /** The password was right: the account waits no longer, and for the address this try does not count. */
    public synchronized void succeeded(String name, String address) {
        wrong.invalidate(account(name));
        wrong.asMap()
                .computeIfPresent(
                        from(address), (key, known) -> known.count() <= 1 ? null : wrong(known.count() - 1, ADDRESS));
    }

    private Duration wait(String key) {
        Wrong known = wrong.getIfPresent(key);
        return known == null
                ? Duration.ZERO
                : Duration.ofNanos(known.next().estimateAbilityToConsume(1).getNanosToWaitForRefill());
    }

    private void count(String key, Limit limit) {
        wrong.asMap().compute(key, (same, known) -> wrong(known == null ? 1 : known.count() + 1, limit));
    }

    private Wrong wrong(int count, Limit limit) {
        Duration wait = limit.after(count);
        Duration refill = wait.isZero() ? Duration.ofSeconds(1) : wait;
        return new Wrong(
                count,
                Bucket.builder()
                        .addLimit(one ->
                                one.capacity(1).refillIntervally(1, refill).initialTokens(wait.isZero() ? 1 : 0))
                        .withCustomTimePrecision(time)
                        .build());
    }

    private static String account(String name) {
        return "account " + AccountStore.key(name);
    }

    /** Of an IPv6 address the network counts, since one person has all of it. */
    private static String from(String address) {
        String[] groups = address.split(":");
        return "address " + (groups.length > 4 ? String.join(":", Arrays.copyOf(groups, 4)) : address);
    }
}
