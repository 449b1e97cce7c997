package app.headlight.ground.people;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
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

    private final InstantSource clock;
    private final Cache<String, Wrong> wrong;

    Throttle(InstantSource clock) {
        this.clock = clock;
        wrong = Caffeine.newBuilder()
                .expireAfterWrite(QUIET)
                .maximumSize(MOST_KEPT)
                .ticker(() -> clock.millis() * 1_000_000)
                .build();
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

    private record Wrong(int count, Instant last) {}

    /**
     * Asks to try a password, which counts as a wrong one until {@link #succeeded} says otherwise: so many tries at the
     * same moment do not help.
     *
     * @return how long to wait before trying; zero: now
     */
    public synchronized Duration attempt(String name, String address) {
        Instant now = clock.instant();
        Duration wait = waiting(name, address);
        if (wait.isZero()) {
            count(account(name), now);
            count(from(address), now);
        }
        return wait;
    }

    /** How long a try would have to wait. */
    synchronized Duration waiting(String name, String address) {
        Instant now = clock.instant();
        Duration byAccount = wait(account(name), ACCOUNT, now);
        Duration byAddress = wait(from(address), ADDRESS, now);
        return byAccount.compareTo(byAddress) > 0 ? byAccount : byAddress;
    }

    /** The password was right: the account waits no longer, and for the address this try does not count. */
    public synchronized void succeeded(String name, String address) {
        wrong.invalidate(account(name));
        wrong.asMap()
                .computeIfPresent(
                        from(address),
                        (key, known) -> known.count() <= 1 ? null : new Wrong(known.count() - 1, known.last()));
    }

    private Duration wait(String key, Limit limit, Instant now) {
        Wrong known = wrong.getIfPresent(key);
        if (known == null) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(now, known.last().plus(limit.after(known.count())));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private void count(String key, Instant now) {
        wrong.asMap().merge(key, new Wrong(1, now), (known, next) -> new Wrong(known.count() + 1, now));
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
