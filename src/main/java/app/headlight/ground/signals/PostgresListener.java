package app.headlight.ground.signals;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on a channel of PostgreSQL with one connection, and opens another when it breaks. */
final class PostgresListener {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresListener.class);
    private static final int QUIET_MILLIS = 5_000;
    private static final int ANSWER_SECONDS = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final DataSource database;
    private final String channel;
    private final Consumer<String> heard;
    private final Runnable missed;
    private final Thread thread;
    private volatile boolean open = true;
    private volatile @Nullable Connection current;

    /** @param missed run when it listens again after an interruption */
    PostgresListener(DataSource database, String channel, Consumer<String> heard, Runnable missed) {
        this.database = database;
        this.channel = channel;
        this.heard = heard;
        this.missed = missed;
        this.thread = Thread.ofPlatform().daemon().name("listen-" + channel).start(this::run);
    }

    void close() {
        open = false;
        thread.interrupt();
        Connection listening = current;
        if (listening != null) {
            try {
                listening.abort(Runnable::run);
            } catch (SQLException gone) {
                LOG.debug("the listening connection was gone already", gone);
            }
        }
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        boolean again = false;
        while (open) {
            try (Connection connection = database.getConnection()) {
                current = connection;
                connection.createStatement().execute("listen " + channel);
                if (again) {
                    LOG.info("listening to the other servers again");
                    missed.run();
                }
                again = true;
                pause = FIRST_PAUSE;
                listen(connection);
            } catch (SQLException e) {
                if (open) {
                    LOG.warn("cannot listen to the other servers; trying again in {}: {}", pause, e.getMessage());
                    again = true;
                }
            }
            current = null;
            pause = rest(pause);
        }
    }

    private void listen(Connection connection) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        while (open) {
            PGNotification @Nullable [] notifications = postgres.getNotifications(QUIET_MILLIS);
            if (notifications == null || notifications.length == 0) {
                if (!connection.isValid(ANSWER_SECONDS)) {
                    throw new SQLException("the database does not answer");
                }
                continue;
            }
            for (PGNotification notification : notifications) {
                heard.accept(notification.getParameter());
            }
        }
    }

    private Duration rest(Duration pause) {
        try {
            if (open) {
                Thread.sleep(pause);
            }
        } catch (InterruptedException closed) {
            open = false;
        }
        Duration next = pause.multipliedBy(2);
        return next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
    }
}
