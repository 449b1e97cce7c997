package app.headlight.engine.formats;

import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * The SHA-256 of a model's configuration, every matrix and every bias as little-endian float32: the same on every machine,
 * whatever precision the file has.
 */
public final class WeightsHash {

    private static final int CHUNK = 1 << 14;

    private WeightsHash() {}

    /** Returns 64 hexadecimal digits. */
    public static String of(Config config, Weights weights) {
        MessageDigest digest = sha256();
        digest.update(ModelFiles.writeConfig(config).getBytes(StandardCharsets.UTF_8));
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
        return HexFormat.of().formatHex(digest.digest());
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
