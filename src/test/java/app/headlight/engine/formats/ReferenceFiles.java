package app.headlight.engine.formats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The files of a reference model, to be changed and then read. */
final class ReferenceFiles {

    private final ObjectNode config;
    private final Map<String, Values> tensors = new LinkedHashMap<>();

    /** The numbers of a tensor and its shape. */
    record Values(float[] numbers, int... shape) {}

    private ReferenceFiles(ObjectNode config) {
        this.config = config;
    }

    static ReferenceFiles of(String name) {
        try {
            ReferenceFiles files = new ReferenceFiles(
                    (ObjectNode) JsonMapper.shared().readTree(Files.readString(path(name, "config.json"))));
            try (SeekableByteChannel channel = Files.newByteChannel(path(name, "model.safetensors"))) {
                Safetensors stored = Safetensors.open(channel);
                for (String tensor : stored.names()) {
                    if (!tensor.matches(".*\\.(IGNORE|mask)")) {
                        long[] shape = stored.entry(tensor).shape();
                        int[] sizes = new int[shape.length];
                        for (int i = 0; i < shape.length; i++) {
                            sizes[i] = (int) shape[i];
                        }
                        files.with(tensor, stored.floats(tensor), sizes);
                    }
                }
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is read of the file as it is. */
    static WeightsFile unchanged(String name) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(path(name, "model.safetensors"))) {
            ConfigFile config = ModelFiles.readConfig(Files.readString(path(name, "config.json")));
            return ModelFiles.readWeights(config, Safetensors.open(channel));
        }
    }

    private static Path path(String name, String file) {
        try {
            return Path.of(ReferenceFiles.class
                    .getResource("/reference/" + name + "/" + file)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Changes fields as a JSON object says. */
    ReferenceFiles set(String json) {
        config.setAll((ObjectNode) JsonMapper.shared().readTree(json));
        return this;
    }

    ReferenceFiles unset(String... fields) {
        for (String field : fields) {
            config.remove(field);
        }
        return this;
    }

    ReferenceFiles with(String tensor, float[] numbers, int... shape) {
        tensors.put(tensor, new Values(numbers, shape));
        return this;
    }

    ReferenceFiles without(String tensor) {
        tensors.remove(tensor);
        return this;
    }

    /** Gives the tensors other names. */
    ReferenceFiles renamed(UnaryOperator<String> to) {
        Map<String, Values> before = new LinkedHashMap<>(tensors);
        tensors.clear();
        before.forEach((name, values) -> tensors.put(to.apply(name), values));
        return this;
    }

    Values tensor(String name) {
        return tensors.get(name);
    }

    List<String> names() {
        return List.copyOf(tensors.keySet());
    }

    ConfigFile config() {
        return ModelFiles.readConfig(config.toString());
    }

    byte[] safetensors() {
        SafetensorsWriter out = new SafetensorsWriter();
        tensors.forEach((name, values) -> out.add(name, values.numbers(), values.shape()));
        return out.bytes();
    }

    WeightsFile weights() throws IOException {
        return ModelFiles.readWeights(config(), Safetensors.open(SafetensorsFile.channel(safetensors())));
    }
}
