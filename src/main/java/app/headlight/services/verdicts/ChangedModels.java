package app.headlight.services.verdicts;

import app.headlight.ground.signals.Signals;
import app.headlight.services.claims.Claims;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Has claims measured that are new, and those whose model has changed behind its name. */
@Component
class ChangedModels {

    private static final Logger LOG = LoggerFactory.getLogger(ChangedModels.class);

    private final ClaimMeasurements measurements;
    private final Signals signals;
    private final ExecutorService looking = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("claims").factory());

    ChangedModels(ClaimMeasurements measurements, Signals signals) {
        this.measurements = measurements;
        this.signals = signals;
    }

    @PostConstruct
    void listen() {
        signals.listen(Claims.TOPIC, new Signals.Listener() {
            @Override
            public void received(String finding) {
                looking.execute(ChangedModels.this::look);
            }

            @Override
            public void missed() {
                // found at the next look
            }
        });
    }

    @PreDestroy
    void close() {
        looking.shutdownNow();
    }

    @Scheduled(fixedDelay = 30_000, initialDelay = 10_000)
    synchronized void look() {
        try {
            measurements.measureChanged();
        } catch (DataAccessException | TransactionException databaseGone) {
            LOG.warn("claims that wait are not measured yet: {}", databaseGone.getMessage());
        }
    }
}
