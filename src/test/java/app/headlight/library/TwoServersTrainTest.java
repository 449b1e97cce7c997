package app.headlight.library;

import static app.headlight.library.TrainingsTest.await;
import static app.headlight.library.TrainingsTest.recipe;
import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.Databases;
import app.headlight.Databases.Kind;
import app.headlight.library.TrainingJob.State;
import app.headlight.tensor.MatrixProducts;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two servers on one PostgreSQL: a training is never run by both, and each can stop and delete what the other runs. */
class TwoServersTrainTest {

    private static final Duration GONE = Duration.ofSeconds(6);
    private static final int LONG = 900_000;

    private final List<Server> servers = new ArrayList<>();
    private String url;

    @BeforeEach
    void open() {
        url = Kind.POSTGRESQL.freshUrl();
    }

    @AfterEach
    void close() throws InterruptedException {
        for (Server server : servers) {
            server.road.open();
            server.trainings.end();
            server.pool.close();
        }
    }

    @Test
    void aServerThatStartsLeavesAloneWhatAnotherRuns() {
        Server a = server().begun();
        TrainingJob job = a.trainings.ask("a-runs", recipe(LONG), null, null);
        await(() -> a.step(job) > 0);
        Server b = server().begun();
        TrainingJob waiting = b.trainings.ask("b-runs", recipe(LONG), null, null);
        await(() -> b.step(waiting) > 0); // it took what waits, and not what runs
        long before = a.step(job);
        await(() -> a.step(job) > before + 100);
        assertThat(a.state(job)).isEqualTo(State.RUNNING);
        assertThat(a.number(job)).isEqualTo(1);
        assertThat(b.trainings.progress(job.id())).isEmpty();
    }

    @Test
    void whatBothFindWaitingOneBegins() {
        Server a = server();
        Server b = server();
        List<TrainingJob> jobs = IntStream.range(0, 8)
                .mapToObj(i -> a.trainings.ask("short-" + i, recipe(20), null, null))
                .toList();
        a.begun();
        b.begun();
        await(() -> jobs.stream().allMatch(job -> a.state(job) == State.DONE));
        assertThat(jobs).extracting(a::number).containsOnly(1L);
    }

    @Test
    void stopAndDeleteReachTheServerThatRunsIt() {
        Server a = server().begun();
        Server b = server();
        TrainingJob job = a.trainings.ask("stopped-elsewhere", recipe(LONG), null, null);
        await(() -> a.step(job) > 0);
        b.trainings.stop(job.id());
        await(() -> b.state(job) == State.STOPPED);
        assertThat(b.models.find(job.name())).isPresent();
        b.trainings.delete(job.id());
        assertThat(b.trainings.find(job.id())).isEmpty();
        TrainingJob next = a.trainings.ask("the-next", recipe(20), null, null);
        await(() -> a.state(next) == State.DONE); // so that the turn before it is over
        assertThat(b.models.find(job.name())).isEmpty();
    }

    @Test
    void pauseReachesItToo() {
        Server a = server().begun();
        Server b = server();
        TrainingJob job = a.trainings.ask("paused-elsewhere", recipe(LONG), null, null);
        await(() -> a.step(job) > 0);
        b.trainings.pause(job.id());
        await(() -> b.state(job) == State.PAUSED);
        assertThat(new TrainingStore(b.jdbc).state(job.id())).isNotEmpty();
    }

    @Test
    void whenAServerDiesAnotherGoesOnAndTheWeightsAreThoseOfAnUndisturbedTraining() {
        Server a = server().begun();
        TrainingJob alone = a.trainings.ask("alone", recipe(4_000), null, null);
        await(() -> a.state(alone) == State.DONE);
        TrainingJob job = a.trainings.ask("its-server-dies", recipe(4_000), null, null);
        await(() -> a.step(job) > 400);
        a.road.breakOff();
        Server b = server().begun();
        await(() -> b.state(job) == State.DONE);
        assertThat(b.number(job)).isEqualTo(2);
        assertThat(b.hash(job)).isEqualTo(b.hash(alone));
    }

    @Test
    void aServerThatWasHeldUpWritesNothingOfWhatIsAnothersByNow() {
        Server a = server().begun();
        TrainingJob job = a.trainings.ask("held-up", recipe(30_000), null, null);
        await(() -> a.step(job) > 100);
        a.road.close();
        Server b = server().begun();
        await(() -> b.step(job) > 0);
        b.trainings.stop(job.id());
        await(() -> b.state(job) == State.STOPPED);
        String hash = b.hash(job);
        String record = b.record(job);
        assertThat(a.trainings.progress(job.id()))
                .as("it believes that it has its turn")
                .isPresent();
        a.road.open();
        await(() -> a.trainings.progress(job.id()).isEmpty());
        assertThat(b.state(job)).isEqualTo(State.STOPPED);
        assertThat(b.hash(job)).isEqualTo(hash);
        assertThat(b.record(job)).isEqualTo(record);
        b.trainings.delete(job.id());
        assertThat(b.models.find(job.name())).isEmpty();
    }

    @Test
    void aTrainingWhoseServerDiesAgainAndAgainIsGivenUp() {
        Server b = server();
        TrainingJob job = b.trainings.ask("too-large", recipe(LONG), null, null);
        for (int i = 0; i < 3; i++) {
            assertThat(b.claims.take(job.id())).isPresent();
            b.jdbc.sql("update training_job set heard_at = null").update();
        }
        assertThat(b.claims.take(job.id())).isEmpty();
        assertThat(b.state(job)).isEqualTo(State.FAILED);
        assertThat(b.trainings.find(job.id()).orElseThrow().message()).contains("ended 3 times");
        b.trainings.resume(job.id());
        assertThat(b.claims.take(job.id())).isPresent();
    }

    private Server server() {
        Server server = new Server(url);
        servers.add(server);
        return server;
    }

    /** A server's way to the database, which can be closed for a while, or for good. */
    private static final class Road extends DelegatingDataSource {

        private volatile CountDownLatch open = new CountDownLatch(0);
        private volatile boolean broken;

        Road(HikariDataSource pool) {
            super(pool);
        }

        void close() {
            open = new CountDownLatch(1);
        }

        void open() {
            open.countDown();
        }

        void breakOff() {
            broken = true;
        }

        @Override
        public Connection getConnection() throws SQLException {
            try {
                open.await();
            } catch (InterruptedException closing) {
                throw new SQLException(closing);
            }
            if (broken) {
                throw new SQLException("this server is gone");
            }
            return super.getConnection();
        }
    }

    private static final class Server {

        private final HikariDataSource pool;
        private final Road road;
        private final JdbcClient jdbc;
        private final TrainingClaims claims;
        private final ModelStore models;
        private final Trainings trainings;

        Server(String url) {
            pool = Databases.pool(url);
            road = new Road(pool);
            jdbc = JdbcClient.create(road);
            TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(road));
            claims = new TrainingClaims(jdbc, transaction, GONE);
            models = new ModelStore(jdbc);
            trainings = new Trainings(new TrainingStore(jdbc), claims, models, MatrixProducts.fastest(), transaction);
        }

        Server begun() {
            trainings.begin();
            return this;
        }

        State state(TrainingJob job) {
            return trainings.find(job.id()).orElseThrow().state();
        }

        long step(TrainingJob job) {
            return trainings.progress(job.id()).map(progress -> progress.step()).orElse(0L);
        }

        long number(TrainingJob job) {
            return jdbc.sql("select claim from training_job where id = ?")
                    .param(job.id())
                    .query(Long.class)
                    .single();
        }

        String hash(TrainingJob job) {
            return models.find(job.name()).orElseThrow().hash();
        }

        String record(TrainingJob job) {
            return jdbc.sql("select log from training_job where id = ?")
                    .param(job.id())
                    .query(String.class)
                    .single();
        }
    }
}
