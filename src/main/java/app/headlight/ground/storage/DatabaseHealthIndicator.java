package app.headlight.ground.storage;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * The part {@code database} of the health: down, with the reason, if the database cannot be read or has no room to
 * write.
 */
@Component
class DatabaseHealthIndicator implements HealthIndicator {

    private final Disk disk;

    DatabaseHealthIndicator(Disk disk) {
        this.disk = disk;
    }

    @Override
    public Health health() {
        String trouble = disk.trouble();
        return trouble == null
                ? Health.up().build()
                : Health.down().withDetail("reason", trouble).build();
    }
}
