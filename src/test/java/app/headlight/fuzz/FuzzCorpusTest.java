package app.headlight.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Every input that was kept, run through the target for which it was found. */
class FuzzCorpusTest {

    private static final Path CORPUS = Path.of("src/test/resources/fuzz");

    static final Map<String, Consumer<byte[]>> TARGETS = Map.of(
            "Safetensors", SafetensorsTarget::fuzzerTestOneInput,
            "Shards", ShardsTarget::fuzzerTestOneInput,
            "Config", ConfigTarget::fuzzerTestOneInput,
            "Tokenizer", TokenizerTarget::fuzzerTestOneInput,
            "Zip", ZipTarget::fuzzerTestOneInput);

    @TestFactory
    @Timeout(60)
    Stream<DynamicContainer> everyInputIsReadOrRefused() {
        return TARGETS.entrySet().stream()
                .map(target -> DynamicContainer.dynamicContainer(
                        target.getKey(),
                        inputs(target.getKey()).stream()
                                .map(input -> DynamicTest.dynamicTest(
                                        input.getFileName().toString(),
                                        () -> target.getValue().accept(Files.readAllBytes(input))))));
    }

    /** Without inputs, the test above would try nothing. */
    @Test
    void everyReaderHasInputs() {
        TARGETS.keySet().forEach(reader -> assertThat(inputs(reader)).as(reader).isNotEmpty());
    }

    private static List<Path> inputs(String reader) {
        try (Stream<Path> inputs = Files.list(CORPUS.resolve(reader))) {
            return inputs.sorted().toList();
        } catch (IOException noFolder) {
            return List.of();
        }
    }
}
