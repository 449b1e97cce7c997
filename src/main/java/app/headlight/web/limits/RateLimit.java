package app.headlight.web.limits;

import app.headlight.engine.refusal.Refusal;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * The limit of requests a minute for each token or address: the requests of one minute may come at once, then they
 * refill evenly.
 */
public class RateLimit {

    private static final int MOST_KEPT = 50_000;

    private final int perMinute;
    private final TimeMeter clock;
    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .expireAfterAccess(Duration.ofMinutes(2)) // by then a bucket is full again
            .maximumSize(MOST_KEPT)
            .build();

    public RateLimit(int perMinute) {
        this(perMinute, TimeMeter.SYSTEM_NANOTIME);
    }

    RateLimit(int perMinute, TimeMeter clock) {
        if (perMinute < 1) {
            throw new Refusal("headlight.api.per-minute is " + perMinute + "; expected at least 1");
        }
        this.perMinute = perMinute;
        this.clock = clock;
    }

    public int perMinute() {
        return perMinute;
    }

    /** Counts a request; returns zero if it may be answered, otherwise how long to wait. */
    public Duration take(String who) {
        Bucket bucket = buckets.get(
                who,
                key -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                        .withCustomTimePrecision(clock)
                        .build());
        ConsumptionProbe taken = bucket.tryConsumeAndReturnRemaining(1);
        return taken.isConsumed() ? Duration.ZERO : Duration.ofNanos(taken.getNanosToWaitForRefill());
    }
}
