package app.headlight.engine.training;

import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.LayerWeights;
import app.headlight.engine.transformer.LayerWeights.MlpWeights;
import app.headlight.engine.transformer.Weights;
import app.headlight.engine.transformer.Weights.Tensor;
import java.util.Arrays;
import java.util.Random;
import org.ejml.data.FMatrixRMaj;

/**
 * The random weights that a training begins with. Their scales matter: with embeddings and positions of 0.02, a
 * previous-token head needs three times as many tokens to form.
 */
final class InitialWeights {

    private static final double EMBEDDING = 0.3;
    private static final double POSITIONS = 0.5;
    private static final double OUTPUTS = 0.5;

    private InitialWeights() {}

    /**
     * W_E ~ N(0, 0.3); W_pos sinusoids × 0.5; W_Q, W_K ~ N(0, 1/√D); W_V, W_U ~ N(0, 0.5/√D), W_O the same divided by
     * √(2L). Of an MLP: W_in ~ N(0, 1/√D), W_out ~ N(0, 1/√M) divided by √(2L). Norms do nothing: w is 1, b is 0.
     */
    static Weights draw(Config config, long seed) {
        Random random = new Random(seed);
        double byWidth = 1 / Math.sqrt(config.dModel());
        Weights weights = Weights.zeros(config);
        fill(weights.wE(), random, EMBEDDING);
        if (weights.wPos() != null) {
            sinusoids(weights.wPos());
        }
        double residual = Math.sqrt(2.0 * config.nLayers());
        for (LayerWeights layer : weights.layers()) {
            fill(layer.wQ(), random, byWidth);
            fill(layer.wK(), random, byWidth);
            fill(layer.wV(), random, OUTPUTS * byWidth);
            fill(layer.wO(), random, OUTPUTS * byWidth / residual);
            MlpWeights mlp = layer.mlp();
            if (mlp != null) {
                fill(mlp.wIn(), random, byWidth);
                if (mlp.wGate() != null) {
                    fill(mlp.wGate(), random, byWidth);
                }
                fill(mlp.wOut(), random, 1 / Math.sqrt(mlp.wOut().numRows) / residual);
            }
        }
        fill(weights.wU(), random, OUTPUTS * byWidth);
        for (Tensor tensor : weights.tensors()) {
            if (tensor.name().endsWith(".w")) { // a norm's, which is none at first
                Arrays.fill(weights.array(tensor.name()), 1);
            }
        }
        return weights;
    }

    private static void fill(FMatrixRMaj matrix, Random random, double deviation) {
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = (float) (deviation * random.nextGaussian());
        }
    }

    /** Vaswani et al. 2017, section 3.5: sin and cos of t / 10000^(i/D), next to each other. */
    private static void sinusoids(FMatrixRMaj wPos) {
        for (int t = 0; t < wPos.numRows; t++) {
            for (int i = 0; i < wPos.numCols; i++) {
                double angle = t / Math.pow(10000, (i - i % 2) / (double) wPos.numCols);
                wPos.set(t, i, (float) (POSITIONS * (i % 2 == 0 ? Math.sin(angle) : Math.cos(angle))));
            }
        }
    }
}
