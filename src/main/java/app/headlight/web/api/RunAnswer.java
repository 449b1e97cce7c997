package app.headlight.web.api;

import app.headlight.engine.residual.LogitLens;
import app.headlight.engine.residual.Prediction;
import app.headlight.engine.residual.RunChange;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.text.Piece;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Run;
import app.headlight.services.models.Prompt;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The answer with the numbers of a run. T tokens, V vocabulary, L layers, H heads.
 *
 * @param edits as they were asked for, with TransformerLens's names of the sites
 * @param effect what the edits change; left out where there are none
 * @param loss of positions 0 to T−2, in nats
 * @param logitsLast [V]
 * @param logitsSumByPosition [T]
 * @param top5ByPosition [T, 5] of id and log-probability
 * @param pattern [L, H, T, T]
 * @param residNorm [L+1, T]
 * @param resultNorm [L, H, T]
 * @param mlpOutNorm [L, T], b_out included; left out where the model has no MLPs
 * @param logitLensTop5 [L+1, T, 5] of ids
 * @param residualPcaExplained shares of the variance of up to five principal components
 * @param valueWeightedRowLast for each head the last row of the value-weighted pattern, [T]
 */
record RunAnswer(
        @Nullable String text,
        int[] tokens,
        List<String> pieces,
        List<EditRequest> edits,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Effect effect,
        double[] loss,
        @JsonProperty("logits_last") float[] logitsLast,
        @JsonProperty("logits_sum_by_position") double[] logitsSumByPosition,
        @JsonProperty("top5_by_position") List<List<List<Number>>> top5ByPosition,
        float[][][][] pattern,
        @JsonProperty("resid_norm") double[][] residNorm,
        @JsonProperty("result_norm") double[][][] resultNorm,

        @JsonProperty("mlp_out_norm") @JsonInclude(JsonInclude.Include.NON_NULL)
        double @Nullable [][] mlpOutNorm,

        @JsonProperty("logit_lens_top5") List<List<List<Integer>>> logitLensTop5,
        @JsonProperty("residual_pca_explained") List<Double> residualPcaExplained,
        @JsonProperty("value_weighted_row_last") Map<String, float[]> valueWeightedRowLast) {

    /**
     * By how much the run differs from the same without its edits.
     *
     * @param lossChange of positions 0 to T−2, in nats
     * @param kl KL(without ‖ with) of the predictions at each position, in nats, [T]
     */
    record Effect(@JsonProperty("loss_change") double[] lossChange, double[] kl) {

        static Effect of(RunChange change) {
            return new Effect(change.loss(), change.kl());
        }
    }

    /** @param plain the run without the edits; the same run where there are none */
    static RunAnswer of(
            @Nullable String text, Prompt prompt, List<EditRequest> edits, Run run, Run plain, RunFigures figures) {
        Config config = run.config();
        float[][][][] pattern = new float[config.nLayers()][config.nHeads()][][];
        double[][][] resultNorm = new double[config.nLayers()][config.nHeads()][];
        Map<String, float[]> weighted = new LinkedHashMap<>();
        figures.lastRows().forEach((head, row) -> {
            pattern[head.layer()][head.head()] = rows(run.pattern(head));
            resultNorm[head.layer()][head.head()] = run.result(head).rowNorms();
            weighted.put(head.toString(), row.toArray());
        });
        List<List<List<Integer>>> lens = figures.lens().cells().stream()
                .map(stage -> stage.stream()
                        .map(cell -> cell.top().stream()
                                .map(LogitLens.TokenProbability::token)
                                .toList())
                        .toList())
                .toList();
        return new RunAnswer(
                text,
                run.tokens(),
                prompt.pieces().stream().map(Piece::text).toList(),
                edits,
                edits.isEmpty() ? null : Effect.of(RunChange.of(plain, run)),
                run.loss(),
                run.logits().row(run.length() - 1),
                run.logits().rowSums(),
                top(run),
                pattern,
                figures.norms().norms(),
                resultNorm,
                mlpOutNorm(run),
                lens,
                figures.pca().explained(),
                weighted);
    }

    private static double @Nullable [][] mlpOutNorm(Run run) {
        return run.config().mlp() == null
                ? null
                : IntStream.range(0, run.config().nLayers())
                        .mapToObj(layer -> run.mlpOut(layer).rowNorms())
                        .toArray(double[][]::new);
    }

    private static List<List<List<Number>>> top(Run run) {
        List<List<List<Number>>> top = new ArrayList<>();
        for (int t = 0; t < run.length(); t++) {
            Prediction next = Prediction.at(run, t);
            top.add(next.likeliest(RunFigures.TOP).stream()
                    .map(best -> List.<Number>of(best.token(), next.logProbability(best.token())))
                    .toList());
        }
        return top;
    }

    private static float[][] rows(Matrix matrix) {
        return IntStream.range(0, matrix.rows()).mapToObj(matrix::row).toArray(float[][]::new);
    }
}
