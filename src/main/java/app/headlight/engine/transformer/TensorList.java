package app.headlight.engine.transformer;

import app.headlight.engine.transformer.Mlp.Activation;
import app.headlight.engine.transformer.Weights.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the tensors of a configuration: see {@link Weights#tensors(Config)}. */
final class TensorList {

    private final Config config;
    private final List<Tensor> tensors = new ArrayList<>();

    TensorList(Config config) {
        this.config = config;
    }

    List<Tensor> all() {
        int d = config.dModel();
        weight("embed.W_E", config.dVocab(), d);
        if (config.positions().isEmbedded()) {
            weight("pos_embed.W_pos", config.nCtx(), d);
        }
        for (int l = 0; l < config.nLayers(); l++) {
            layer("blocks." + l + ".");
        }
        norm("ln_final", config.finalNorm(), d);
        weight("unembed.W_U", d, config.dVocab());
        bias("unembed.b_U", config.dVocab());
        return List.copyOf(tensors);
    }

    private void layer(String prefix) {
        int d = config.dModel();
        norm(prefix + "ln1", config.norm(), d);
        weight(prefix + "attn.W_Q", d, config.packedHeads());
        weight(prefix + "attn.W_K", d, config.packedKeys());
        weight(prefix + "attn.W_V", d, config.packedKeys());
        weight(prefix + "attn.W_O", config.packedHeads(), d);
        bias(prefix + "attn.b_Q", config.packedHeads());
        bias(prefix + "attn.b_K", config.packedKeys());
        bias(prefix + "attn.b_V", config.packedKeys());
        bias(prefix + "attn.b_O", d);
        @Nullable Mlp mlp = config.mlp();
        if (mlp != null) {
            norm(prefix + "ln2", config.norm(), d);
            mlp(prefix + "mlp.", mlp);
        }
    }

    private void mlp(String prefix, Mlp mlp) {
        int d = config.dModel();
        weight(prefix + "W_in", d, mlp.dMlp());
        if (mlp.gated()) {
            weight(prefix + "W_gate", d, mlp.dMlp());
        }
        if (mlp.biasedFactors()) {
            bias(prefix + "b_gate", mlp.dMlp());
        }
        bias(prefix + "b_in", mlp.dMlp());
        if (mlp.activation() == Activation.SOLU_LN && config.norm() == Norm.LN) {
            weight(prefix + "ln.w", 1, mlp.dMlp());
            bias(prefix + "ln.b", mlp.dMlp());
        }
        weight(prefix + "W_out", mlp.dMlp(), d);
        bias(prefix + "b_out", d);
    }

    private void norm(String name, Norm norm, int width) {
        if (norm.isWeighted()) {
            weight(name + ".w", 1, width);
        }
        if (norm.isBiased()) {
            bias(name + ".b", width);
        }
    }

    private void weight(String name, int rows, int columns) {
        tensors.add(new Tensor(name, rows, columns, false));
    }

    private void bias(String name, int width) {
        tensors.add(new Tensor(name, 1, width, true));
    }
}
