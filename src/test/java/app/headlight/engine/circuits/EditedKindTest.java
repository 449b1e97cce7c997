package app.headlight.engine.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.EjmlProducts;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Edit;
import app.headlight.engine.transformer.Edit.At;
import app.headlight.engine.transformer.FrozenNorm;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Site.Kind;
import app.headlight.engine.transformer.Transformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What splits scores and logits tells the truth of runs with edits too, whatever the model's kind. */
class EditedKindTest {

    private static final HeadId HEAD = new HeadId(0, 1);
    private static final int AT = 5;

    static Stream<Config> kinds() {
        return RandomModels.kinds();
    }

    private static Transformer model(Config config) {
        return new Transformer(config, RandomModels.weights(config, 5), new EjmlProducts());
    }

    private static int[] tokens(Transformer model) {
        return RandomModels.tokens(model.config(), 7, 3);
    }

    /** Edits that take something away, or make it larger, and put nothing of their own in. */
    private static List<Edit> takingAway(Config config) {
        Site result = Site.of(Kind.RESULT, HEAD);
        List<Edit> edits = new ArrayList<>(List.of(
                Edit.zero(HEAD),
                new Edit.Zero(result, At.position(AT)),
                new Edit.Zero(Site.of(Kind.Z, HEAD), At.ALL),
                new Edit.Scale(result, At.ALL, -0.5f),
                new Edit.Scale(Site.of(Kind.Z, HEAD), At.position(AT), 3),
                new Edit.Scale(Site.of(Kind.V, HEAD), At.ALL, 2),
                Edit.cut(HEAD, AT, 3),
                new Edit.Cut(HEAD, AT, 3, true),
                new Edit.Scale(Site.of(Kind.Q, HEAD), At.ALL, 0),
                new Edit.Zero(Site.of(Kind.ATTN_OUT, 0), At.ALL),
                new Edit.Scale(Site.of(Kind.RESID_PRE, 1), At.position(AT), 0.25f),
                new Edit.Zero(Site.of(Kind.RESID_POST, 0), At.ALL),
                new Edit.Zero(Site.of(Kind.EMBED), At.position(2))));
        if (config.mlp() != null) {
            edits.add(new Edit.Zero(Site.of(Kind.MLP_OUT, 0), At.ALL));
            edits.add(new Edit.Scale(Site.of(Kind.MLP_POST, 0), At.ALL, 2));
            edits.add(new Edit.Zero(Site.of(Kind.MLP_IN, 1), At.position(AT)));
            if (!config.parallel()) {
                edits.add(new Edit.Scale(Site.of(Kind.RESID_MID, 1), At.ALL, 2));
            }
        }
        return edits;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void sharesSumToTheLogitWhereAnEditPutsNothingIn(Config config) {
        Transformer model = model(config);
        for (Edit edit : takingAway(config)) {
            Run run = model.run(tokens(model), List.of(edit));
            LogitDirection direction = LogitDirection.difference(model, run, AT, 3, 8);
            LogitAttribution split = LogitAttribution.of(model, run, direction);
            assertThat(split.sum()).isCloseTo(direction.value(), within(1e-4));
            assertThat(split.edits()).as("%s", edit).isCloseTo(0, within(2e-4));
            LogitEffect effect = LogitEffect.of(model, run);
            LogitAttribution ofTarget =
                    LogitAttribution.of(model, run, LogitDirection.overMean(model, run, AT, effect.target(AT)));
            for (LogitAttribution.HeadShare share : ofTarget.heads()) {
                Matrix lines = effect.of(share.head());
                for (int s = 0; s <= AT; s++) {
                    assertThat((double) lines.get(AT, s)).as("%s", edit).isCloseTo(share.bySource()[s], within(1e-4));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatAnEditPutsInIsItsOwnShare(Config config) {
        Transformer model = model(config);
        List<Float> vector = new ArrayList<>();
        for (int d = 0; d < config.dModel(); d++) {
            vector.add((d % 3 - 1) * 0.5f);
        }
        int last = config.nLayers() - 1;
        Map<Edit, Boolean> edits = Map.of(
                new Edit.Add(Site.of(Kind.RESID_POST, last), At.position(AT), vector),
                true,
                new Edit.Mean(Site.of(Kind.RESULT, new HeadId(last, 1)), At.ALL),
                false);
        edits.forEach((edit, added) -> {
            Run run = model.run(tokens(model), List.of(edit));
            LogitDirection direction = LogitDirection.difference(model, run, AT, 3, 8);
            double[] written = new double[config.dModel()];
            for (int d = 0; d < written.length; d++) {
                written[d] =
                        added ? vector.get(d) : run.result(new HeadId(last, 1)).get(AT, d);
            }
            FrozenNorm.ofUnembedding(model, run).read(written, AT);
            double expected = 0;
            for (int d = 0; d < written.length; d++) {
                expected += written[d] * direction.vector()[d];
            }
            assertThat(LogitAttribution.of(model, run, direction).edits())
                    .as("%s", edit)
                    .isCloseTo(expected, within(2e-4));
        });
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void pathsSumToTheLogitOrAreRefused(Config config) {
        Transformer model = model(config);
        for (Edit edit : takingAway(config)) {
            Run run = model.run(tokens(model), List.of(edit));
            LogitDirection direction = LogitDirection.logit(model, run, AT, 4);
            if (PathExpansion.isPossible(run)) {
                assertThat(PathExpansion.of(model, run, direction).sum())
                        .as("%s", edit)
                        .isCloseTo(direction.value(), within(1e-4));
            } else {
                assertThatThrownBy(() -> PathExpansion.of(model, run, direction))
                        .isInstanceOf(Refusal.class);
            }
        }
        assertThat(PathExpansion.isPossible(model.run(
                        tokens(model), List.of(Edit.zero(HEAD), Edit.cut(new HeadId(1, 0), AT, 2)))))
                .isEqualTo(config.mlp() == null);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void writersSumToTheScoreWhereverThatIsSaid(Config config) {
        Transformer model = model(config);
        int possible = 0;
        for (Edit edit : takingAway(config)) {
            Run run = model.run(tokens(model), List.of(edit));
            for (HeadId head : model.heads()) {
                if (!ScoreParts.isPossible(run, head)) {
                    continue;
                }
                possible++;
                ScoreParts.Split split = ScoreParts.of(model, run, head).at(AT, 4);
                double capped = split.cap() == 0 ? split.sum() : split.cap() * Math.tanh(split.sum() / split.cap());
                assertThat(capped).as("%s of %s", edit, head).isCloseTo(split.score(), within(1e-4));
            }
        }
        assertThat(possible).isGreaterThan(10);
    }
}
