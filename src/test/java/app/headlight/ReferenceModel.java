package app.headlight;

import app.headlight.engine.formats.ConfigFile;
import app.headlight.engine.formats.ModelFiles;
import app.headlight.engine.formats.Safetensors;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Transformer;
import app.headlight.engine.transformer.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A model of the reference folders and what an independent implementation computes from it (expected.json). */
public record ReferenceModel(String name, Transformer model, JsonNode expected) {

    /** Every reference model, for parameterized tests. */
    public static Stream<ReferenceModel> all() {
        return Stream.of(
                        "random-0l",
                        "random-2l-lnpre-biases",
                        "random-2l-shortformer-biases",
                        "random-3l-standard",
                        "storybook-2l-torch")
                .map(ReferenceModel::load);
    }

    public static ReferenceModel load(String name) {
        try {
            Path folder = Path.of(
                    ReferenceModel.class.getResource("/reference/" + name).toURI());
            ConfigFile config = ModelFiles.readConfig(Files.readString(folder.resolve("config.json")));
            JsonNode expected = JsonMapper.shared().readTree(Files.readString(folder.resolve("expected.json")));
            try (SeekableByteChannel file = Files.newByteChannel(folder.resolve("model.safetensors"))) {
                Weights weights =
                        ModelFiles.readWeights(config, Safetensors.open(file)).weights();
                return new ReferenceModel(
                        name, new Transformer(config.config(), weights, MatrixProducts.fastest()), expected);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Another file of numbers beside a model, such as {@code score_parts.json}. */
    public static JsonNode json(String name, String file) {
        try (var stream = ReferenceModel.class.getResourceAsStream("/reference/" + name + "/" + file)) {
            return JsonMapper.shared().readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<HeadId> heads() {
        return model.heads();
    }

    /** One value of the circuits part. */
    public JsonNode circuit(String field, HeadId head) {
        return expected.get("circuits").get(field).get(head.toString());
    }

    public static int[] ints(JsonNode array) {
        return array.valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    public static double[] doubles(JsonNode array) {
        return array.valueStream().mapToDouble(JsonNode::asDouble).toArray();
    }

    @Override
    public String toString() {
        return name;
    }
}
