package app.headlight.services.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.Databases.Kind;
import app.headlight.engine.formats.ModelFiles;
import app.headlight.engine.training.Recipe;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.services.jobs.Job;
import app.headlight.services.jobs.Job.State;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;

/** The stores of models and trainings on each kind of database. */
@ParameterizedClass
@MethodSource("app.headlight.Databases#all")
class StoresTest {

    private static final Config CONFIG =
            Config.builder().sizes(1, 32, 2, 16, 9000, 8).build();

    @Parameter
    private Kind kind;

    @TempDir
    private Path temporary;

    private AnnotationConfigApplicationContext context;
    private ModelStore models;
    private TrainingStore trainings;

    @BeforeEach
    void open() {
        context = new AnnotationConfigApplicationContext();
        context.registerBean(DataSource.class, kind::fresh, bean -> bean.setDestroyMethodName("close"));
        context.register(Transactions.class, ModelStore.class, TrainingStore.class);
        context.refresh();
        models = context.getBean(ModelStore.class);
        trainings = context.getBean(TrainingStore.class);
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void aModelIsReadAsItWasStored() throws IOException {
        byte[] weights = write("m", 1);
        assertThat(weights.length).as("more than one part").isGreaterThan(2 * Parts.BYTES);
        models.store(new FolderSource(temporary.resolve("m")), "a".repeat(64), false, model -> List.of());
        StoredModel stored = models.find("m").orElseThrow();
        assertThat(stored.config()).isEqualTo(CONFIG);
        assertThat(stored.card()).isEqualTo("A *card* – é𝄞");
        assertThat(models.tokenizer(stored.id())).isNull();
        assertThat(models.holds("m", "a".repeat(64))).isTrue();
        assertThat(models.holds("m", "b".repeat(64))).isFalse();
        assertThat(models.all()).containsExactly(stored);
        assertThat(models.checkpoints(stored.id())).isEmpty();
        try (SeekableByteChannel channel = models.weights(stored.id(), OpenModel.FINISHED)) {
            ByteBuffer read = ByteBuffer.allocate(weights.length);
            while (read.hasRemaining() && channel.read(read) >= 0) {
                // until it is full
            }
            assertThat(read.array()).isEqualTo(weights);
        }
        models.delete("m");
        assertThat(models.all()).isEmpty();
        assertThat(count("weights_part")).isZero();
    }

    @Test
    void whatFailsItsCheckLeavesTheEarlierModelAsItWas() throws IOException {
        write("m", 1);
        FolderSource source = new FolderSource(temporary.resolve("m"));
        models.store(source, "a".repeat(64), false, model -> List.of());
        int parts = count("weights_part");
        assertThatThrownBy(() -> models.store(source, "b".repeat(64), false, model -> {
                    throw new IOException("broken");
                }))
                .hasMessage("broken");
        assertThat(models.holds("m", "a".repeat(64))).isTrue();
        assertThat(count("weights_part")).isEqualTo(parts);
    }

    @Test
    void aTrainingKeepsItsTextItsTokenizerAndItsState() {
        Recipe recipe = Recipe.repeats()
                .with()
                .model(1, 8, 2, 4)
                .vocabulary(32)
                .context(16)
                .steps(10)
                .rows(4)
                .learningRate(1e-2, 2)
                .threads(1)
                .build();
        String text = "a text – é𝄞".repeat(100_000);
        Job first = job("one");
        Job second = job("two");
        trainings.add(first, recipe, text);
        trainings.add(second, recipe, null);
        assertThat(trainings.find(first)).contains(new TrainingJob(first, recipe, null));
        assertThat(trainings.all(List.of(second, first, job("without a training"))))
                .extracting(TrainingJob::name)
                .containsExactly("two", "one");
        assertThat(trainings.text(first.id())).isEqualTo(text);
        assertThat(trainings.state(first.id())).isEmpty();
        trainings.state(first.id(), new byte[] {1, 2, 3});
        trainings.state(first.id(), new byte[] {4, 5});
        assertThat(trainings.state(first.id())).containsExactly(4, 5);
        trainings.setTokenizer(first.id(), recipe, "{}");
        assertThat(trainings.tokenizer(first.id())).isEqualTo("{}");
        trainings.drop(first.id());
        assertThat(trainings.text(first.id())).isEmpty();
        trainings.state(first.id(), new byte[] {6});
        context.getBean(JdbcClient.class).sql("delete from job").update();
        assertThat(trainings.find(first)).isEmpty();
        assertThat(count("training_bytes")).isZero();
    }

    private Job job(String name) {
        JdbcClient jdbc = context.getBean(JdbcClient.class);
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        jdbc.sql("insert into job (kind, name, state, asked_at) values ('training', ?, 'QUEUED', ?)")
                .params(name, now)
                .update();
        long id = jdbc.sql("select id from job where name = ?")
                .param(name)
                .query(Long.class)
                .single();
        return new Job(id, "training", name, null, State.QUEUED, null, null, null, now, null, null);
    }

    private byte[] write(String name, long seed) throws IOException {
        Path folder = Files.createDirectories(temporary.resolve(name));
        byte[] weights = ModelFiles.writeWeights(CONFIG, RandomModels.weights(CONFIG, seed));
        Files.writeString(folder.resolve("config.json"), ModelFiles.writeConfig(CONFIG));
        Files.writeString(folder.resolve("card.md"), "A *card* – é𝄞");
        Files.write(folder.resolve("model.safetensors"), weights);
        return weights;
    }

    private int count(String table) {
        return context.getBean(JdbcClient.class)
                .sql("select count(*) from " + table)
                .query(Integer.class)
                .single();
    }

    @Configuration
    @EnableTransactionManagement
    static class Transactions {

        @Bean
        JdbcTransactionManager transactionManager(DataSource database) {
            return new JdbcTransactionManager(database);
        }

        @Bean
        TransactionTemplate transactionTemplate(JdbcTransactionManager transactions) {
            return new TransactionTemplate(transactions);
        }

        @Bean
        JdbcClient jdbcClient(DataSource database) {
            return JdbcClient.create(database);
        }
    }
}
