package app.headlight.engine.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.ReferenceModel;
import app.headlight.engine.transformer.Edit;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogitEffectTest {

    private static final int[] SENTENCE = {4, 9, 4, 30, 12, 9, 1};

    @ParameterizedTest
    @ValueSource(
            strings = {
                "random-0l",
                "random-2l-lnpre-biases",
                "random-2l-shortformer-biases",
                "random-3l-standard",
                "storybook-2l-torch"
            })
    void effectsOfAllHeadsAndOfTheRestAddUpToTheLogit(String name) {
        ReferenceModel reference = ReferenceModel.load(name);
        Transformer model = reference.model();
        Run run = model.run(SENTENCE);
        LogitEffect effect = LogitEffect.of(model, run);
        FMatrixRMaj rest = logitsOfEmbeddingAndBiases(model, run);
        for (int t = 0; t < SENTENCE.length; t++) {
            int target = effect.target(t);
            double sum = rest.get(t, target) - mean(rest, t);
            for (HeadId head : reference.heads()) {
                FMatrixRMaj effects = effect.of(head).copy();
                for (int s = 0; s < SENTENCE.length; s++) {
                    sum += effects.get(t, s);
                }
            }
            assertThat(sum)
                    .isCloseTo(run.logits().get(t, target) - mean(run.logits().copy(), t), within(1e-3));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"random-2l-lnpre-biases", "random-2l-shortformer-biases", "storybook-2l-torch"})
    void aLinesEffectIsItsShareInTheAttribution(String name) {
        Transformer model = ReferenceModel.load(name).model();
        Run run = model.run(SENTENCE);
        LogitEffect effect = LogitEffect.of(model, run);
        HeadId head = new HeadId(1, 1);
        int token = 30;
        double[] overMean = shares(model, run, head, LogitDirection.overMean(model, run, 5, token));
        double[] alone = shares(model, run, head, LogitDirection.logit(model, run, 5, token));
        for (int s = 0; s <= 5; s++) {
            double raised = effect.row(head, 5, s)[token];
            assertThat(raised).isCloseTo(overMean[s], within(1e-4));
            assertThat(raised + effect.common(head, 5, s)).isCloseTo(alone[s], within(1e-4));
        }
        assertThat(LogitDirection.overMean(model, run, 5, token).value())
                .isCloseTo(run.logits().get(5, token) - mean(run.logits().copy(), 5), within(1e-4));
    }

    private static double[] shares(Transformer model, Run run, HeadId head, LogitDirection direction) {
        LogitAttribution split = LogitAttribution.of(model, run, direction);
        assertThat(split.sum()).isCloseTo(direction.value(), within(1e-3));
        return split.heads().stream()
                .filter(share -> share.head().equals(head))
                .findFirst()
                .orElseThrow()
                .bySource();
    }

    @Test
    void targetsAreTheNextTokensAndAtLastTheLikeliest() {
        Transformer model = ReferenceModel.load("random-3l-standard").model();
        Run run = model.run(SENTENCE);
        LogitEffect effect = LogitEffect.of(model, run);
        assertThat(effect.target(0)).isEqualTo(9);
        assertThat(effect.target(5)).isEqualTo(1);
        float[] last = run.logits().row(6);
        for (float logit : last) {
            assertThat(logit).isLessThanOrEqualTo(last[effect.target(6)]);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"random-2l-lnpre-biases", "random-3l-standard"})
    void rowHoldsTheEffectOnEveryTokenAndHasMeanZero(String name) {
        Transformer model = ReferenceModel.load(name).model();
        LogitEffect effect = LogitEffect.of(model, model.run(SENTENCE));
        HeadId head = new HeadId(1, 1);
        FMatrixRMaj effects = effect.of(head).copy();
        for (int t = 0; t < SENTENCE.length; t++) {
            for (int s = 0; s < SENTENCE.length; s++) {
                float[] row = effect.row(head, t, s);
                assertThat(row[effect.target(t)]).isCloseTo(effects.get(t, s), within(1e-4f));
                double sum = 0;
                for (float x : row) {
                    sum += x;
                }
                assertThat(sum).isCloseTo(0, within(1e-4));
            }
        }
    }

    @Test
    void aHeadWhoseOutputIsTakenAwayHasNoEffect() {
        Transformer model = ReferenceModel.load("random-3l-standard").model();
        HeadId head = new HeadId(0, 1);
        Run run = model.run(SENTENCE, List.of(Edit.zero(head)));
        LogitEffect effect = LogitEffect.of(model, run);
        assertThat(effect.of(head).toArray()).containsOnly(0f);
        assertThat(effect.of(new HeadId(0, 0)).toArray())
                .isNotEqualTo(effect.of(head).toArray());
        assertThat(ValueWeighting.of(model, run, head).sourceNorms()).containsOnly(0f);
    }

    /** The final norm, with the scale that the whole stream has there, of everything but the heads; and b_U. */
    private static FMatrixRMaj logitsOfEmbeddingAndBiases(Transformer model, Run run) {
        FMatrixRMaj stream = run.residual(0).copy();
        int dModel = stream.numCols;
        for (var layer : model.weights().layers()) {
            for (int i = 0; i < stream.data.length; i++) {
                stream.data[i] += layer.bO()[i % dModel];
            }
        }
        if (model.config().norm() == Norm.LN_PRE) {
            float[] scale = run.normScale(model.config().nLayers());
            for (int t = 0; t < stream.numRows; t++) {
                double mean = mean(stream, t);
                for (int d = 0; d < dModel; d++) {
                    stream.set(t, d, (float) ((stream.get(t, d) - mean) * scale[t]));
                }
            }
        }
        FMatrixRMaj logits = CommonOps_FDRM.mult(stream, model.weights().wU(), null);
        for (int i = 0; i < logits.data.length; i++) {
            logits.data[i] += model.weights().bU()[i % logits.numCols];
        }
        return logits;
    }

    private static double mean(FMatrixRMaj matrix, int row) {
        double sum = 0;
        for (int j = 0; j < matrix.numCols; j++) {
            sum += matrix.get(row, j);
        }
        return sum / matrix.numCols;
    }
}
