package app.headlight.services.models;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.Databases;
import app.headlight.Databases.Kind;
import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Trainings that an earlier version stored are jobs after an upgrade. */
class TrainingsMigrationTest {

    @ParameterizedTest
    @MethodSource("app.headlight.Databases#all")
    void whatWaitedOrRanWaitsAndWhatHadEndedStays(Kind kind) {
        try (HikariDataSource database = Databases.pool(kind.emptyUrl())) {
            Flyway.configure()
                    .dataSource(database)
                    .locations("classpath:db/migration")
                    .target("10")
                    .load()
                    .migrate();
            JdbcClient jdbc = JdbcClient.create(database);
            for (String state : new String[] {"DONE", "RUNNING", "QUEUED", "PAUSED", "FAILED"}) {
                jdbc.sql("insert into training_job (name, state, message, recipe, log, asked_at, claim)"
                                + " values (?, ?, 'because', 'recipe', 'log', current_timestamp, 3)")
                        .params(state.toLowerCase(), state)
                        .update();
            }
            jdbc.sql("insert into training_part (job_id, kind, part, bytes)"
                            + " select id, 'state', 0, ? from training_job where name = 'running'")
                    .param(new byte[] {1, 2})
                    .update();
            Databases.migrate(database);
            assertThat(jdbc.sql("select j.name || ' ' || j.state || ' ' || coalesce(j.message, '-') || ' ' || t.recipe"
                                    + " || ' ' || t.log from job j join training t on t.job_id = j.id order by j.id")
                            .query(String.class)
                            .list())
                    .containsExactlyInAnyOrder(
                            "done DONE - recipe log",
                            "running QUEUED - recipe log",
                            "queued QUEUED - recipe log",
                            "paused PAUSED - recipe log",
                            "failed FAILED because recipe log");
            assertThat(jdbc.sql("select j.name from scheduled_tasks s join job j on s.task_name = j.kind"
                                    + " and s.task_instance = cast(j.id as varchar(20)) || '-1' where not s.picked")
                            .query(String.class)
                            .list())
                    .containsExactlyInAnyOrder("running", "queued");
            assertThat(jdbc.sql("select b.bytes from training_bytes b join job j on j.id = b.job_id"
                                    + " where j.name = 'running' and b.kind = 'state'")
                            .query((row, index) -> row.getBytes(1))
                            .single())
                    .containsExactly(1, 2);
        }
    }
}
