package app.headlight.engine.formats;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Mlp;
import app.headlight.engine.transformer.Mlp.Activation;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Positions;
import app.headlight.engine.transformer.Weights;
import app.headlight.engine.transformer.Weights.Tensor;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Writes a model's weights in another way that computes the same log-probabilities, as TransformerLens does when it
 * loads a model, so that circuits can be read off its matrices ({@code docs/maths.md}, "Folding"). Sums are
 * accumulated in double.
 */
public final class Folding {

    /** The steps, in the order in which they are done. */
    public enum Step {
        /** The weights of every norm go into the matrices that read it: LN becomes LNPre, RMS becomes RMSPre. */
        FOLD_NORM("fold_ln"),
        /** What is written to the stream gets the mean 0, which a centring norm takes away anyway. */
        CENTRE_WRITING("center_writing_weights"),
        /** Each row of the unembedding gets the mean 0 over the vocabulary, which the softmax takes away anyway. */
        CENTRE_UNEMBEDDING("center_unembed"),
        /** The biases of values go into the layer's bias, since the rows of a pattern sum to 1. */
        FOLD_VALUE_BIASES("fold_value_biases");

        private final String label;

        Step(String label) {
            this.label = label;
        }

        /** TransformerLens's name of the step. */
        public String label() {
            return label;
        }

        /**
         * The steps that a text names, each by its label, between spaces or new lines.
         *
         * @throws Refusal naming what is no step
         */
        public static Set<Step> named(String text) {
            EnumSet<Step> steps = EnumSet.noneOf(Step.class);
            for (String name : text.strip().split("\\s+")) {
                steps.add(Arrays.stream(values())
                        .filter(step -> step.label.equals(name))
                        .findFirst()
                        .orElseThrow(() -> new Refusal("“" + name + "” is no step of folding; expected "
                                + Arrays.stream(values()).map(Step::label).collect(Collectors.joining(", ")))));
            }
            return steps;
        }
    }

    /**
     * A folded model.
     *
     * @param steps what was done
     */
    public record Folded(Config config, Weights weights, List<Step> steps) {

        public Folded {
            steps = List.copyOf(steps);
        }
    }

    private final Config config;
    private final Map<String, FMatrixRMaj> values = new LinkedHashMap<>();

    private Folding(Config config, Weights weights) {
        this.config = config;
        for (Tensor tensor : weights.tensors()) {
            values.put(tensor.name(), weights.get(tensor.name()).copy());
        }
    }

    /**
     * Folds a model; the weights given stay as they are.
     *
     * @throws Refusal naming a step that would change what this model computes
     */
    public static Folded fold(Config config, Weights weights, Set<Step> steps) {
        List<Step> done = List.copyOf(steps.isEmpty() ? List.of() : EnumSet.copyOf(steps));
        for (Step step : done) {
            String reason = whyNot(config, step);
            if (reason != null) {
                throw new Refusal(step.label() + " is refused: " + reason);
            }
        }
        Folding folding = new Folding(config, weights);
        done.forEach(folding::run);
        Config folded = folded(config, steps);
        return new Folded(folded, Weights.of(folded, folding.values), done);
    }

    /** What the configuration of a model says after some steps. */
    public static Config folded(Config config, Set<Step> steps) {
        return steps.contains(Step.FOLD_NORM)
                ? config.toBuilder()
                        .norm(config.norm().isCentred() ? Norm.LN_PRE : Norm.RMS_PRE)
                        .build()
                : config;
    }

    /** Why a step would change what a model computes; null if it does not. */
    public static @Nullable String whyNot(Config config, Step step) {
        return switch (step) {
            case FOLD_NORM -> whyNotFoldNorm(config);
            case CENTRE_WRITING -> {
                if (!config.norm().isCentred()) {
                    yield "normalization_type is " + ConfigJson.norm(config.norm())
                            + ", which does not take the mean away; expected LN or LNPre";
                }
                if (config.finalRms()) {
                    yield "final_rms is true, and the last norm does not take the mean away";
                }
                yield shortformer(config);
            }
            case CENTRE_UNEMBEDDING ->
                config.logitsSoftCap() > 0
                        ? "output_logits_soft_cap is " + config.logitsSoftCap()
                                + ", and under a cap the mean of the logits matters"
                        : null;
            case FOLD_VALUE_BIASES -> null;
        };
    }

    private static @Nullable String whyNotFoldNorm(Config config) {
        Mlp mlp = config.mlp();
        if (!config.norm().isWeighted()) {
            return "normalization_type is " + ConfigJson.norm(config.norm()) + ", which has no weights to fold";
        }
        if (config.norm().isBiased() && mlp != null && mlp.gated() && !mlp.biasedFactors()) {
            return "normalization_type is LN and gated_mlp is true, and the gate has no bias that could take the norm's";
        }
        return shortformer(config);
    }

    private static @Nullable String shortformer(Config config) {
        return config.positions() == Positions.SHORTFORMER
                ? "positional_embedding_type is shortformer, and queries and keys read the positions without the norm"
                : null;
    }

    private void run(Step step) {
        switch (step) {
            case FOLD_NORM -> foldNorm();
            case CENTRE_WRITING -> centreWriting();
            case CENTRE_UNEMBEDDING -> {
                centreRows(values.get("unembed.W_U"));
                centreRows(values.get("unembed.b_U"));
            }
            case FOLD_VALUE_BIASES -> forEachLayer(this::foldValueBiases);
        }
    }

    private void forEachLayer(Consumer<String> step) {
        IntStream.range(0, config.nLayers()).mapToObj(l -> "blocks." + l + ".").forEach(step);
    }

    private void foldNorm() {
        forEachLayer(layer -> {
            foldNorm(
                    layer + "ln1",
                    List.of(layer + "attn.W_Q", layer + "attn.W_K", layer + "attn.W_V"),
                    List.of(layer + "attn.b_Q", layer + "attn.b_K", layer + "attn.b_V"),
                    config.norm());
            if (config.mlp() != null) {
                boolean gated = config.mlp().gated();
                foldNorm(
                        layer + "ln2",
                        gated ? List.of(layer + "mlp.W_in", layer + "mlp.W_gate") : List.of(layer + "mlp.W_in"),
                        List.of(layer + "mlp.b_in", layer + "mlp.b_gate"),
                        config.norm());
                if (config.mlp().activation() == Activation.SOLU_LN && config.norm() == Norm.LN) {
                    foldNeurons(layer + "mlp.");
                }
            }
        });
        foldNorm("ln_final", List.of("unembed.W_U"), List.of("unembed.b_U"), config.finalNorm());
    }

    /** @param biases of the readers, in their order; a gate that has none reads a norm without b */
    private void foldNorm(String name, List<String> readers, List<String> biases, Norm norm) {
        FMatrixRMaj w = values.remove(name + ".w");
        FMatrixRMaj b = values.remove(name + ".b");
        for (int i = 0; i < readers.size(); i++) {
            FMatrixRMaj reader = values.get(readers.get(i));
            if (b != null) {
                addProduct(values.get(biases.get(i)), row -> b.data[row], reader);
            }
            scaleRows(reader, w);
            if (norm.isCentred()) {
                centreColumns(reader);
            }
        }
    }

    /** The norm over the neurons, of which centring and scaling are left. */
    private void foldNeurons(String mlp) {
        FMatrixRMaj w = values.remove(mlp + "ln.w");
        FMatrixRMaj b = values.remove(mlp + "ln.b");
        FMatrixRMaj out = values.get(mlp + "W_out");
        addProduct(values.get(mlp + "b_out"), row -> b.data[row], out);
        scaleRows(out, w);
        centreColumns(out);
    }

    private void centreWriting() {
        centreRows(values.get("embed.W_E"));
        if (config.positions() == Positions.STANDARD) {
            centreRows(values.get("pos_embed.W_pos"));
        }
        forEachLayer(layer -> {
            centreRows(values.get(layer + "attn.W_O"));
            centreRows(values.get(layer + "attn.b_O"));
            if (config.mlp() != null) {
                centreRows(values.get(layer + "mlp.W_out"));
                centreRows(values.get(layer + "mlp.b_out"));
            }
        });
    }

    private void foldValueBiases(String layer) {
        int k = config.dHead();
        FMatrixRMaj bV = values.get(layer + "attn.b_V");
        addProduct(
                values.get(layer + "attn.b_O"),
                row -> bV.data[config.keyOf(row / k) * k + row % k],
                values.get(layer + "attn.W_O"));
        Arrays.fill(bV.data, 0);
    }

    /** bias += v M */
    private static void addProduct(FMatrixRMaj bias, IntToDoubleFunction v, FMatrixRMaj m) {
        double[] sum = new double[m.numCols];
        for (int r = 0; r < m.numRows; r++) {
            double factor = v.applyAsDouble(r);
            for (int c = 0; c < m.numCols; c++) {
                sum[c] += factor * m.data[r * m.numCols + c];
            }
        }
        for (int c = 0; c < m.numCols; c++) {
            bias.data[c] = (float) (bias.data[c] + sum[c]);
        }
    }

    private static void scaleRows(FMatrixRMaj m, FMatrixRMaj w) {
        for (int i = 0; i < m.data.length; i++) {
            m.data[i] *= w.data[i / m.numCols];
        }
    }

    private static void centreColumns(FMatrixRMaj m) {
        double[] sum = new double[m.numCols];
        for (int i = 0; i < m.data.length; i++) {
            sum[i % m.numCols] += m.data[i];
        }
        for (int i = 0; i < m.data.length; i++) {
            m.data[i] = (float) (m.data[i] - sum[i % m.numCols] / m.numRows);
        }
    }

    private static void centreRows(FMatrixRMaj m) {
        for (int r = 0; r < m.numRows; r++) {
            double sum = 0;
            for (int c = 0; c < m.numCols; c++) {
                sum += m.data[r * m.numCols + c];
            }
            for (int c = 0; c < m.numCols; c++) {
                int i = r * m.numCols + c;
                m.data[i] = (float) (m.data[i] - sum / m.numCols);
            }
        }
    }
}
