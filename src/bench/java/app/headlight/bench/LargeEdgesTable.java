package app.headlight.bench;

import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.EdgeEffects;
import app.headlight.engine.circuits.EdgeTask;
import app.headlight.engine.circuits.PatchingMap;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Mlp;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.Rotary;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import app.headlight.engine.transformer.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Estimates the effects of all edges of a model as large as SmolLM2-135M by EAP, on several pairs of sentences, and prints
 * how long that takes beside as many runs, and how much of the heap is in use afterwards. Weights are random; only their sizes matter.
 */
public final class LargeEdgesTable {

    private static final int PAIRS = 8;
    private static final int LENGTH = 16;
    private static final int VOCABULARY = 49_152;
    private static final double MEGABYTE = 1 << 20;

    private LargeEdgesTable() {}

    public static void main(String[] arguments) {
        Config config = Config.builder()
                .sizes(30, 576, 9, 64, VOCABULARY, 2048)
                .nKeyValueHeads(3)
                .mlp(new Mlp(1536, Mlp.Activation.SILU, true))
                .norm(Norm.RMS)
                .rotary(new Rotary(64, 100_000, false))
                .build();
        Transformer model = new Transformer(config, weights(config), MatrixProducts.fastest());
        Random random = new Random(3);
        List<int[]> sentences = new ArrayList<>();
        for (int i = 0; i < 2 * PAIRS; i++) {
            sentences.add(random.ints(LENGTH, 0, VOCABULARY).toArray());
        }
        effects(model, sentences.get(0), sentences.get(1)); // and so what is compiled and prepared once is not counted
        double before = used();
        long begun = System.nanoTime();
        sentences.forEach(model::run);
        double runs = (System.nanoTime() - begun) / 1e9;
        begun = System.nanoTime();
        List<EdgeEffects> each = new ArrayList<>();
        for (int pair = 0; pair < PAIRS; pair++) {
            each.add(effects(model, sentences.get(2 * pair), sentences.get(2 * pair + 1)));
        }
        EdgeEffects mean = EdgeEffects.mean(each);
        double seconds = (System.nanoTime() - begun) / 1e9;
        each.clear();
        double after = used();
        System.out.printf(
                Locale.ROOT,
                "%nEAP over all %,d edges of a model as large as SmolLM2-135M, %d pairs of %d tokens%n%n",
                Edge.all(config).size(),
                PAIRS,
                LENGTH);
        System.out.println("| s | times its own runs alone | MB of heap that the effects hold |");
        System.out.println("| --- | --- | --- |");
        System.out.printf(Locale.ROOT, "| %.1f | %.1f | %.0f |%n", seconds, seconds / runs, after - before);
        System.out.println("the strongest: " + mean.strongest().getFirst());
    }

    private static EdgeEffects effects(Transformer model, int[] clean, int[] corrupt) {
        Run first = model.run(clean);
        Run second = model.run(corrupt);
        return EdgeEffects.eap(
                new EdgeTask(
                        model, first, second, new PatchingMap.Metric(LENGTH - 1, 1, 2), EdgeTask.Measure.LOGIT_DIFF),
                Progress.UNWATCHED);
    }

    private static Weights weights(Config config) {
        Random random = new Random(1);
        Weights weights = Weights.zeros(config);
        for (Weights.Tensor tensor : weights.tensors()) {
            float[] values = weights.array(tensor.name());
            float scale = (float) (1 / Math.sqrt(config.dModel()));
            for (int i = 0; !tensor.bias() && i < values.length; i++) {
                values[i] = tensor.name().endsWith(".w") ? 1 : (random.nextFloat() - 0.5f) * scale;
            }
        }
        return weights;
    }

    private static double used() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / MEGABYTE;
    }
}
