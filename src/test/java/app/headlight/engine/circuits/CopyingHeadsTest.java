package app.headlight.engine.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.InductionByHand;
import app.headlight.engine.transformer.Positions;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import app.headlight.engine.transformer.Weights;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CopyingHeadsTest {

    private static final HeadId HEAD = new HeadId(0, 0);

    static Stream<Config> configs() {
        return RandomModels.configs();
    }

    @ParameterizedTest
    @ValueSource(floats = {2, -2})
    void aHeadThatRaisesWhatItReadsScoresOneAndOneThatLowersItMinusOne(float sign) {
        Config config = Config.builder()
                .sizes(1, 12, 1, 12, 12, 12)
                .positions(Positions.NONE)
                .build();
        Weights weights = Weights.zeros(config);
        for (int v = 0; v < 12; v++) {
            weights.wE().set(v, v, 1);
            weights.wU().set(v, v, 1);
            weights.layers().getFirst().wQ().set(v, v, 20); // attends to the same token, so to itself alone
            weights.layers().getFirst().wK().set(v, v, 20);
            weights.layers().getFirst().wV().set(v, v, 1);
            weights.layers().getFirst().wO().set(v, v, sign);
        }
        Transformer model = new Transformer(config, weights, MatrixProducts.fastest());
        RepeatedTokens texts = RepeatedTokens.of(config, 6, 3, 1);
        assertThat(CopyingHeads.of(model, texts, Progress.UNWATCHED).get(HEAD))
                .isCloseTo(Math.signum(sign), within(1e-6));
    }

    @ParameterizedTest
    @MethodSource("configs")
    void ranksAreThoseOfTheLogitsThatTheHeadAdds(Config config) {
        Transformer model = new Transformer(config, RandomModels.weights(config, 12), MatrixProducts.fastest());
        Run run = model.run(RandomModels.tokens(config, 7, 3));
        Map<HeadId, Double> scores = CopyingHeads.of(model, run);
        assertThat(scores.keySet()).containsExactlyElementsOf(model.heads());
        LogitEffect effect = LogitEffect.of(model, run);
        for (HeadId head : model.heads()) {
            double sum = 0;
            for (int t = 0; t < 7; t++) {
                float[] logits = new float[config.dVocab()];
                for (int s = 0; s <= t; s++) {
                    float[] row = effect.row(head, t, s);
                    for (int v = 0; v < row.length; v++) {
                        logits[v] += row[v];
                    }
                }
                for (int s = 0; s <= t; s++) {
                    int above = 0;
                    for (float logit : logits) {
                        above += logit > logits[run.tokens()[s]] ? 1 : 0;
                    }
                    sum += run.pattern(head).get(t, s) * (1 - 2.0 * above / (logits.length - 1)) / 7;
                }
            }
            assertThat(scores.get(head)).isCloseTo(sum, within(1e-5));
        }
    }

    @Test
    void ofTheHeadsMadeByHandTheInductionHeadCopiesMost() {
        Transformer model =
                new Transformer(InductionByHand.config(), InductionByHand.weights(), MatrixProducts.fastest());
        RepeatedTokens texts = RepeatedTokens.of(model.config());
        Map<HeadId, Double> scores = CopyingHeads.of(model, texts, Progress.UNWATCHED);
        HeadId induction = Collections.max(
                        DetectorScores.of(model, texts).entrySet(),
                        Comparator.comparingDouble(head -> head.getValue().induction()))
                .getKey();
        scores.forEach((head, score) -> {
            if (head.equals(induction)) {
                assertThat(score).isGreaterThan(0.3); // in the first half there is nothing to copy yet
            } else {
                assertThat(score).isLessThan(scores.get(induction));
            }
        });
    }
}
