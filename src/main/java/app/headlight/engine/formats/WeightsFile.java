package app.headlight.engine.formats;

import app.headlight.engine.transformer.Weights;
import java.util.List;

/**
 * The content of a {@code model.safetensors}.
 *
 * @param warnings sentences for people about tensors that are not used
 */
public record WeightsFile(Weights weights, List<String> warnings) {

    public WeightsFile {
        warnings = List.copyOf(warnings);
    }
}
