package app.headlight.engine.formats;

import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Site.Kind;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the activations of a run under the names of TransformerLens's hooks, as {@link RecordedFile} reads them. T
 * tokens, H heads, D the stream's width, K a head's.
 */
public final class HookFile {

    private final Run run;
    private final Config config;
    private final int length;
    private final SafetensorsWriter file = new SafetensorsWriter();

    private HookFile(Run run) {
        this.run = run;
        this.config = run.config();
        this.length = run.length();
    }

    /**
     * For each layer {@code hook_pattern} and {@code hook_attn_scores} [H, T, T]; {@code hook_q}, {@code hook_k},
     * {@code hook_v}, {@code hook_z} [T, H, K], where each head has its own copy of a grouped key or value;
     * {@code hook_result} [T, H, D]; {@code hook_resid_pre}, {@code hook_resid_mid}, {@code hook_resid_post},
     * {@code hook_attn_out} and {@code hook_mlp_out} [T, D].
     *
     * @param tokens the text of each, [T]
     * @param model its name
     */
    public static SafetensorsWriter of(Run run, List<String> tokens, String model) {
        HookFile file = new HookFile(run);
        for (int layer = 0; layer < run.config().nLayers(); layer++) {
            file.addLayer(layer);
        }
        return file.file
                .say("tokens", JsonMapper.shared().writeValueAsString(tokens))
                .say("ids", JsonMapper.shared().writeValueAsString(run.tokens()))
                .say("model", model)
                .say("causal", "true");
    }

    private void addLayer(int l) {
        addStream(Kind.RESID_PRE, l, () -> run.residual(l));
        addPacked(Kind.Q, l, run::q);
        addPacked(Kind.K, l, run::k);
        addPacked(Kind.V, l, run::v);
        addSquares(Kind.SCORES, l, run::scores);
        addSquares(Kind.PATTERN, l, run::pattern);
        addPacked(Kind.Z, l, run::z);
        add(Kind.RESULT, l, () -> results(l), length, config.nHeads(), config.dModel());
        addStream(Kind.ATTN_OUT, l, () -> run.attnOut(l));
        if (config.mlp() != null) {
            if (!config.parallel()) {
                addStream(Kind.RESID_MID, l, () -> run.residualMid(l));
            }
            addStream(Kind.MLP_OUT, l, () -> run.mlpOut(l));
        }
        addStream(Kind.RESID_POST, l, () -> run.residual(l + 1));
    }

    private void add(Kind kind, int layer, Supplier<float[]> values, int... shape) {
        file.add(Site.of(kind, layer).hook(), values, shape);
    }

    private void addStream(Kind kind, int layer, Supplier<Matrix> values) {
        add(kind, layer, () -> values.get().toArray(), length, config.dModel());
    }

    private void addPacked(Kind kind, int layer, Function<Integer, Matrix> values) {
        add(kind, layer, () -> values.apply(layer).toArray(), length, config.nHeads(), config.dHead());
    }

    private void addSquares(Kind kind, int layer, Function<HeadId, Matrix> values) {
        add(kind, layer, () -> squares(layer, values), config.nHeads(), length, length);
    }

    private float[] squares(int layer, Function<HeadId, Matrix> values) {
        float[] all = new float[config.nHeads() * length * length];
        for (int head = 0; head < config.nHeads(); head++) {
            float[] one = values.apply(new HeadId(layer, head)).toArray();
            System.arraycopy(one, 0, all, head * one.length, one.length);
        }
        return all;
    }

    /** [T, H, D] */
    private float[] results(int layer) {
        int width = config.dModel();
        float[] all = new float[length * config.nHeads() * width];
        for (int head = 0; head < config.nHeads(); head++) {
            Matrix one = run.result(new HeadId(layer, head));
            for (int t = 0; t < length; t++) {
                one.copyRow(t, all, (t * config.nHeads() + head) * width);
            }
        }
        return all;
    }
}
