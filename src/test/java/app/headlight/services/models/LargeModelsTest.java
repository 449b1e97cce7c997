package app.headlight.services.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.Databases;
import app.headlight.Databases.Kind;
import app.headlight.Nightly;
import app.headlight.engine.formats.ModelFiles;
import app.headlight.engine.formats.Safetensors;
import app.headlight.engine.formats.SafetensorsWriter.Precision;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.Transformer;
import app.headlight.engine.transformer.Weights;
import app.headlight.ground.people.SignedIn;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Models whose weights are too large for the database, here above one megabyte. */
@ParameterizedClass
@MethodSource("kinds")
class LargeModelsTest {

    static List<Kind> kinds() {
        return Nightly.some(2, List.of(Kind.H2, Kind.POSTGRESQL));
    }

    private static final Config CONFIG =
            Config.builder().sizes(1, 128, 4, 32, 3000, 16).build();

    private static final int[] TOKENS = {3, 1, 4, 1, 5};

    @Parameter
    private Kind kind;

    @TempDir
    private Path folders;

    private HikariDataSource pool;

    /** A server with these folders. */
    private record Node(ModelFolders folders, ModelLibrary library, RefusedModels refused) {

        static Node of(HikariDataSource pool, List<String> folders) {
            return of(pool, folders, 1);
        }

        static Node of(HikariDataSource pool, List<String> folders, int megabytes) {
            ModelStore store = new ModelStore(JdbcClient.create(pool));
            FolderWeights large = new FolderWeights(megabytes);
            ModelReader reader = new ModelReader(store, large, MatrixProducts.fastest());
            RefusedModels refused = new RefusedModels(store);
            return new Node(
                    new ModelFolders(store, reader, refused, large, folders, Path.of("target", "no-data")),
                    new ModelLibrary(
                            store,
                            new ModelNames(JdbcClient.create(pool), event -> {}),
                            reader,
                            new Memory(10),
                            new SignedIn()),
                    refused);
        }

        void bring(Path folder) {
            folders.bring(new FolderSource(folder));
        }

        float[] logits() {
            return library.open("large")
                    .orElseThrow()
                    .transformer()
                    .run(TOKENS)
                    .logits()
                    .toArray();
        }
    }

    @BeforeEach
    void open() {
        pool = Databases.pool(kind.freshUrl());
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theirWeightsStayInTheFolder(boolean inShards) throws IOException {
        Path folder = write(1);
        if (inShards) {
            shard(folder);
        }
        Node node = Node.of(pool, List.of());
        node.bring(folder);
        assertThat(node.refused.all()).isEmpty();
        assertThat(node.library.models())
                .singleElement()
                .satisfies(model -> assertThat(model.inFolder()).isTrue());
        assertThat(count()).as("parts in the database").isZero();
        assertThat(node.logits()).containsExactly(expected(1), within(2e-4f));

        Node started = Node.of(pool, List.of());
        started.bring(folder);
        assertThat(started.logits()).as("after another start").containsExactly(expected(1), within(2e-4f));
    }

    @Test
    void aServerWithoutTheFolderSaysSo() throws IOException {
        Node node = Node.of(pool, List.of());
        node.bring(write(1));
        Node other = Node.of(pool, List.of());
        assertThat(other.library.models()).hasSize(1);
        assertThatThrownBy(other::logits)
                .isInstanceOf(Refusal.class)
                .hasMessageContainingAll("large", "no folder of this server has them", "headlight.models");
    }

    @Test
    void filesThatHaveChangedAreNotReadAsThoseOfBefore() throws IOException {
        Node node = Node.of(pool, List.of());
        Path folder = write(1);
        node.bring(folder);
        write(2);
        Files.setLastModifiedTime(folder.resolve("model.safetensors"), FileTime.fromMillis(1));
        assertThatThrownBy(node::logits)
                .isInstanceOf(Refusal.class)
                .hasMessageContainingAll("large", "have changed", "start it again");
        Node started = Node.of(pool, List.of());
        started.bring(folder);
        assertThat(started.logits()).containsExactly(expected(2), within(2e-4f));
    }

    @Test
    void theyAreReadWhereTheyAreWhenMoreIsStoredByNow() throws IOException {
        Path folder = write(1);
        Node.of(pool, List.of()).bring(folder);
        Node node = Node.of(pool, List.of(), 100);
        node.bring(folder);
        assertThat(node.logits()).containsExactly(expected(1), within(2e-4f));
    }

    @Test
    void aServerWithoutTheFolderOpensAnotherFirst() throws IOException {
        Path folder = write(1);
        Files.createFile(folder.resolve("opens-first"));
        Node node = Node.of(pool, List.of());
        node.bring(folder);
        assertThat(node.library.first().orElseThrow().name()).isEqualTo("large");
        assertThat(Node.of(pool, List.of()).library.first()).isEmpty();
    }

    @Test
    void aLinkOutOfTheFolderIsNotFollowed() throws IOException {
        Path folder = write(1);
        Files.move(folder.resolve("model.safetensors"), folders.resolve("elsewhere.safetensors"));
        Files.createSymbolicLink(folder.resolve("model.safetensors"), folders.resolve("elsewhere.safetensors"));
        Node node = Node.of(pool, List.of());
        node.bring(folder);
        assertThat(node.refused.all().get("large")).contains("leads out of the model's folder by a link");
    }

    @Test
    void otherFilesInTheFolderAreLeftAlone() throws IOException {
        Path folder = write(1);
        Files.createSymbolicLink(folder.resolve("broken.safetensors"), folders.resolve("nowhere"));
        Node node = Node.of(pool, List.of());
        node.bring(folder);
        Files.writeString(folder.resolve("other.safetensors"), "no weights");
        assertThat(node.logits()).containsExactly(expected(1), within(2e-4f));
    }

    @Test
    void smallOnesAreStoredForAllServers() throws IOException {
        Path folder = Files.createDirectories(folders.resolve("large"));
        Config small = Config.builder().sizes(1, 16, 2, 8, 30, 16).build();
        Files.writeString(folder.resolve("config.json"), ModelFiles.writeConfig(small));
        Files.write(
                folder.resolve("model.safetensors"),
                ModelFiles.writeWeights(small, RandomModels.weights(small, 1), Precision.F32));
        Node.of(pool, List.of()).bring(folder);
        assertThat(Node.of(pool, List.of()).logits()).hasSize(30 * TOKENS.length);
        assertThat(count()).isPositive();
    }

    private Path write(long seed) throws IOException {
        Path folder = Files.createDirectories(folders.resolve("large"));
        Files.writeString(folder.resolve("config.json"), ModelFiles.writeConfig(CONFIG));
        Files.write(folder.resolve("model.safetensors"), ModelFiles.writeWeights(CONFIG, weights(seed), Precision.F16));
        return folder;
    }

    /** The weights in one shard, with an index. */
    private static void shard(Path folder) throws IOException {
        Path whole = folder.resolve("model.safetensors");
        String map;
        try (SeekableByteChannel channel = Files.newByteChannel(whole)) {
            map = Safetensors.open(channel).names().stream()
                    .map(name -> "\"" + name + "\": \"model-1-of-1.safetensors\"")
                    .collect(Collectors.joining(", "));
        }
        Files.writeString(folder.resolve("model.safetensors.index.json"), "{\"weight_map\": {" + map + "}}");
        Files.move(whole, folder.resolve("model-1-of-1.safetensors"));
    }

    /** Numbers of 16 bits. */
    private static Weights weights(long seed) {
        Weights weights = RandomModels.weights(CONFIG, seed);
        for (float[] values : weights.matrices()) {
            for (int i = 0; i < values.length; i++) {
                values[i] = Float.float16ToFloat(Float.floatToFloat16(0.2f * values[i]));
            }
        }
        for (float[] values : weights.biases()) {
            Arrays.fill(values, 0);
        }
        return weights;
    }

    /** The logits of the same numbers held in 32 bits. */
    private static float[] expected(long seed) {
        return new Transformer(CONFIG, weights(seed), MatrixProducts.fastest())
                .run(TOKENS)
                .logits()
                .toArray();
    }

    private int count() {
        return JdbcClient.create(pool)
                .sql("select count(*) from weights_part")
                .query(Integer.class)
                .single();
    }
}
