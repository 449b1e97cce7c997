package app.headlight.services.lab;

import app.headlight.engine.formats.ModelFiles;
import app.headlight.engine.transformer.Weights;
import app.headlight.services.models.OpenModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * A short mark of the weights that a picture was made of, for addresses: the first eight hexadecimal digits of the
 * SHA-256 of the configuration, every matrix and every bias. Those of a step stay when the training goes on.
 */
@Component
public class WeightsMark {

    private static final int DIGITS = 8;
    private static final int CHUNK = 1 << 14;

    private final Laboratory lab;

    WeightsMark(Laboratory lab) {
        this.lab = lab;
    }

    /** The mark of a model's weights, at its step. */
    public String of(OpenModel model) {
        return lab.get(Measurement.kept(
                model.ref(),
                "mark of the weights",
                new Measurement.Text<>(mark -> mark, mark -> mark),
                () -> computed(model)));
    }

    /**
     * The notice when a model's weights are not those that an address was made with.
     *
     * @param asked their mark; empty: any
     */
    public Optional<String> trouble(OpenModel model, String asked) {
        return asked.isEmpty() || asked.equals(of(model))
                ? Optional.empty()
                : Optional.of("The weights of " + model.name() + " are not those that this address was made with ("
                        + asked + "): they were replaced, or trained on. What is shown is of the present ones ("
                        + of(model) + ").");
    }

    private static String computed(OpenModel model) {
        MessageDigest digest = sha256();
        digest.update(ModelFiles.writeConfig(model.config()).getBytes(StandardCharsets.UTF_8));
        Weights weights = model.transformer().weights();
        ByteBuffer bytes = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        Stream.concat(names(weights, false), names(weights, true)).forEach(name -> {
            float[] array = weights.array(name);
            for (int from = 0; from < array.length; from += CHUNK) {
                int count = Math.min(CHUNK, array.length - from);
                bytes.clear().limit(count * Float.BYTES);
                bytes.asFloatBuffer().put(array, from, count);
                digest.update(bytes);
            }
        });
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }

    private static Stream<String> names(Weights weights, boolean biases) {
        return weights.tensors().stream()
                .filter(tensor -> tensor.bias() == biases)
                .map(Weights.Tensor::name);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
