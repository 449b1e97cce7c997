package app.headlight.engine.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.circuits.LogitAttribution.HeadShare;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Edit;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Positions;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Direct logit attribution, and gradient times pattern. */
class AttributionTest {

    static Stream<Config> configs() {
        return RandomModels.configs();
    }

    @ParameterizedTest
    @MethodSource("configs")
    void sharesAddUpToTheModelsFigure(Config config) {
        Transformer model = model(config);
        Run run = run(model);
        for (LogitDirection direction : List.of(
                LogitDirection.logit(model, run, 5, 4),
                LogitDirection.difference(model, run, 3, 4, 9),
                LogitDirection.logProbability(model, run, 6, 2))) {
            LogitAttribution attribution = LogitAttribution.of(model, run, direction);
            assertThat(attribution.sum()).isCloseTo(direction.value(), within(1e-4 * Math.max(1, size(attribution))));
            assertThat(attribution.heads()).extracting(HeadShare::head).containsExactlyElementsOf(model.heads());
            for (HeadShare share : attribution.heads()) {
                assertThat(Arrays.stream(share.bySource()).sum()).isCloseTo(share.value(), within(1e-9));
            }
        }
    }

    @Test
    void aShareIsWhatTheHeadWroteAlongTheDirection() {
        Transformer model = model(RandomModels.config(3, Positions.STANDARD, Norm.NONE));
        Run run = run(model);
        LogitDirection difference = LogitDirection.difference(model, run, 5, 4, 9);
        for (HeadShare share : LogitAttribution.of(model, run, difference).heads()) {
            double along = 0;
            for (int d = 0; d < model.config().dModel(); d++) {
                along += run.result(share.head()).get(5, d)
                        * (model.weights().wU().get(d, 4) - model.weights().wU().get(d, 9));
            }
            assertThat(share.value()).isCloseTo(along, within(1e-4));
        }
    }

    @ParameterizedTest
    @MethodSource("configs")
    void inTheLastLayerTheGradientIsTheDirectEffect(Config config) {
        if (config.norm() != Norm.NONE || config.nLayers() == 0) {
            return; // the scale of a norm changes with what it scales
        }
        Transformer model = model(config);
        Run run = run(model);
        PatternGradient gradient = PatternGradient.ofDifference(model, run, 5, 4, 9);
        for (HeadShare share : LogitAttribution.of(model, run, LogitDirection.difference(model, run, 5, 4, 9))
                .heads()) {
            FMatrixRMaj weighted = gradient.weighted().get(share.head()).copy();
            assertThat(weighted.numRows).isEqualTo(6);
            for (int s = 0; share.head().layer() == config.nLayers() - 1 && s <= 5; s++) {
                assertThat((double) weighted.get(5, s)).isCloseTo(share.bySource()[s], within(1e-4));
                assertThat(weighted.get(4, s)).isEqualTo(0, within(1e-6f));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("configs")
    void theMeanLossIsTheMeanOfTheLogProbabilities(Config config) {
        Transformer model = model(config);
        Run run = run(model);
        PatternGradient ofLoss = PatternGradient.ofMeanLoss(model, run);
        assertThat(ofLoss.gradients().keySet()).containsExactlyElementsOf(model.heads());
        for (HeadId head : model.heads()) {
            FMatrixRMaj sum = new FMatrixRMaj(6, 6);
            for (int t = 0; t < 6; t++) {
                FMatrixRMaj one = PatternGradient.ofLogProbability(model, run, t, run.tokens()[t + 1])
                        .gradients()
                        .get(head)
                        .copy();
                for (int i = 0; i < one.data.length; i++) {
                    sum.data[i / (t + 1) * 6 + i % (t + 1)] -= one.data[i] / 6;
                }
            }
            assertThat(ofLoss.gradients().get(head).toArray()).containsExactly(sum.data, within(1e-4f));
            for (int i = 0; i < 36; i++) {
                assertThat(ofLoss.weighted().get(head).toArray()[i])
                        .isEqualTo(sum.data[i] * run.pattern(head).get(i / 6, i % 6), within(1e-4f));
            }
        }
    }

    @Test
    void saysWhatHasNoGradient() {
        Transformer model = model(RandomModels.config(1, Positions.NONE, Norm.NONE));
        Run run = run(model);
        assertThatThrownBy(() -> PatternGradient.ofMeanLoss(model, model.run(new int[] {1})))
                .hasMessageContaining("two at least");
        assertThatThrownBy(() -> PatternGradient.ofLogProbability(model, run, 7, 0))
                .hasMessageContaining("position 7");
        assertThatThrownBy(() -> PatternGradient.ofLogProbability(model, run, 0, 23))
                .hasMessageContaining("token 23");
        Run edited = model.run(run.tokens(), List.of(Edit.zero(new HeadId(0, 0))));
        assertThatThrownBy(() -> PatternGradient.ofMeanLoss(model, edited)).hasMessageContaining("edits");
    }

    private static double size(LogitAttribution attribution) {
        return attribution.heads().stream()
                        .mapToDouble(share -> Math.abs(share.value()))
                        .sum()
                / 10;
    }

    private static Run run(Transformer model) {
        return model.run(RandomModels.tokens(model.config(), 7, 3));
    }

    private static Transformer model(Config config) {
        return new Transformer(config, RandomModels.weights(config, 12), MatrixProducts.fastest());
    }
}
