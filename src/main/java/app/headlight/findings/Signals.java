package app.headlight.findings;

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
 * Short words between the parts of this program, and between the servers that share a PostgreSQL. A word that is sent
 * within a transaction is heard once that is committed, and never if it is rolled back; all ears hear on one thread, which
 * has no transaction. On H2, which one process has to itself, nothing leaves the process.
 */
@Component
public class Signals {

    static final String CHANNEL = "headlight";

    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    private final DataSource database;
    private final JdbcClient jdbc;
    private final String node = UUID.randomUUID().toString();
    private final Map<String, List<Ear>> ears = new ConcurrentHashMap<>();
    private final ExecutorService delivery = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("signals").factory());
    private boolean shared;
    private @Nullable PostgresListener listener;

    Signals(DataSource database) {
        this.database = database;
        this.jdbc = JdbcClient.create(database);
    }

    /** Hears the words of one topic; it must be quick. */
    interface Ear {
        void heard(String text);

        /** Words of other servers may have been lost. */
        void missed();
    }

    @PostConstruct
    void open() throws SQLException {
        try (Connection connection = database.getConnection()) {
            shared = connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
        }
        if (shared) {
            listener = new PostgresListener(
                    database, CHANNEL, this::receive, () -> ears.values().forEach(all -> each(all, Ear::missed)));
        }
    }

    @PreDestroy
    void close() {
        if (listener != null) {
            listener.close();
        }
        delivery.shutdownNow();
    }

    /** @return ends the hearing */
    Runnable hear(String topic, Ear ear) {
        List<Ear> all = ears.computeIfAbsent(topic, none -> new CopyOnWriteArrayList<>());
        all.add(ear);
        return () -> all.remove(ear);
    }

    /** @param topic one word; with the text at most 7,000 bytes */
    void send(String topic, String text) {
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
        each(ears.getOrDefault(topic, List.of()), ear -> ear.heard(text));
    }

    private void miss() {
        ears.values().forEach(all -> each(all, Ear::missed));
    }

    private void each(List<Ear> all, Consumer<Ear> tell) {
        try {
            all.forEach(ear -> delivery.execute(() -> tell(ear, tell)));
        } catch (RejectedExecutionException closed) {
            LOG.debug("nobody hears any more", closed);
        }
    }

    private static void tell(Ear ear, Consumer<Ear> tell) {
        try {
            tell.accept(ear);
        } catch (RuntimeException e) {
            LOG.warn("a listener failed", e);
        }
    }
}
