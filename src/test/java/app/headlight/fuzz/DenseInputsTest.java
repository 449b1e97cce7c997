package app.headlight.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Large inputs of the smallest parts, which take the most memory for each of their bytes; the fuzzer's inputs are too
 * small for it to show. Another program reads them in a heap that has no room for more than {@link Reading} allows.
 */
class DenseInputsTest {

    /** What that program has beside a reader's memory, in bytes: Java's own classes and those of the libraries. */
    private static final int PROGRAM = 12 << 20;

    /** An input is there three times before a reader has it: as bytes, cut into files, and as text. */
    private static final int COPIES = 3;

    @TempDir
    private Path folder;

    private int inputs;

    /** Inputs of about so many bytes: at this size, what every reader may take is little beside four times. */
    private static final int LARGE = 8 << 20;

    private static final int HEAP = (int) (PROGRAM + Reading.BASE + (COPIES + Reading.FACTOR) * LARGE);

    private static final String EMPTY_LISTS = "[" + "[],".repeat(LARGE / 3) + "[]]";

    @Test
    void headersOfSafetensors() throws Exception {
        header("{\"a\":" + EMPTY_LISTS + "}");
        header("{\"a\":{\"shape\":" + EMPTY_LISTS + "}}");
        header("{\"__metadata__\":{\"a\":" + EMPTY_LISTS + "}}");
        header("{\"__metadata__\":{" + many(8, i -> "\"" + i + "\":\"" + "x".repeat(1_000_000) + "\"") + "}}");
        header("{\"__metadata__\":{" + many(LARGE / 11, i -> "\"" + i + "\":\"\"") + "}}");
        header("{\"a\":{\"shape\":[" + "1,".repeat(LARGE / 2) + "1]}}");
        header("{" + many(20_000, DenseInputsTest::emptyTensor) + "}");
        header("{" + many(100_000, DenseInputsTest::emptyTensor) + "}");
        readInASmallHeap();
    }

    private void header(String json) throws IOException {
        input("Safetensors", Seeds.file(json, new byte[0]));
    }

    private static String emptyTensor(int i) {
        return Seeds.tensor(Integer.toString(i, Character.MAX_RADIX), "F32", "[0]", 0, 0);
    }

    @Test
    void indexesOfShards() throws Exception {
        byte[] nothing = Seeds.file("{}", new byte[0]);
        for (int n : new int[] {20_000, 500_000}) {
            String places = many(n, i -> "\"" + i + "\":\"a\"");
            input("Shards", Joined.of(("{\"weight_map\":{" + places + "}}").getBytes(UTF_8), nothing));
        }
        input("Shards", ("{\"metadata\":" + EMPTY_LISTS + "}").getBytes(UTF_8));
        byte[] shard = Seeds.file("{" + many(20_000, DenseInputsTest::emptyTensor) + "}", new byte[0]);
        String places = many(20_000, i -> "\"" + Integer.toString(i, Character.MAX_RADIX) + "\":\"a\"");
        input("Shards", Joined.of(("{\"weight_map\":{" + places + "}}").getBytes(UTF_8), shard));
        readInASmallHeap();
    }

    @Test
    void configurations() throws Exception {
        config("{\"n_layers\":" + EMPTY_LISTS + "}");
        config("{" + many(LARGE / 11, i -> "\"" + i + "\":2") + "}");
        config("{" + many(9_000, i -> "\"" + i + "\":2") + ",\"model_type\":\"gpt2\"}");
        config("""
            {"n_layers":1000,"d_model":4,"n_heads":2,"d_head":2,"d_vocab":3,"n_ctx":3,"act_fn":"solu_ln",
            "normalization_type":"LN"}\
            """);
        readInASmallHeap();
    }

    private void config(String json) throws IOException {
        input("Config", Joined.of(json.getBytes(UTF_8), Seeds.file("{}", new byte[0])));
    }

    @Test
    void tokenizers() throws Exception {
        tokenizer("{\"decoder\":" + EMPTY_LISTS + "}");
        tokenizer("{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":999999},\"merges\":[]}}");
        tokenizer("{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":10000000},\"merges\":[]}}");
        tokenizer("{\"model\":{\"type\":\"BPE\",\"vocab\":{" + many(500_000, i -> "\"" + i + "\":" + i)
                + "},\"merges\":[]}}");
        tokenizer("{\"added_tokens\":[" + many(200_000, i -> "{\"id\":" + i + ",\"content\":\"" + i + "\"}")
                + "],\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[]}}");
        tokenizer("{\"model\":{\"type\":\"BPE\",\"vocab\":{\"" + "\u200d".repeat(16_000) + "\":0},\"merges\":[]}}");
        input(
                "Tokenizer",
                Joined.of(
                        "{\"model\":{\"vocab\":{\"a\":0}}}".getBytes(UTF_8),
                        ("{\"added_tokens_decoder\":" + EMPTY_LISTS + "}").getBytes(UTF_8)));
        readInASmallHeap();
    }

    private void tokenizer(String json) throws IOException {
        input("Tokenizer", json.getBytes(UTF_8));
    }

    private static String many(int n, IntFunction<String> part) {
        return IntStream.range(0, n).mapToObj(part).collect(Collectors.joining(","));
    }

    private void input(String reader, byte[] input) throws IOException {
        Files.write(folder.resolve(String.format("%02d-%s", ++inputs, reader)), input);
    }

    private void readInASmallHeap() throws IOException, InterruptedException {
        Path said = folder.resolveSibling(folder.getFileName() + ".txt");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + HEAP,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        DenseInputsTest.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(program.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(program.exitValue()).as(Files.readString(said)).isZero();
        } finally {
            program.destroyForcibly();
            Files.delete(said);
        }
    }

    /** The other program: reads all inputs of a folder, and says which. */
    public static void main(String[] arguments) throws IOException {
        try (Stream<Path> inputs = Files.list(Path.of(arguments[0]))) {
            for (Path input : inputs.sorted().toList()) {
                String name = input.getFileName().toString();
                System.out.println("reading " + name + ", " + Files.size(input) + " bytes");
                FuzzCorpusTest.TARGETS.get(name.substring(3)).accept(Files.readAllBytes(input));
            }
        }
    }
}
