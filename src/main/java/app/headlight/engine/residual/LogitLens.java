package app.headlight.engine.residual;

import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * The logit lens: what the model would predict if it stopped at a stage of the stream, which goes through the final norm
 * and W_U + b_U (nostalgebraist 2020, "interpreting GPT: the logit lens").
 *
 * @param cells by stage and position 0..T-1
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

    /** Computes x_0 to x_L at every position of a run of {@code model}, with the {@code k} likeliest tokens of each. */
    public static LogitLens of(Transformer model, Run run, int k) {
        return of(model, run, k, Stage.layers(run.config()));
    }

    /** The same at chosen stages, the last of which is after the last layer. */
    public static LogitLens of(Transformer model, Run run, int k, List<Stage> stages) {
        List<Matrix> streams = stages.stream().map(stage -> stage.stream(run)).toList();
        int rows = streams.size();
        Cell[][] cells = new Cell[rows][run.length()];
        int positionsAtOnce = Math.max(1, ROWS_AT_ONCE / rows);
        for (int from = 0; from < run.length(); from += positionsAtOnce) {
            int first = from;
            int to = Math.min(run.length(), from + positionsAtOnce);
            FMatrixRMaj logits = model.unembed(model.normalised(together(streams, from, to)));
            IntStream.range(from, to).parallel().forEach(t -> {
                int row = (t - first) * rows;
                Prediction last = Prediction.of(logits, row + rows - 1);
                double[] probabilities = last.probabilities();
                for (int stage = 0; stage < rows; stage++) {
                    Prediction here = Prediction.of(logits, row + stage);
                    cells[stage][t] = cell(here, here.divergence(last, probabilities), run, t, k);
                }
            });
        }
        return new LogitLens(Arrays.stream(cells).map(List::of).toList());
    }

    /** The cell of a stage, by its place in the list, at a position. */
    public Cell at(int stage, int position) {
        return cells.get(stage).get(position);
    }

    private static Cell cell(Prediction here, double divergence, Run run, int t, int k) {
        List<TokenProbability> top = here.likeliest(k);
        if (t + 1 == run.length()) {
            return new Cell(top, OptionalInt.empty(), Double.NaN, divergence);
        }
        int next = run.tokens()[t + 1];
        return new Cell(top, OptionalInt.of(here.rank(next)), here.probability(next), divergence);
    }

    /** The stream at positions {@code from..to-1}, {@code [(to-from) stages, D]}: all stages of a position together. */
    private static FMatrixRMaj together(List<Matrix> streams, int from, int to) {
        int stages = streams.size();
        FMatrixRMaj rows =
                new FMatrixRMaj((to - from) * stages, streams.getFirst().columns());
        for (int row = 0; row < rows.numRows; row++) {
            streams.get(row % stages).copyRow(from + row / stages, rows.data, row * rows.numCols);
        }
        return rows;
    }
}
