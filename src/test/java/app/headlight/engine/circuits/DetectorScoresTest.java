package app.headlight.engine.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.ReferenceModel;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Hooks;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.Transformer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

    static Stream<Config> kinds() {
        return RandomModels.kinds();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void ofManyTextsAtOnceTheyAreTheMeansOfARunOfEach(Config config) {
        Transformer model = new Transformer(config, RandomModels.weights(config, 3), MatrixProducts.fastest());
        RepeatedTokens texts = RepeatedTokens.of(config, 3, 7, 1);
        Map<HeadId, DetectorScores> found = DetectorScores.of(model, texts);
        for (HeadId head : model.heads()) {
            double induction = texts.sequences().stream()
                    .mapToDouble(text ->
                            DetectorScores.of(model.run(text), 3).get(head).induction())
                    .average()
                    .orElseThrow();
            assertThat(found.get(head).induction()).as(head.toString()).isCloseTo(induction, within(1e-6));
        }
    }

    @Test
    void textsThatAreWatchedTogetherAreOfOneLength() {
        Transformer model = ReferenceModel.load("storybook-2l-torch").model();
        assertThatThrownBy(() -> model.watch(List.of(new int[] {1, 2}, new int[] {1}), Hooks.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContainingAll("1 tokens", "expected 2");
    }

    @Test
    void aModelWithoutHeadsHasNoScores() {
        Transformer model = ReferenceModel.load("random-0l").model();
        assertThat(DetectorScores.of(model, RepeatedTokens.of(model.config()))).isEmpty();
    }

    @Test
    void onATextThatRepeatsOnceTheyAreThoseOfThePeriod() {
        Transformer model = ReferenceModel.load("storybook-2l-torch").model();
        RepeatedTokens texts = RepeatedTokens.of(model.config());
        Map<HeadId, DetectorScores> known = DetectorScores.of(model, texts);
        Map<HeadId, DetectorScores> onText = DetectorScores.onText(model, texts.sequences(), Progress.UNWATCHED);
        assertThat(onText.keySet()).isEqualTo(known.keySet());
        known.forEach((head, scores) -> {
            assertThat(onText.get(head).duplicate()).isCloseTo(scores.duplicate(), within(1e-7));
            assertThat(onText.get(head).induction()).isCloseTo(scores.induction(), within(1e-7));
            assertThat(onText.get(head).previous()).isCloseTo(scores.previous(), within(0.1)); // over both halves
        });
    }

    @Test
    void aTokenThatReturnsMoreThanOnceIsLookedForWhereverItWas() {
        Transformer model = ReferenceModel.load("random-3l-standard").model();
        int[] text = {4, 2, 4, 5, 4, 4};
        HeadId head = new HeadId(1, 1);
        DetectorScores scores =
                DetectorScores.onText(model, List.of(text), Progress.UNWATCHED).get(head);
        FMatrixRMaj a = model.run(text).pattern(head).copy();
        // Token 4 returns at 2 (from 0), 4 (from 0, 2) and 5 (from 0, 2, 4).
        double duplicate = a.get(2, 0) + a.get(4, 0) + a.get(4, 2) + a.get(5, 0) + a.get(5, 2) + a.get(5, 4);
        double induction = a.get(2, 1) + a.get(4, 1) + a.get(4, 3) + a.get(5, 1) + a.get(5, 3);
        assertThat(scores.duplicate()).isCloseTo(duplicate / 3, within(1e-6));
        assertThat(scores.induction()).isCloseTo(induction / 3, within(1e-6));
        double previous = 0;
        double first = 0;
        for (int t = 1; t < 6; t++) {
            previous += a.get(t, t - 1) / 5;
            first += a.get(t, 0) / 5;
        }
        assertThat(scores.previous()).isCloseTo(previous, within(1e-6));
        assertThat(scores.first()).isCloseTo(first, within(1e-6));
        DetectorScores none = DetectorScores.onText(model, List.of(new int[] {1, 2, 3}), Progress.UNWATCHED)
                .get(head);
        assertThat(none.duplicate()).isNaN();
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
        return Config.builder()
                .sizes(1, 8, 2, 4, 40, nCtx)
                .prependBos(beginning != null)
                .bosToken(beginning)
                .build();
    }
}
