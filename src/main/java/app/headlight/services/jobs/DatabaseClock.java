package app.headlight.services.jobs;

import com.github.kagkarlsson.scheduler.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The database's time, so that nodes whose own clocks differ agree on who has not been heard of for how long. */
final class DatabaseClock implements Clock {

    private final JdbcClient jdbc;
    private volatile Reading last = new Reading(Instant.now(), System.nanoTime());

    DatabaseClock(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Reading(Instant time, long nanos) {}

    /** Sets itself by the database; between two times it goes by this machine's steady clock. */
    void set() {
        long before = System.nanoTime();
        Instant time = jdbc.sql("select current_timestamp")
                .query((row, index) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .single();
        last = new Reading(time, before + (System.nanoTime() - before) / 2);
    }

    @Override
    public Instant now() {
        Reading known = last;
        return known.time().plusNanos(System.nanoTime() - known.nanos());
    }
}
