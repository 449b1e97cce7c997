package app.headlight.engine.formats;

import app.headlight.engine.formats.SafetensorsWriter.Precision;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Weights;
import app.headlight.engine.transformer.Weights.Tensor;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.ejml.data.FMatrixRMaj;

/**
 * A checkpoint of a training as what has changed since an earlier one, in 7 bits a weight: a safetensors file that names
 * the earlier step in its metadata, and has for each tensor whole numbers from −63 to 63, a byte each, and a scale for
 * each row. With the whole byte the loss would be no nearer to be seen, and a packed history an eighth longer.
 *
 * <p>What is written is the difference from the earlier checkpoint as it is read again, not as it was: so the errors of
 * several differences in a row do not add up, each is at most half a scale.
 */
public final class WeightsDifference {

    private static final String SINCE = "difference_since_step";
    private static final String SCALE = ".scale";
    private static final int LARGEST = 63;

    private WeightsDifference() {}

    /**
     * The file of the difference.
     *
     * @param since the step of the earlier checkpoint
     * @param before the earlier checkpoint, as it is read
     * @param now the weights to be kept
     */
    public static byte[] write(long since, Weights before, Weights now) {
        SafetensorsWriter out = new SafetensorsWriter(Precision.I8).metadata(SINCE, String.valueOf(since));
        for (Tensor tensor : now.tensors()) {
            FMatrixRMaj change = now.get(tensor.name()).copy();
            float[] from = before.get(tensor.name()).data;
            float[] scales = new float[tensor.rows()];
            for (int row = 0; row < tensor.rows(); row++) {
                int begin = row * tensor.columns();
                scales[row] = scaled(change.data, from, begin, begin + tensor.columns());
            }
            out.add(tensor.name(), change.data, tensor.rows(), tensor.columns());
            out.add(Precision.F32, tensor.name() + SCALE, () -> scales, tensor.rows());
        }
        return out.bytes();
    }

    /** Replaces numbers by their whole-numbered differences, and returns what one of these stands for. */
    private static float scaled(float[] now, float[] from, int begin, int end) {
        float largest = 0;
        for (int i = begin; i < end; i++) {
            now[i] -= from[i];
            largest = Math.max(largest, Math.abs(now[i]));
        }
        float scale = largest / LARGEST;
        for (int i = begin; i < end; i++) {
            now[i] = scale == 0 ? 0 : Math.clamp(Math.round(now[i] / scale), -LARGEST, LARGEST);
        }
        return scale;
    }

    /** The step of the checkpoint that a file is a difference from; empty where it holds whole weights. */
    public static OptionalLong since(Safetensors file) throws SafetensorsException {
        String since = file.metadata().get(SINCE);
        if (since == null) {
            return OptionalLong.empty();
        }
        if (!since.matches("\\d{1,15}")) {
            throw new SafetensorsException(SINCE + " is “" + since + "”; expected the number of a step");
        }
        return OptionalLong.of(Long.parseLong(since));
    }

    /**
     * The weights that a difference leads to.
     *
     * @param before the checkpoint that it is a difference from
     * @throws SafetensorsException naming the tensor that does not fit
     */
    public static Weights read(Config config, Weights before, Safetensors file) throws IOException {
        Map<String, Tensor> expected = new HashMap<>();
        Map<String, FMatrixRMaj> values = new LinkedHashMap<>();
        for (Tensor tensor : Weights.tensors(config)) {
            expected.put(tensor.name(), tensor);
            expected.put(tensor.name() + SCALE, tensor);
            byte[] change = file.bytes(tensor.name(), (long) tensor.rows() * tensor.columns());
            float[] scales = file.floats(tensor.name() + SCALE);
            if (scales.length != tensor.rows()) {
                throw new SafetensorsException("tensor “" + tensor.name() + SCALE + "” has " + scales.length
                        + " numbers; expected " + tensor.rows());
            }
            FMatrixRMaj sum = before.get(tensor.name()).copy();
            for (int i = 0; i < sum.data.length; i++) {
                sum.data[i] += change[i] * scales[i / tensor.columns()];
            }
            values.put(tensor.name(), sum);
        }
        for (String name : file.names()) {
            if (!expected.containsKey(name)) {
                throw new SafetensorsException("tensor “" + name + "” is not one of this configuration");
            }
        }
        return Weights.of(config, values);
    }
}
