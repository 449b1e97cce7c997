package app.headlight.ground.signals;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Short messages between the parts of this program, and between the servers that share a PostgreSQL. A message that is sent
 * within a transaction is delivered after the commit, and never if the transaction is rolled back. All listeners are called
 * on one thread, which has no transaction. With H2, which only one process uses, no message leaves the process.
 */
@Component
public class Signals {

    public static final String CHANNEL = "headlight";

    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    private final DataSource database;
    private final JdbcClient jdbc;
    private final String node = UUID.randomUUID().toString();
    private final Map<String, List<Listener>> listeners = new ConcurrentHashMap<>();
    private final ExecutorService delivery = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("signals").factory());
    private boolean shared;
    private @Nullable PostgresListener postgres;

    public Signals(DataSource database) {
        this.database = database;
        this.jdbc = JdbcClient.create(database);
    }

    /** A listener for the messages of one topic; it must be quick. */
    public interface Listener {
        void received(String text);

        /** Called when messages of other servers may have been lost. */
        void missed();
    }

    @PostConstruct
    public void open() throws SQLException {
        try (Connection connection = database.getConnection()) {
            shared = connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
        }
        if (shared) {
            postgres = new PostgresListener(
                    database,
                    CHANNEL,
                    this::receive,
                    () -> listeners.values().forEach(all -> each(all, Listener::missed)));
        }
    }

    @PreDestroy
    public void close() {
        if (postgres != null) {
            postgres.close();
        }
        delivery.shutdownNow();
    }

    /** @return removes the listener */
    public Runnable listen(String topic, Listener listener) {
        List<Listener> all = listeners.computeIfAbsent(topic, none -> new CopyOnWriteArrayList<>());
        all.add(listener);
        return () -> all.remove(listener);
    }

    /** @param topic one word; with the text at most 7,000 bytes */
    public void send(String topic, String text) {
        if (shared) {
            jdbc.sql("select pg_notify(?, ?)")
                    .params(CHANNEL, node + " " + topic + " " + text)
                    .query((row, index) -> "")
                    .list();
        }
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            deliver(topic, text);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                deliver(topic, text);
            }
        });
    }

    private void receive(String payload) {
        String[] parts = payload.split(" ", 3);
        if (parts.length == 3 && !parts[0].equals(node)) {
            deliver(parts[1], parts[2]);
        }
    }

    private void deliver(String topic, String text) {
        each(listeners.getOrDefault(topic, List.of()), listener -> listener.received(text));
    }

    private void each(List<Listener> all, Consumer<Listener> tell) {
        try {
            all.forEach(listener -> delivery.execute(() -> tell(listener, tell)));
        } catch (RejectedExecutionException closed) {
            LOG.debug("nobody listens any more", closed);
        }
    }

    private static void tell(Listener listener, Consumer<Listener> tell) {
        try {
            tell.accept(listener);
        } catch (RuntimeException e) {
            LOG.warn("a listener failed", e);
        }
    }
}
