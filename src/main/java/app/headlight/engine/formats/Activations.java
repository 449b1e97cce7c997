package app.headlight.engine.formats;

import app.headlight.engine.transformer.Mlp.Activation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The names of activation functions in configurations; several names may stand for one function. */
final class Activations {

    private static final Map<String, Activation> USUAL = new LinkedHashMap<>();
    private static final Map<String, Activation> OF_TRANSFORMER_LENS;
    private static final Map<String, Activation> OF_TRANSFORMERS;

    static {
        USUAL.put("gelu", Activation.GELU);
        USUAL.put("gelu_new", Activation.GELU_NEW);
        USUAL.put("gelu_fast", Activation.GELU_NEW);
        USUAL.put("gelu_pytorch_tanh", Activation.GELU_NEW);
        USUAL.put("quick_gelu", Activation.QUICK_GELU);
        USUAL.put("relu", Activation.RELU);
        USUAL.put("relu2", Activation.RELU2);
        USUAL.put("silu", Activation.SILU);
        OF_TRANSFORMER_LENS = new LinkedHashMap<>(USUAL);
        OF_TRANSFORMER_LENS.put("solu", Activation.SOLU);
        OF_TRANSFORMER_LENS.put("solu_ln", Activation.SOLU_LN);
        OF_TRANSFORMERS = new LinkedHashMap<>(USUAL);
        OF_TRANSFORMERS.put("gelu_python", Activation.GELU);
        OF_TRANSFORMERS.put("gelu_accurate", Activation.GELU_NEW);
        OF_TRANSFORMERS.put("gelu_python_tanh", Activation.GELU_NEW);
        OF_TRANSFORMERS.put("swish", Activation.SILU);
    }

    private Activations() {}

    /** TransformerLens's {@code act_fn}. */
    static Activation ofTransformerLens(Fields fields) {
        return of(fields, "act_fn", "", OF_TRANSFORMER_LENS);
    }

    /** An activation by the names of the transformers package. */
    static Activation ofTransformers(Fields fields, String field, String usual) {
        return of(fields, field, usual, OF_TRANSFORMERS);
    }

    private static Activation of(Fields fields, String field, String usual, Map<String, Activation> names) {
        Activation found = names.get(fields.text(usual, field));
        if (found == null) {
            throw fields.refused(
                    field,
                    names.keySet().stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "))
                            + " are read so far");
        }
        return found;
    }
}
