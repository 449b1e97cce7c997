package app.headlight.services.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.Databases.Kind;
import app.headlight.engine.refusal.Refusal;
import app.headlight.services.jobs.Job.State;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.TransientDataAccessResourceException;

/** Jobs on two nodes of one database, each kind of database. */
@ParameterizedClass
@MethodSource("app.headlight.Databases#all")
class JobsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String LONG = "to 100000";

    @Parameter
    private Kind kind;

    private final List<JobNode> nodes = new ArrayList<>();
    private final Counting atA = new Counting();
    private final Counting atB = new Counting();
    private JobNode a;
    private JobNode b;

    @BeforeEach
    void open() throws SQLException {
        String url = kind.freshUrl();
        a = new JobNode(url, atA);
        nodes.add(a);
        b = new JobNode(url, atB);
        nodes.add(b);
        Counting.createTable(a.jdbc);
    }

    @AfterEach
    void close() {
        nodes.forEach(JobNode::close);
    }

    @Test
    void jobsAreDoneOneAfterTheOther() {
        List<Job> jobs = IntStream.of(3, 2, 1).mapToObj(n -> ask(a, "to " + n)).toList();
        a.started();
        await(() -> jobs.stream().allMatch(job -> state(job) == State.DONE));
        assertThat(atA.history)
                .containsExactly(
                        "begun to 3", "left to 3 DONE", "begun to 2", "left to 2 DONE", "begun to 1", "left to 1 DONE");
        Job done = b.job(jobs.getFirst());
        assertThat(done.begunAt()).isBetween(done.askedAt().minusSeconds(1), done.endedAt());
        assertThat(done.node()).isEqualTo(a.runner.node());
        assertThat(b.jobs.all(Counting.NAME)).extracting(Job::name).containsExactly("to 1", "to 2", "to 3");
        await(() -> queued() == 0);
    }

    @Test
    void whatBothFindWaitingOneBegins() {
        List<Job> jobs = IntStream.range(1, 9).mapToObj(n -> ask(a, "to " + n)).toList();
        a.started();
        b.started();
        await(() -> jobs.stream().allMatch(job -> state(job) == State.DONE));
        assertThat(jobs).extracting(a::claims).containsOnly(1L);
        jobs.forEach(job -> assertThat(Counting.written(a.jdbc, job))
                .hasSize(Integer.parseInt(job.name().substring(3))));
    }

    @Test
    void noTwoJobsOfAKindHaveOneName() {
        ask(a, "to 5");
        assertThatThrownBy(() -> ask(b, "to 5")).isInstanceOf(DuplicateKeyException.class);
        assertThat(queued()).isEqualTo(1);
    }

    @Test
    void ofTwoWhoAskForTheSameAtOnceOneGetsIt() throws Exception {
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            for (int n = 1; n <= 4; n++) {
                String name = "to " + n;
                CyclicBarrier atOnce = new CyclicBarrier(2);
                List<Future<Boolean>> asked = Stream.of(a, b)
                        .map(node -> both.submit(() -> {
                            atOnce.await();
                            try {
                                return ask(node, name) != null;
                            } catch (DuplicateKeyException other) {
                                return false;
                            }
                        }))
                        .toList();
                assertThat(asked.get(0).get()).isNotEqualTo(asked.get(1).get());
            }
        }
        assertThat(queued()).isEqualTo(4);
    }

    @Test
    void progressIsSeenFromAnyNode() {
        Job job = ask(b, LONG);
        a.started();
        AtomicInteger heard = new AtomicInteger();
        b.started();
        b.jobs.listen(heard::incrementAndGet);
        await(() ->
                b.jobs.progress(b.job(job)).filter(p -> p.endsWith("of 100000")).isPresent()
                        && a.jobs.progress(a.job(job)).isPresent());
        int before = heard.get();
        await(() -> heard.get() > before);
    }

    @Test
    void aNodeIsToldWithinAHeartbeatWhatSomeoneWantsAtAnother() {
        Job job = ask(b, LONG);
        a.started();
        await(() ->
                state(job) == State.RUNNING && !Counting.written(b.jdbc, job).isEmpty());
        b.jobs.pause(job.id());
        await(() -> state(job) == State.PAUSED);
        assertThat(atA.history).endsWith("left " + LONG + " PAUSED");
        b.jobs.resume(job.id());
        await(() -> state(job) == State.RUNNING);
        b.jobs.stop(job.id());
        await(() -> state(job) == State.STOPPED);
        assertThat(Counting.written(b.jdbc, job)).doesNotHaveDuplicates().isNotEmpty();
        assertThat(b.job(job).endedAt()).isNotNull();
    }

    @Test
    void whatWaitsIsPausedAndStoppedAtOnce() {
        Job job = ask(a, LONG);
        Job next = ask(a, "to 1");
        a.jobs.pause(job.id());
        assertThat(state(job)).isEqualTo(State.PAUSED);
        a.started();
        await(() -> state(next) == State.DONE);
        assertThat(state(job)).isEqualTo(State.PAUSED);
        a.jobs.stop(job.id());
        assertThat(state(job)).isEqualTo(State.STOPPED);
        assertThat(atA.history).containsExactly("begun to 1", "left to 1 DONE", "stopped " + LONG + " STOPPED");
        a.jobs.resume(job.id());
        assertThat(state(job)).as("what has ended stays so").isEqualTo(State.STOPPED);
    }

    @Test
    void aJobThatIsDeletedElsewhereIsLeftAndWritesNothingMore() {
        Job job = ask(b, LONG);
        a.started();
        await(() -> !Counting.written(b.jdbc, job).isEmpty());
        b.jobs.delete(job.id());
        assertThat(b.store.find(job.id())).isEmpty();
        Job next = ask(b, "to 1");
        await(() -> state(next) == State.DONE); // so that the turn before it is over
        assertThat(Counting.written(b.jdbc, job)).isEmpty();
        await(() -> queued() == 0);
    }

    @Test
    void aNodeThatEndsPutsItsJobBackAtItsPlaceInTheQueue() {
        Job job = ask(a, "to 300");
        Job after = ask(a, "to 1");
        a.started();
        await(() -> !Counting.written(a.jdbc, job).isEmpty());
        a.queue.stop();
        assertThat(state(job)).isEqualTo(State.QUEUED);
        b.started();
        await(() -> state(after) == State.DONE);
        assertThat(atB.history).first().isEqualTo("begun to 300");
        assertThat(Counting.written(b.jdbc, job)).doesNotHaveDuplicates().hasSize(300);
        a.queue.start();
        assertThat(a.queue.isRunning()).as("it can be started again").isTrue();
    }

    @Test
    void whatIsWantedOfAJobStaysWantedWhileItsNodeEnds() {
        Job job = ask(a, LONG);
        a.started();
        await(() -> state(job) == State.RUNNING);
        a.jdbc.sql("update job set wanted = 'STOPPED'").update(); // and the node ends before it hears of it
        a.queue.stop();
        b.started();
        await(() -> state(job) == State.STOPPED);
    }

    @Test
    void aNodeThatWasHeldUpWritesNothingOfWhatIsAnothersByNow() {
        Job job = ask(a, LONG);
        a.started();
        await(() -> !Counting.written(b.jdbc, job).isEmpty());
        a.way.shut();
        b.started();
        await(() -> atB.history.contains("begun " + LONG));
        assertThat(b.claims(job)).isEqualTo(2);
        int byA = writtenByClaim(job, 1);
        assertThat(a.runner.turn()).as("it believes that it has its turn").isPresent();
        a.way.open();
        await(() -> a.runner.turn().isEmpty());
        assertThat(writtenByClaim(job, 1)).isEqualTo(byA);
        assertThat(state(job)).as("the other goes on").isEqualTo(State.RUNNING);
        int byB = writtenByClaim(job, 2);
        await(() -> writtenByClaim(job, 2) > byB);
        b.jobs.stop(job.id());
        await(() -> state(job) == State.STOPPED);
        assertThat(b.claims(job)).isEqualTo(2);
        assertThat(Counting.written(b.jdbc, job)).doesNotHaveDuplicates();
    }

    private int writtenByClaim(Job job, long claim) {
        return b.jdbc.sql("select count(*) from counted where job_id = ? and claim = ?")
                .params(job.id(), claim)
                .query(Integer.class)
                .single();
    }

    /** On H2, whose other node is another process only in tests, the second would wait for the first. */
    @Test
    void aNodeThatStandsStillWithinATransactionIsThrownOutOfIt() {
        if (kind == Kind.H2) {
            return;
        }
        CountDownLatch still = new CountDownLatch(1);
        Job job = ask(a, LONG);
        atA.before = () -> {
            a.way.shut();
            try {
                still.await();
            } catch (InterruptedException closing) {
                throw new IllegalStateException(closing);
            }
        };
        a.started();
        await(() -> a.way.isShut());
        b.started();
        await(() -> !Counting.written(b.jdbc, job).isEmpty());
        b.jobs.stop(job.id());
        await(() -> state(job) == State.STOPPED);
        List<Integer> written = Counting.written(b.jdbc, job);
        atA.before = () -> {};
        a.way.open();
        still.countDown();
        await(() -> a.runner.turn().isEmpty());
        assertThat(Counting.written(b.jdbc, job)).isEqualTo(written).doesNotHaveDuplicates();
    }

    @Test
    void troubleOfTheDatabaseIsTriedAgainAndGivenUpAfterThreeTimesWithoutAnythingSaved() {
        AtomicInteger troubles = new AtomicInteger(2);
        atA.before = () -> {
            if (troubles.getAndDecrement() > 0) {
                throw new TransientDataAccessResourceException("no connection");
            }
        };
        Job job = ask(a, "to 60");
        a.started();
        await(() -> state(job) == State.DONE);
        assertThat(a.claims(job)).isEqualTo(3);
        assertThat(a.job(job).message()).isNull();
        troubles.set(Integer.MAX_VALUE);
        Job never = ask(a, "to 61");
        await(() -> state(never) == State.FAILED);
        assertThat(a.job(never).message()).isEqualTo("no connection");
        troubles.set(0);
        a.jobs.resume(never.id());
        await(() -> state(never) == State.DONE);
    }

    @Test
    void aFailureIsTold() {
        atA.before = () -> {
            throw new Refusal("It has 3 tokens; 4 are needed.");
        };
        Job job = ask(a, "to 60");
        a.started();
        await(() -> state(job) == State.FAILED);
        assertThat(a.job(job).message()).isEqualTo("It has 3 tokens; 4 are needed.");
        assertThat(Counting.written(a.jdbc, job)).isEmpty();
    }

    @Test
    void aFaultOfTheProgramIsNotShown() {
        atA.before = () -> {
            throw new IllegalArgumentException("index 7 of 5");
        };
        Job job = ask(a, "to 60");
        a.started();
        await(() -> state(job) == State.FAILED);
        assertThat(a.job(job).message()).isEqualTo("Something went wrong in the server; its log says what it was.");
    }

    private Job ask(JobNode node, String name) {
        return node.jobs.ask(Counting.NAME, name, null, job -> {});
    }

    private State state(Job job) {
        return b.job(job).state();
    }

    private int queued() {
        return b.jdbc.sql("select count(*) from scheduled_tasks")
                .query(Integer.class)
                .single();
    }

    private static void await(BooleanSupplier condition) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it did not come about").isLessThan(until);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
