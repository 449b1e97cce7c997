package app.headlight.services.jobs;

import app.headlight.engine.refusal.Refusal;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * How often a node says that it is still at its job, and looks for the next one.
 *
 * @param every 100 ms to 2 s
 */
@Component
record Heartbeat(@Value("${headlight.jobs.heartbeat:2s}") Duration every) {

    /** So many in a row may fail before a node counts as dead. */
    static final int MISSED = 5;

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    Heartbeat {
        if (every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0) {
            String given = every.toMillisPart() == 0 ? every.toSeconds() + "s" : every.toMillis() + "ms";
            throw new Refusal("headlight.jobs.heartbeat is “" + given + "”; expected 100ms to 2s");
        }
    }

    /** After how long without a word a node counts as dead. */
    Duration dead() {
        return every.multipliedBy(MISSED);
    }
}
