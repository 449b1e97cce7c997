package app.headlight.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.ReferenceModel;
import app.headlight.transformer.Config;
import app.headlight.transformer.HeadId;
import app.headlight.transformer.Norm;
import app.headlight.transformer.Positions;
import app.headlight.transformer.Transformer;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DetectorScoresTest {

    @Test
    void findTheKnownHeadsOfTheStorybookModel() {
        Transformer model = ReferenceModel.load("storybook-2l-torch").model();
        Map<HeadId, DetectorScores> scores = DetectorScores.of(model, RepeatedTokens.of(model.config()));
        assertThat(scores).hasSize(8);
        assertThat(scores.get(new HeadId(0, 1)).previous()).isGreaterThan(0.9);
        assertThat(scores.get(new HeadId(1, 2)).induction()).isGreaterThan(0.7);
        assertThat(scores.get(new HeadId(1, 3)).induction()).isGreaterThan(0.7);
        assertThat(scores.get(new HeadId(0, 0)).induction()).isLessThan(0.1);
    }

    @Test
    void aModelWithoutHeadsHasNoScores() {
        Transformer model = ReferenceModel.load("random-0l").model();
        assertThat(DetectorScores.of(model, RepeatedTokens.of(model.config()))).isEmpty();
    }

    @Test
    void textsRepeatAfterThePeriodAndAreTheSameAtEveryCall() {
        Config config = config(256, null);
        RepeatedTokens texts = RepeatedTokens.of(config);
        assertThat(texts.period()).isEqualTo(50);
        assertThat(texts.sequences()).hasSize(10);
        for (int i = 0; i < 10; i++) {
            int[] text = texts.sequences().get(i);
            assertThat(text)
                    .hasSize(100)
                    .isEqualTo(RepeatedTokens.of(config).sequences().get(i));
            assertThat(Arrays.copyOfRange(text, 0, 50)).isEqualTo(Arrays.copyOfRange(text, 50, 100));
        }
        assertThat(texts.sequences().get(0)).isNotEqualTo(texts.sequences().get(1));
    }

    @Test
    void textsBeginAsTheModelWantsAndFitItsContext() {
        RepeatedTokens texts = RepeatedTokens.of(config(32, 7));
        assertThat(texts.period()).isEqualTo(15);
        for (int[] text : texts.sequences()) {
            assertThat(text).hasSize(31).startsWith(7);
            assertThat(Arrays.copyOfRange(text, 1, 16)).isEqualTo(Arrays.copyOfRange(text, 16, 31));
        }
    }

    @Test
    void refusesATextThatDoesNotFit() {
        assertThatThrownBy(() -> RepeatedTokens.of(config(32, 7), 16, 1, 0))
                .hasMessageContaining("33 tokens in a context of 32");
        Transformer model = ReferenceModel.load("random-3l-standard").model();
        assertThatThrownBy(() -> DetectorScores.of(model.run(new int[] {1, 2, 3}), 2))
                .hasMessageContaining("period of 2")
                .hasMessageContaining("3 tokens");
    }

    private static Config config(int nCtx, Integer beginning) {
        return new Config(1, 8, 2, 4, 40, nCtx, Positions.STANDARD, Norm.NONE, 1e-5, beginning != null, beginning);
    }
}
