package app.headlight.web.api;

import app.headlight.engine.circuits.ValueWeighting;
import app.headlight.engine.residual.LogitLens;
import app.headlight.engine.residual.Pca;
import app.headlight.engine.residual.StreamNorms;
import app.headlight.engine.tensor.TopK;
import app.headlight.engine.text.Piece;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.Prompt;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The answer with the numbers of a run. T tokens, V vocabulary, L layers, H heads.
 *
 * @param loss of positions 0 to T−2, in nats
 * @param logitsLast [V]
 * @param logitsSumByPosition [T]
 * @param top5ByPosition [T, 5] of id and log-probability
 * @param pattern [L, H, T, T]
 * @param residNorm [L+1, T]
 * @param resultNorm [L, H, T]
 * @param logitLensTop5 [L+1, T, 5] of ids
 * @param residualPcaExplained shares of the variance of up to five principal components
 * @param valueWeightedRowLast for each head the last row of the value-weighted pattern, [T]
 */
record RunAnswer(
        @Nullable String text,
        int[] tokens,
        List<String> pieces,
        double[] loss,
        @JsonProperty("logits_last") float[] logitsLast,
        @JsonProperty("logits_sum_by_position") double[] logitsSumByPosition,
        @JsonProperty("top5_by_position") List<List<List<Number>>> top5ByPosition,
        float[][][][] pattern,
        @JsonProperty("resid_norm") double[][] residNorm,
        @JsonProperty("result_norm") double[][][] resultNorm,
        @JsonProperty("logit_lens_top5") List<List<List<Integer>>> logitLensTop5,
        @JsonProperty("residual_pca_explained") List<Double> residualPcaExplained,
        @JsonProperty("value_weighted_row_last") Map<String, float[]> valueWeightedRowLast) {

    private static final int TOP = 5;

    static RunAnswer of(OpenModel model, @Nullable String text, Prompt prompt, Run run) {
        Config config = run.config();
        int last = run.length() - 1;
        float[][][][] pattern = new float[config.nLayers()][config.nHeads()][][];
        double[][][] resultNorm = new double[config.nLayers()][config.nHeads()][];
        Map<String, float[]> weighted = new LinkedHashMap<>();
        for (HeadId head : model.transformer().heads()) {
            pattern[head.layer()][head.head()] = rows(run.pattern(head));
            resultNorm[head.layer()][head.head()] = norms(run.result(head));
            weighted.put(
                    head.toString(),
                    row(ValueWeighting.of(model.transformer(), run, head).pattern(), last));
        }
        List<List<List<Integer>>> lens = LogitLens.of(model.transformer(), run, TOP).cells().stream()
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
                run.loss(),
                row(run.logits(), last),
                sums(run.logits()),
                top(run),
                pattern,
                StreamNorms.of(run).norms(),
                resultNorm,
                lens,
                Pca.of(run, TOP).explained(),
                weighted);
    }

    private static List<List<List<Number>>> top(Run run) {
        List<List<List<Number>>> top = new ArrayList<>();
        for (int t = 0; t < run.length(); t++) {
            double logSum = run.logSum()[t];
            top.add(TopK.largest(row(run.logits(), t), TOP).stream()
                    .map(best -> List.<Number>of(best.index(), best.value() - logSum))
                    .toList());
        }
        return top;
    }

    private static double[] sums(FMatrixRMaj matrix) {
        double[] sums = new double[matrix.numRows];
        for (int i = 0; i < matrix.data.length; i++) {
            sums[i / matrix.numCols] += matrix.data[i];
        }
        return sums;
    }

    private static double[] norms(FMatrixRMaj matrix) {
        double[] norms = new double[matrix.numRows];
        for (int i = 0; i < matrix.data.length; i++) {
            norms[i / matrix.numCols] += (double) matrix.data[i] * matrix.data[i];
        }
        return Arrays.stream(norms).map(Math::sqrt).toArray();
    }

    private static float[][] rows(FMatrixRMaj matrix) {
        float[][] rows = new float[matrix.numRows][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row(matrix, i);
        }
        return rows;
    }

    private static float[] row(FMatrixRMaj matrix, int index) {
        return Arrays.copyOfRange(matrix.data, index * matrix.numCols, (index + 1) * matrix.numCols);
    }
}
