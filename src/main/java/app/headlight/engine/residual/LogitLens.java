package app.headlight.engine.residual;

import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * The logit lens: what the model would predict after each layer, every x_l through the final norm and W_U + b_U
 * (nostalgebraist 2020, "interpreting GPT: the logit lens").
 *
 * @param cells by layer 0..L and position 0..T-1
 */
public record LogitLens(List<List<Cell>> cells) {

    // Enough rows at once for a fast product, few enough that their logits stay small: 64 V floats.
    private static final int ROWS_AT_ONCE = 64;

    /**
     * One layer's prediction at one position.
     *
     * @param top the likeliest tokens with their probabilities, the likeliest first
     * @param rank of the token that comes next in the text, 1 for the likeliest; empty at the last position
     * @param probability of that token; NaN at the last position
     * @param divergence KL(final ‖ this) in nats: how far the prediction is from the final one; 0 after the last layer
     */
    public record Cell(List<TokenProbability> top, OptionalInt rank, double probability, double divergence) {}

    /** A token and how likely it is, in [0, 1]. */
    public record TokenProbability(int token, double probability) {}

    /** Copies the lists. */
    public LogitLens {
        cells = cells.stream().map(List::copyOf).toList();
    }

    /** Computes every layer and position of a run of {@code model}, with the {@code k} likeliest tokens of each. */
    public static LogitLens of(Transformer model, Run run, int k) {
        int layers = run.config().nLayers() + 1;
        Cell[][] cells = new Cell[layers][run.length()];
        int positionsAtOnce = Math.max(1, ROWS_AT_ONCE / layers);
        for (int from = 0; from < run.length(); from += positionsAtOnce) {
            int first = from;
            int to = Math.min(run.length(), from + positionsAtOnce);
            FMatrixRMaj logits = model.unembed(model.normalised(stream(run, from, to)));
            IntStream.range(from, to).parallel().forEach(t -> {
                int row = (t - first) * layers;
                Prediction last = Prediction.of(logits, row + layers - 1);
                double[] probabilities = last.probabilities();
                for (int l = 0; l < layers; l++) {
                    Prediction here = Prediction.of(logits, row + l);
                    cells[l][t] = cell(here, here.divergence(last, probabilities), run, t, k);
                }
            });
        }
        return new LogitLens(Arrays.stream(cells).map(List::of).toList());
    }

    /** The cell of x_{@code layer} at a position. */
    public Cell at(int layer, int position) {
        return cells.get(layer).get(position);
    }

    private static Cell cell(Prediction here, double divergence, Run run, int t, int k) {
        List<TokenProbability> top = here.likeliest(k);
        if (t + 1 == run.length()) {
            return new Cell(top, OptionalInt.empty(), Double.NaN, divergence);
        }
        int next = run.tokens()[t + 1];
        return new Cell(top, OptionalInt.of(here.rank(next)), here.probability(next), divergence);
    }

    /**
     * The stream at positions {@code from..to-1}, {@code [(to-from) (L+1), D]}: all layers of a position together.
     */
    private static FMatrixRMaj stream(Run run, int from, int to) {
        int layers = run.config().nLayers() + 1;
        int dModel = run.config().dModel();
        FMatrixRMaj stream = new FMatrixRMaj((to - from) * layers, dModel);
        for (int row = 0; row < stream.numRows; row++) {
            int t = from + row / layers;
            int l = row % layers;
            run.residual(l).copyRow(t, stream.data, row * dModel);
        }
        return stream;
    }
}
