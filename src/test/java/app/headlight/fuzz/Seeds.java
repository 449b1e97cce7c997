package app.headlight.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the inputs with which the fuzzer begins, {@code src/test/resources/fuzz/READER/seed-…}: run it in the project's
 * folder after a reader has learned something new. Inputs that the fuzzer found have other names, and stay.
 */
final class Seeds {

    static final Path REFERENCE = Path.of("src/test/resources/reference");

    private static final Path CORPUS = Path.of("src/test/resources/fuzz");

    private Seeds() {}

    public static void main(String[] arguments) throws IOException {
        safetensors();
        shards();
        SeedsOfModels.configs();
        SeedsOfModels.tokenizers();
        SeedsOfZips.write();
    }

    static void write(String reader, String name, byte[] input) throws IOException {
        Path folder = Files.createDirectories(CORPUS.resolve(reader));
        Files.write(folder.resolve("seed-" + name), input);
    }

    /** A safetensors file. */
    static byte[] file(String header, byte[] numbers) {
        byte[] json = header.getBytes(UTF_8);
        return ByteBuffer.allocate(Long.BYTES + json.length + numbers.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(numbers)
                .array();
    }

    /** A tensor in the header of a safetensors file. */
    static String tensor(String name, String dtype, String shape, long begin, long end) {
        return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                .formatted(name, dtype, shape, begin, end);
    }

    private static void safetensors() throws IOException {
        List<String> tensors = List.of(
                tensor("a", "F32", "[2,1]", 0, 8),
                tensor("b", "F64", "[1]", 8, 16),
                tensor("c", "F16", "[2]", 16, 20),
                tensor("d", "BF16", "[1,2,1]", 20, 24),
                tensor("e", "I8", "[3]", 24, 27),
                tensor("f", "BOOL", "[]", 27, 28),
                tensor("g", "I64", "[0]", 28, 28));
        String header = "{\"__metadata__\":{\"format\":\"pt\"}," + String.join(",", tensors) + "}";
        write("Safetensors", "every-kind", file(header, new byte[28]));
        write("Safetensors", "reference", Files.readAllBytes(REFERENCE.resolve("random-0l/model.safetensors")));
    }

    private static void shards() throws IOException {
        String index = "{\"metadata\":{\"total_size\":20},\"weight_map\":{\"x\":\"a\",\"y\":\"b\",\"z\":\"a\"}}";
        byte[] a = file(
                "{" + tensor("z", "F32", "[1]", 0, 4) + "," + tensor("x", "F32", "[2]", 4, 12) + "}", new byte[12]);
        byte[] b = file("{\"__metadata__\":{}," + tensor("y", "F16", "[4]", 0, 8) + "}", new byte[8]);
        write("Shards", "two", Joined.of(index.getBytes(UTF_8), a, b));
        write("Shards", "one-is-missing", Joined.of(index.getBytes(UTF_8), a));
        write("Shards", "tensor-twice", Joined.of(index.getBytes(UTF_8), a, a));
    }
}
