package app.headlight.services.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.SharedServer;
import app.headlight.engine.training.Recipe;
import app.headlight.engine.training.Task;
import app.headlight.engine.training.TrainingLog;
import app.headlight.services.jobs.Job.State;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class TrainingsTest extends SharedServer {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final OffsetDateTime LONG_AGO = OffsetDateTime.parse("2026-01-01T00:00:00Z");

    @Autowired
    private Trainings trainings;

    @Autowired
    private ModelLibrary library;

    @Autowired
    private TrainingStore store;

    @AfterEach
    void leaveNoneOpen() {
        trainings.all().stream().filter(job -> job.state().isOpen()).forEach(job -> trainings.stop(job.id()));
        await(() -> trainings.all().stream().noneMatch(job -> job.state().isOpen()));
        trainings.all().forEach(job -> trainings.delete(job.id()));
    }

    @Test
    void aTrainingEndsAsAModelWhoseCheckpointsOpen() {
        TrainingJob job = trainings.ask("short-repeats", recipe(40), null, null);
        await(() -> state(job) == State.DONE);
        StoredModel stored = library.open("short-repeats").orElseThrow().stored();
        TrainingLog log = library.training(stored).orElseThrow();
        assertThat(log.checkpoints()).startsWith(0L).endsWith(40L).hasSizeGreaterThan(5);
        OpenModel begun = library.open("short-repeats", 0).orElseThrow();
        OpenModel last = library.open("short-repeats", 40).orElseThrow();
        OpenModel finished = library.open("short-repeats").orElseThrow();
        assertThat(begun.transformer().weights().wE().data)
                .isNotEqualTo(last.transformer().weights().wE().data);
        assertThat(finished.transformer().weights().wE().data)
                .isEqualTo(last.transformer().weights().wE().data);
        assertThat(library.open("short-repeats", 39)).isEmpty();
    }

    @Test
    void aTextIsTrainedOnWithAVocabularyOfItsOwn() {
        String text = "The cat sat on the mat, and the dog sat by the cat.\n".repeat(400);
        TrainingJob job = trainings.ask("a-text", recipe(Task.TEXT, 30, 60), text, null);
        await(() -> state(job) == State.DONE);
        OpenModel model = library.open("a-text").orElseThrow();
        assertThat(model.prompt("The cat sat").tokens()).hasSizeLessThan(8);
        assertThat(library.training(model.stored()).orElseThrow().bigram()).isLessThan(2);
    }

    @Test
    void oneIsTrainedAtATimeAndAPausedOneLetsTheNextBegin() {
        TrainingJob first = trainings.ask("first-of-two", recipe(200_000), null, null);
        TrainingJob second = trainings.ask("second-of-two", recipe(200_000), null, null);
        await(() -> trainings.progress(now(first)).isPresent());
        assertThat(state(second)).isEqualTo(State.QUEUED);
        trainings.pause(first.id());
        await(() -> trainings.progress(now(second)).isPresent());
        assertThat(state(first)).isEqualTo(State.PAUSED);
        long step = now(first).log().losses().size();
        trainings.stop(second.id());
        trainings.resume(first.id());
        await(() -> trainings.progress(now(first)).isPresent());
        assertThat(state(second)).isEqualTo(State.STOPPED);
        trainings.stop(first.id());
        await(() -> state(first) == State.STOPPED);
        TrainingLog log = library.training(
                        library.open("first-of-two").orElseThrow().stored())
                .orElseThrow();
        assertThat(log.losses().size()).isGreaterThanOrEqualTo((int) step);
        assertThat(log.checkpoints().getLast()).isGreaterThan(0).isLessThan(200_000);
    }

    @Test
    void afterARestartItGoesOnFromItsLastState() {
        TrainingJob job = trainings.ask("restarted", recipe(200_000), null, null);
        await(() -> trainings
                .progress(now(job))
                .filter(progress -> progress.step() > 50)
                .isPresent());
        trainings.pause(job.id()); // keeps the state, as the end of the program does
        await(() -> state(job) == State.PAUSED);
        byte[] kept = store.state(job.id());
        assertThat(kept).isNotEmpty();
        jdbc.sql("update job set wanted = 'PAUSED' where id = ?") // so that it is left before its first step
                .param(job.id())
                .update();
        jdbc.sql(
                        "insert into scheduled_tasks (task_name, task_instance, execution_time, picked, picked_by, last_heartbeat,"
                                + " version) values ('training', ?, ?, true, 'a server that was killed', ?, 7)")
                .params(job.id() + "-1", LONG_AGO, LONG_AGO)
                .update();
        jdbc.sql("update job set state = 'RUNNING' where id = ?")
                .param(job.id())
                .update();
        await(() -> state(job) == State.PAUSED);
        assertThat(store.state(job.id())).isEqualTo(kept); // taken up at that very step
    }

    @Test
    void whatMayNotOrCannotBeDoneIsRefusedInWords() {
        assertThatThrownBy(() -> trainings.ask("No Such Name", recipe(10), null, null))
                .hasMessageContaining("small letters");
        assertThatThrownBy(() -> trainings.ask("storybook-2l", recipe(10), null, null))
                .hasMessageContaining("already");
        assertThatThrownBy(() -> trainings.ask("too-long", recipe(90_000_000), null, null))
                .hasMessageContaining("tokens in all");
        assertThatThrownBy(() -> trainings.ask("no-text", recipe(Task.TEXT, 10, 60), "", null))
                .hasMessageContaining("no text");
        assertThatThrownBy(() -> trainings.ask("large", recipe(Task.TEXT, 10, 60), "x".repeat(21 << 20), null))
                .hasMessageContaining("bytes");
        TrainingJob job = trainings.ask("tiny-text", recipe(Task.TEXT, 10, 60), "Too short.", null);
        await(() -> state(job) == State.FAILED);
        assertThat(now(job).job().message()).contains("tokens");
    }

    private State state(TrainingJob job) {
        return now(job).state();
    }

    private TrainingJob now(TrainingJob job) {
        return trainings.find(job.id()).orElseThrow();
    }

    static void await(BooleanSupplier condition) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it did not come about").isLessThan(until);
            LockSupport.parkNanos(5_000_000);
        }
    }

    static Recipe recipe(int steps) {
        return recipe(Task.REPEATS, steps, 32);
    }

    private static Recipe recipe(Task task, int steps, int vocabulary) {
        return Recipe.repeats()
                .with()
                .task(task)
                .model(1, 8, 2, 4)
                .vocabulary(vocabulary)
                .context(16)
                .steps(steps)
                .rows(4)
                .learningRate(1e-2, 2)
                .threads(1)
                .build();
    }
}
