package app.headlight;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Opens the embedded database again after it has closed itself, as H2 does when its disk is full: it stays closed for as
 * long as connections to it are kept, so these are let go.
 */
@Component
class ClosedDatabase {

    private static final Logger LOG = System.getLogger(ClosedDatabase.class.getName());
    private static final int CLOSED = 90098; // H2's code for a database that has been closed

    private final DataSource database;

    ClosedDatabase(DataSource database) {
        this.database = database;
    }

    @Scheduled(fixedDelay = 2000, initialDelay = 10_000)
    void check() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select count(*) from setting");
        } catch (SQLException gone) {
            if (gone.getErrorCode() == CLOSED && database instanceof HikariDataSource pool) {
                LOG.log(Level.WARNING, "the database has closed itself; it is opened again: {0}", gone.getMessage());
                HikariPoolMXBean connections = pool.getHikariPoolMXBean();
                connections.softEvictConnections();
            }
        }
    }
}
