package app.headlight.services.models;

import app.headlight.engine.training.Recipe;
import app.headlight.engine.training.TrainingLog;
import app.headlight.services.jobs.Job;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The tables {@code training} and {@code training_bytes}: what a training has beside its job. */
@Repository
class TrainingStore {

    private static final String TEXT = "text";
    private static final String STATE = "state";

    private final JdbcClient jdbc;

    TrainingStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The trainings of these jobs, in their order; a job that is deleted meanwhile has none. */
    List<TrainingJob> all(List<Job> jobs) {
        Map<Long, TrainingJob> trainings = new HashMap<>();
        Map<Long, Job> byId = new HashMap<>();
        jobs.forEach(job -> byId.put(job.id(), job));
        jdbc.sql("select job_id, recipe, log from training").query((RowCallbackHandler) row -> {
            Job job = byId.get(row.getLong(1));
            if (job != null) {
                trainings.put(job.id(), training(job, row.getString(2), row.getString(3)));
            }
        });
        return jobs.stream()
                .map(job -> Optional.ofNullable(trainings.get(job.id())))
                .flatMap(Optional::stream)
                .toList();
    }

    Optional<TrainingJob> find(Job job) {
        return jdbc.sql("select recipe, log from training where job_id = ?")
                .param(job.id())
                .query((row, index) -> training(job, row.getString(1), row.getString(2)))
                .optional();
    }

    @Transactional
    void add(Job job, Recipe recipe, @Nullable String text) {
        jdbc.sql("insert into training (job_id, recipe) values (?, ?)")
                .params(job.id(), recipe.json())
                .update();
        if (text != null) {
            put(job.id(), TEXT, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The recipe as it turned out once the text was read, and the tokenizer that was learnt from it. */
    void setTokenizer(long id, Recipe recipe, String tokenizer) {
        jdbc.sql("update training set recipe = ?, tokenizer = ? where job_id = ?")
                .params(recipe.json(), tokenizer, id)
                .update();
    }

    @Nullable
    String tokenizer(long id) {
        return jdbc.sql("select tokenizer from training where job_id = ?")
                .param(id)
                .query((row, index) -> Optional.ofNullable(row.getString(1)))
                .single()
                .orElse(null);
    }

    String text(long id) {
        return new String(get(id, TEXT), StandardCharsets.UTF_8);
    }

    void log(long id, TrainingLog log) {
        jdbc.sql("update training set log = ? where job_id = ?")
                .params(log.json(), id)
                .update();
    }

    /** Keeps what the training can go on from. */
    @Transactional
    void state(long id, byte[] state) {
        put(id, STATE, state);
    }

    /** Empty before it is kept. */
    byte[] state(long id) {
        return get(id, STATE);
    }

    /** The text and the state go once nothing is to be trained any more; the log stays. */
    void drop(long id) {
        jdbc.sql("delete from training_bytes where job_id = ?").param(id).update();
    }

    private void put(long id, String kind, byte[] value) {
        jdbc.sql("delete from training_bytes where job_id = ? and kind = ?")
                .params(id, kind)
                .update();
        try {
            Parts.write(
                    new ByteArrayInputStream(value),
                    (part, bytes) -> jdbc.sql(
                                    "insert into training_bytes (job_id, kind, part, bytes) values (?, ?, ?, ?)")
                            .params(id, kind, part, bytes)
                            .update());
        } catch (IOException neverFromMemory) {
            throw new UncheckedIOException(neverFromMemory);
        }
    }

    private byte[] get(long id, String kind) {
        return Parts.read(
                part -> jdbc.sql("select bytes from training_bytes where job_id = ? and kind = ? and part = ?")
                        .params(id, kind, part)
                        .query((row, index) -> row.getBytes(1))
                        .optional()
                        .orElse(new byte[0]));
    }

    private static TrainingJob training(Job job, String recipe, @Nullable String log) {
        return new TrainingJob(job, Recipe.of(recipe), log == null ? null : TrainingLog.of(log));
    }
}
