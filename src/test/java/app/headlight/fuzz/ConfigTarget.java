package app.headlight.fuzz;

import app.headlight.engine.formats.ConfigFile;
import app.headlight.engine.formats.ModelFiles;
import app.headlight.engine.formats.Safetensors;
import app.headlight.engine.transformer.Config;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A config.json of any family, and after it a file of weights, if there is one. */
public final class ConfigTarget {

    private ConfigTarget() {}

    /** The fuzzer calls this first. */
    public static void fuzzerInitialize() {
        Reading.warmUp(ConfigTarget::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        List<byte[]> files = Joined.files(input, 2);
        String json = new String(files.getFirst(), StandardCharsets.UTF_8);
        Reading.tryOn(input, all -> read(json, files.size() < 2 ? new byte[0] : files.get(1)));
    }

    private static void read(String json, byte[] weights) throws IOException {
        ConfigFile config = ModelFiles.readConfig(json);
        Config again =
                ModelFiles.readConfig(ModelFiles.writeConfig(config.config())).config();
        if (!again.equals(config.config())) {
            throw new IllegalStateException("written and read again, " + config.config() + " is " + again);
        }
        ModelFiles.readWeights(config, Safetensors.open(new Bytes(weights)));
    }
}
