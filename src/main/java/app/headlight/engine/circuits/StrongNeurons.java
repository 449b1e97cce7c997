package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.TopK;
import app.headlight.engine.transformer.LayerWeights.MlpWeights;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Site.Kind;
import app.headlight.engine.transformer.Transformer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * The neurons of one MLP that are strongest at a position of a run, with what they read and write as tokens (Geva et al.
 * 2021, "Transformer Feed-Forward Layers Are Key-Value Memories"; nostalgebraist 2020, "interpreting GPT: the logit lens").
 * Weights are taken as they are, without those of norms.
 *
 * @param neurons the largest activation first, whatever its sign
 */
public record StrongNeurons(List<Neuron> neurons) {

    /**
     * One neuron.
     *
     * @param index from 0
     * @param activations at each position, {@code [T]}: what is multiplied by its row of W_out
     * @param reads tokens by the largest W_E w, with w the column of W_in, or of W_gate where the MLP is gated
     * @param raises tokens by the largest of its row of W_out times W_U, over the mean of the vocabulary
     * @param lowers tokens by the smallest
     */
    public record Neuron(
            int index, double[] activations, List<TopK.Entry> reads, List<TopK.Entry> raises, List<TopK.Entry> lowers) {

        /** A copy. */
        @Override
        public double[] activations() {
            return activations.clone();
        }
    }

    /** Copies the list. */
    public StrongNeurons {
        neurons = List.copyOf(neurons);
    }

    /**
     * The neurons of a layer of {@code model} in one of its runs: a run, and 4 n V D operations for n neurons.
     *
     * @param most how many neurons
     * @param tokens how many tokens at each end
     * @throws Refusal if the model has no MLPs, no such layer, or the run no such position
     */
    public static StrongNeurons of(Transformer model, Run run, int layer, int position, int most, int tokens) {
        Submatrix.checked(position, run.length(), "position");
        Submatrix.checked(layer, model.config().nLayers(), "layer");
        FMatrixRMaj activations =
                model.activations(run, Set.of(Kind.MLP_POST)).get(Site.of(Kind.MLP_POST, layer)); // [T, M]
        int[] strongest = IntStream.range(0, activations.numCols)
                .boxed()
                .sorted(Comparator.comparingDouble(neuron -> -Math.abs(activations.get(position, neuron))))
                .limit(most)
                .mapToInt(neuron -> neuron)
                .toArray();
        MlpWeights weights = model.weights().layer(layer).mlp();
        FMatrixRMaj in = weights.wGate() == null ? weights.wIn() : weights.wGate();
        FMatrixRMaj read = new FMatrixRMaj(model.config().dVocab(), strongest.length);
        model.products()
                .multiply(
                        Matrix.of(model.weights().wE()),
                        Matrix.of(Submatrix.columns(Matrix.of(in), strongest, "neuron")),
                        read);
        FMatrixRMaj written =
                model.logitsAdded(Matrix.of(Submatrix.rows(Matrix.of(weights.wOut()), strongest, "neuron")));
        Submatrix.centreRows(written);
        Matrix byNeuron = Matrix.of(read).transpose();
        List<Neuron> neurons = new ArrayList<>();
        for (int i = 0; i < strongest.length; i++) {
            int neuron = strongest[i];
            float[] out = Matrix.of(written).row(i);
            neurons.add(new Neuron(
                    neuron,
                    IntStream.range(0, run.length())
                            .mapToDouble(t -> activations.get(t, neuron))
                            .toArray(),
                    TopK.largest(byNeuron.row(i), tokens),
                    TopK.largest(out, tokens),
                    TopK.smallest(out, tokens)));
        }
        return new StrongNeurons(neurons);
    }
}
