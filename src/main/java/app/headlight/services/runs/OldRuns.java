package app.headlight.services.runs;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes runs that were kept as long as a setting says, except those that findings are about. */
@Component
class OldRuns {

    private static final Logger LOG = LoggerFactory.getLogger(OldRuns.class);

    private final RunStore store;
    private final RunLimits limits;

    OldRuns(RunStore store, RunLimits limits) {
        this.store = store;
        this.limits = limits;
    }

    @EventListener(ApplicationReadyEvent.class)
    @Scheduled(cron = "0 10 * * * *") // every hour: a run is gone when its page says so, or soon after
    void everyHour() {
        try {
            delete(OffsetDateTime.now(ZoneOffset.UTC));
        } catch (DataAccessException later) {
            LOG.warn("old runs could not be deleted: {}", later.getMessage());
        }
    }

    void delete(OffsetDateTime now) {
        if (limits.days() > 0) {
            int deleted = store.deleteOlder(now.minusDays(limits.days()));
            if (deleted > 0) {
                LOG.info("deleted {} runs that are older than {} days", deleted, limits.days());
            }
        }
    }
}
