package app.headlight.services.models;

import static app.headlight.services.models.TrainingsTest.await;
import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.Databases;
import app.headlight.Databases.Kind;
import app.headlight.Nightly;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.training.Examples;
import app.headlight.engine.training.Training;
import app.headlight.engine.training.Training.Progress;
import app.headlight.engine.training.TrainingLog;
import app.headlight.engine.transformer.Weights;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two servers' trainings in two processes on one database, each kind of database; H2 serves them from the test's process. */
@ParameterizedClass
@MethodSource("kinds")
class TwoNodesIT {

    static List<Kind> kinds() {
        return Nightly.some(2, List.of(Kind.POSTGRESQL, Kind.H2));
    }

    private static final Duration QUICK = Duration.ofMillis(500);
    private static final Duration USUAL = Duration.ofSeconds(2);
    private static final int LONG = 900_000;
    private static final int STEPS = Nightly.times(6_000, 20_000);

    @Parameter
    private Kind kind;

    private final List<NodeProcess> nodes = new ArrayList<>();
    private Server h2;
    private String url;
    private HikariDataSource pool;
    private JdbcClient jdbc;
    private ModelStore models;

    @BeforeEach
    void open() throws SQLException {
        String own = kind.freshUrl();
        pool = Databases.pool(own);
        jdbc = JdbcClient.create(pool);
        models = new ModelStore(jdbc);
        url = own;
        if (kind == Kind.H2) {
            h2 = Server.createTcpServer("-tcpPort", "0").start();
            url = own.replace("jdbc:h2:mem:", "jdbc:h2:tcp://localhost:" + h2.getPort() + "/mem:");
        }
    }

    @AfterEach
    void close() {
        nodes.forEach(NodeProcess::close);
        pool.close();
        if (h2 != null) {
            h2.stop();
        }
    }

    @Test
    void aTrainingIsOneNodesAndCanBeSteeredFromTheOther() throws IOException {
        NodeProcess a = node(QUICK);
        NodeProcess b = node(QUICK);
        a.ready();
        b.ready();

        // both are asked for one at once
        a.send("ask asked-twice 200");
        b.send("ask asked-twice 200");
        assertThat(List.of(a.answer(), b.answer()))
                .filteredOn(said -> said.startsWith("asked "))
                .hasSize(1);
        await(() -> jdbc.sql("select count(*) from job where state = 'DONE' and claim_number = 1")
                        .query(Integer.class)
                        .single()
                == 1);

        // a node that starts anew leaves alone what the other trains
        b.end();
        long job = a.ask("a-trains", LONG);
        await(() -> step(job) > 0);
        NodeProcess again = node(QUICK).ready();
        long before = step(job);
        await(() -> step(job) > before);
        assertThat(claims(job)).isEqualTo(1);
        assertThat(a.say("trains " + job)).isEqualTo("true");
        assertThat(again.say("trains " + job)).isEqualTo("false");

        // what is wanted of it there reaches it within seconds
        long asked = System.nanoTime();
        again.say("stop " + job);
        await(() -> state(job).equals("STOPPED"));
        assertThat(since(asked)).isLessThan(Duration.ofSeconds(10));
        assertThat(models.find("a-trains")).isPresent();
        again.say("delete " + job);
        assertThat(models.find("a-trains")).isEmpty();

        long running = a.ask("deleted-while-it-runs", LONG);
        await(() -> models.find("deleted-while-it-runs").isPresent());
        boolean trainedByA = a.say("trains " + running).equals("true");
        (trainedByA ? again : a).say("delete " + running);
        await(() -> (trainedByA ? a : again).say("trains " + running).equals("false"));
        assertThat(state(running)).isEqualTo("gone");
        assertThat(models.find("deleted-while-it-runs")).isEmpty();
    }

    @Test
    void whenANodeIsKilledTheOtherGoesOnAndTheWeightsAreThoseOfAnUndisturbedTraining() throws IOException {
        Pair nodes = pair(QUICK);
        long job = nodes.a.ask("its-node-is-killed", STEPS);
        await(() -> savedAt(job) >= STEPS / 4);
        nodes.trains(job).kill();
        long saved = savedAt(job);
        await(() -> claims(job) == 2 && progress(job).isPresent());
        assertThat(step(job)).as("it goes on from what was saved").isGreaterThan(saved);
        await(() -> state(job).equals("DONE"));
        assertUndisturbed(job);
    }

    @Test
    void aNodeThatStoodStillWritesNothingMore() throws IOException {
        standStill(QUICK, Duration.ZERO);
    }

    @Test
    @Tag("nightly")
    void aNodeThatStoodStillForAMinuteWritesNothingMore() throws IOException {
        standStill(USUAL, Duration.ofMinutes(1));
    }

    /**
     * On PostgreSQL alone: H2 does not end the transaction of a client that stands still.
     *
     * @param atLeast how long it stands still, or longer until the other has gone on with its training and ended it
     */
    private void standStill(Duration heartbeat, Duration atLeast) throws IOException {
        if (kind == Kind.H2) {
            return;
        }
        Pair nodes = pair(heartbeat);
        long job = nodes.a.ask("its-node-stood-still", LONG);
        await(() -> savedAt(job) > 0);
        NodeProcess stood = nodes.trains(job);
        long still = System.nanoTime();
        stood.signal("STOP");
        await(() -> claims(job) == 2 && progress(job).isPresent());
        assertThat(since(still)).isLessThan(Duration.ofSeconds(30));
        nodes.other(stood).say("stop " + job);
        await(() -> state(job).equals("STOPPED"));
        List<String> written = everything(job);
        while (since(still).compareTo(atLeast) < 0) {
            LockSupport.parkNanos(50_000_000);
        }
        stood.signal("CONT");
        await(() -> stood.say("trains " + job).equals("false"));
        assertThat(everything(job)).isEqualTo(written);
        stood.say("delete " + job);
        assertThat(models.find("its-node-stood-still")).isEmpty();
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private record Pair(NodeProcess a, NodeProcess b) {

        /** The one that is at a training. */
        NodeProcess trains(long job) {
            return a.say("trains " + job).equals("true") ? a : b;
        }

        NodeProcess other(NodeProcess node) {
            return node == a ? b : a;
        }
    }

    private Pair pair(Duration heartbeat) throws IOException {
        Pair pair = new Pair(node(heartbeat), node(heartbeat));
        pair.a.ready();
        pair.b.ready();
        return pair;
    }

    private NodeProcess node(Duration heartbeat) throws IOException {
        NodeProcess node = new NodeProcess(url, heartbeat);
        nodes.add(node);
        return node;
    }

    private String state(long job) {
        return one("select state from job where id = ?", job).orElse("gone");
    }

    private long claims(long job) {
        return one("select claim_number from job where id = ?", job)
                .map(Long::parseLong)
                .orElse(0L);
    }

    private Optional<Progress> progress(long job) {
        return one("select progress from job where id = ?", job).map(Progress::of);
    }

    private long step(long job) {
        return progress(job).map(Progress::step).orElse(0L);
    }

    private TrainingLog log(long job) {
        return TrainingLog.of(
                one("select log from training where job_id = ?", job).orElseThrow());
    }

    /** The step of the last checkpoint. */
    private long savedAt(long job) {
        return one("select log from training where job_id = ?", job)
                .map(log -> TrainingLog.of(log).checkpoints())
                .filter(checkpoints -> !checkpoints.isEmpty())
                .map(List::getLast)
                .orElse(0L);
    }

    private Optional<String> one(String sql, long job) {
        return jdbc.sql(sql).param(job).query((row, index) -> Optional.ofNullable(row.getString(1))).list().stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** All that is stored of a training and its model. */
    private List<String> everything(long job) {
        List<String> all = new ArrayList<>(List.of(state(job), claims(job) + "", progress(job) + "", log(job).json()));
        all.addAll(
                jdbc.sql("select m.content_hash, m.training, p.step, p.part, p.bytes from model m join weights_part p"
                                + " on p.model_id = m.id order by p.step, p.part")
                        .query((row, index) -> row.getString(1) + row.getString(2) + row.getLong(3) + " "
                                + row.getInt(4) + Arrays.hashCode(row.getBytes(5)))
                        .list());
        return all;
    }

    /** The stored weights, and the losses and measures on the way to them, are to the last bit those of a training in one go. */
    private void assertUndisturbed(long job) {
        MatrixProducts products = MatrixProducts.fastest();
        String[] hash = new String[1];
        Training alone = Training.begin(
                TrainingsTest.recipe(STEPS),
                Examples.of(TrainingsTest.recipe(STEPS)),
                products,
                TrainingWork.CHECKPOINTS);
        alone.run(new Training.Listener() {
            @Override
            public void checkpoint(TrainingLog log, Weights weights) {
                hash[0] = TrainingWork.hash(TrainingWork.file(log, weights));
            }
        });
        TrainingLog log = log(job);
        List<TrainingLog.Loss> others = new ArrayList<>(log.losses());
        others.removeAll(alone.log().losses());
        assertThat(others)
                .as("but for the mean that was begun before the node was killed")
                .hasSizeLessThanOrEqualTo(1);
        assertThat(log.measures()).isEqualTo(alone.log().measures());
        assertThat(log.checkpoints()).isEqualTo(alone.log().checkpoints());
        assertThat(models.find("its-node-is-killed").orElseThrow().hash()).isEqualTo(hash[0]);
    }
}
