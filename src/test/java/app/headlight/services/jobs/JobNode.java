package app.headlight.services.jobs;

import app.headlight.Databases;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The jobs of one node, as a server has them, without a Spring context; its way to the database can be closed. */
final class JobNode implements AutoCloseable {

    static final Heartbeat HEARTBEAT = new Heartbeat(Duration.ofMillis(400));

    final HikariDataSource pool;
    final Way way;
    final JdbcClient jdbc;
    final JobStore store;
    final JobRunner runner;
    final JobQueue queue;
    final Jobs jobs;

    JobNode(String url, Counting kind) throws SQLException {
        pool = Databases.pool(url);
        way = new Way(pool);
        jdbc = JdbcClient.create(way);
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(way));
        store = new JobStore(way, jdbc, transaction, HEARTBEAT);
        runner = new JobRunner(store, HEARTBEAT);
        queue = new JobQueue(way, jdbc, store, runner, List.of(kind), HEARTBEAT);
        jobs = new Jobs(store, queue, runner, List.of(kind), transaction);
        kind.jdbc = jdbc;
    }

    JobNode started() {
        queue.start();
        return this;
    }

    Job job(Job job) {
        return store.find(job.id()).orElseThrow();
    }

    long claims(Job job) {
        return jdbc.sql("select claim_number from job where id = ?")
                .param(job.id())
                .query(Long.class)
                .single();
    }

    @Override
    public void close() {
        way.open();
        queue.stop();
        pool.close();
    }

    /** To the database; who comes while it is closed waits. */
    static final class Way extends DelegatingDataSource {

        private volatile CountDownLatch open = new CountDownLatch(0);

        Way(HikariDataSource pool) {
            super(pool);
        }

        void shut() {
            open = new CountDownLatch(1);
        }

        boolean isShut() {
            return open.getCount() > 0;
        }

        void open() {
            open.countDown();
        }

        @Override
        public Connection getConnection() throws SQLException {
            try {
                open.await();
            } catch (InterruptedException closing) {
                throw new SQLException(closing);
            }
            return super.getConnection();
        }
    }
}
