package app.headlight.engine.formats;

import static app.headlight.engine.formats.SafetensorsFile.channel;
import static app.headlight.engine.formats.SafetensorsFile.of;
import static app.headlight.engine.formats.SafetensorsFile.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights in several files, and what is refused in them, by name. */
class ShardedWeightsTest {

    private static final String INDEX = """
        {"metadata": {"total_size": 20},
         "weight_map": {"a": "one.safetensors", "b": "two.safetensors", "c": "one.safetensors"}}
        """;

    private final Map<String, byte[]> files = new TreeMap<>(Map.of(
            "one.safetensors",
            of(
                    "{\"__metadata__\":{\"format\":\"pt\"}," + tensor("c", "F32", "[1]", 0, 4) + ","
                            + tensor("a", "F32", "[2,1]", 4, 12) + "}",
                    floats(5, 1, 2)),
            "two.safetensors",
            of("{" + tensor("b", "F32", "[2]", 0, 8) + "}", floats(3, 4))));

    @Test
    void shardsAreReadAsOneFile() throws IOException {
        for (String mark : new String[] {"", "\uFEFF"}) {
            Safetensors whole = read(mark + INDEX);
            assertThat(whole.names()).containsExactlyInAnyOrder("a", "b", "c");
            assertThat(whole.floats("a")).containsExactly(1, 2);
            assertThat(whole.entry("a").shapeText()).isEqualTo("[2, 1]");
            assertThat(whole.floats("b")).containsExactly(3, 4);
            assertThat(whole.floats("c")).containsExactly(5);
        }
    }

    @Test
    void anyPartOfThemIsReadByItself() throws IOException {
        ShardedWeights.Folder folder =
                file -> files.containsKey(file) ? new ByteArrayInputStream(files.get(file)) : null;
        byte[] whole = ShardedWeights.open(INDEX, folder).readAllBytes();
        ShardedWeights shards = ShardedWeights.of(INDEX, folder);
        assertThat(shards.size()).isEqualTo(whole.length);
        for (int from = 0; from <= whole.length; from++) {
            for (int count = 0; count <= whole.length + 1; count += 3) {
                assertThat(shards.read(from, count))
                        .isEqualTo(Arrays.copyOfRange(whole, from, Math.min(whole.length, from + count)));
            }
        }
    }

    /** Beyond what an int counts, in every shard. */
    @Test
    void partsOfLargeShardsAreReadByThemselves() throws IOException {
        long gigabytes = 3L << 30;
        Map<String, String> headers = new TreeMap<>();
        StringBuilder index = new StringBuilder();
        for (String name : List.of("a", "b", "c")) {
            headers.put(name, "{" + tensor(name, "F32", "[" + gigabytes / 4 + "]", 0, gigabytes) + "}");
            index.append(index.isEmpty() ? "" : ",").append("\"" + name + "\":\"" + name + "\"");
        }
        ShardedWeights shards = ShardedWeights.of(
                "{\"weight_map\":{" + index + "}}",
                file -> new LargeShard(headers.get(file), gigabytes, file.charAt(0)));
        long begins = shards.size() - 3 * gigabytes;
        for (int shard = 0; shard < 3; shard++) {
            for (long at : new long[] {0, 1L << 30, (1L << 31) + 5, gigabytes - 2}) {
                byte[] expected = new byte[2];
                Arrays.fill(expected, (byte) ('a' + shard));
                assertThat(shards.read(begins + shard * gigabytes + at, 2)).isEqualTo(expected);
            }
        }
        assertThat(shards.read(begins + gigabytes - 1, 2)).isEqualTo(new byte[] {'a', 'b'});
        assertThat(shards.read(shards.size() - 1, 2)).isEqualTo(new byte[] {'c'});
    }

    /** A header and then one byte again and again. */
    private static final class LargeShard extends InputStream {

        private final byte[] header;
        private final long size;
        private final int value;
        private long at;

        LargeShard(String header, long bytes, int value) {
            this.header = of(header, new byte[0]);
            this.size = this.header.length + bytes;
            this.value = value;
        }

        @Override
        public int read() {
            return at == size ? -1 : at < header.length ? header[(int) at++] & 0xFF : next();
        }

        private int next() {
            at++;
            return value;
        }

        @Override
        public long skip(long count) {
            long skipped = Math.min(count, size - at);
            at += skipped;
            return skipped;
        }
    }

    @Test
    void refusesAShardThatIsMissing() {
        files.remove("two.safetensors");
        refuses(INDEX, "model.safetensors.index.json names the shard “two.safetensors”, which is missing");
    }

    @Test
    void refusesATensorInTwoShards() {
        files.put("two.safetensors", of("{" + tensor("a", "F32", "[2]", 0, 8) + "}", floats(3, 4)));
        refuses(INDEX, "tensor “a” is in two shards, “one.safetensors” and “two.safetensors”");
    }

    @Test
    void refusesATensorThatIsNotWhereTheIndexSays() {
        refuses(
                INDEX.replace("\"a\": \"one", "\"a\": \"two"),
                "model.safetensors.index.json says that tensor “a” is in “two.safetensors”; it is not");
        refuses(
                INDEX.replace("\"a\"", "\"d\""),
                "model.safetensors.index.json says that tensor “d” is in “one.safetensors”; it is not");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../one.safetensors", "/etc/passwd", "sub/one.safetensors", "..", ""})
    void refusesAShardThatIsNotBesideTheIndex(String file) {
        refuses(
                "{\"weight_map\":{\"a\":\"" + file + "\"}}",
                "model.safetensors.index.json: tensor “a” is in \"" + file
                        + "\"; expected the name of a file beside it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"weight_map\":{}}", "{\"weight_map\":[]}"})
    void refusesAnIndexThatIsNone(String index) {
        refuses(index, "model.safetensors.index.json has no weight_map from tensors to files");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "\"text\""})
    void refusesAnIndexThatIsNoObject(String index) {
        refuses(index, "model.safetensors.index.json is not a JSON object");
    }

    @Test
    void refusesAShardThatIsCutOff() {
        byte[] whole = files.get("one.safetensors");
        files.put("one.safetensors", Arrays.copyOf(whole, whole.length - 3));
        assertThatThrownBy(() -> read(INDEX))
                .isInstanceOf(EOFException.class)
                .hasMessage("the shard “one.safetensors” ends too early");
        files.put("one.safetensors", Arrays.copyOf(whole, 5));
        assertThatThrownBy(() -> read(INDEX))
                .isInstanceOf(EOFException.class)
                .hasMessage("the shard “one.safetensors” ends too early");
    }

    private void refuses(String index, String message) {
        assertThatThrownBy(() -> read(index))
                .isInstanceOf(SafetensorsException.class)
                .hasMessage(message);
    }

    private Safetensors read(String index) throws IOException {
        try (InputStream in = ShardedWeights.open(
                index, file -> files.containsKey(file) ? new ByteArrayInputStream(files.get(file)) : null)) {
            return Safetensors.open(channel(in.readAllBytes()));
        }
    }

    private static byte[] floats(float... values) {
        ByteBuffer bytes = SafetensorsFile.little(4 * values.length);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }
}
