package app.headlight.engine.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.residual.LogitLens;
import app.headlight.engine.residual.Prediction;
import app.headlight.engine.residual.Stage;
import app.headlight.engine.tensor.EjmlProducts;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Edit;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Positions;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.Rotary;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Transformer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What splits scores and logits sums to the model's own, whatever its blocks, norms, positions and caps are. */
class EveryKindTest {

    static Stream<Config> kinds() {
        return RandomModels.kinds();
    }

    private static Transformer model(Config config) {
        return new Transformer(config, RandomModels.weights(config, 5), new EjmlProducts());
    }

    private static Run run(Transformer model) {
        return model.run(RandomModels.tokens(model.config(), 7, 3));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theWritersOfAScoreSumToIt(Config config) {
        Transformer model = model(config);
        Run run = run(model);
        for (HeadId head : model.heads()) {
            ScoreParts parts = ScoreParts.of(model, run, head);
            Matrix whole = parts.between(null, null);
            for (int t = 0; t < run.length(); t++) {
                for (int s = 0; s < run.length(); s++) {
                    float score = run.scores(head).get(t, s);
                    int destination = t;
                    int source = s;
                    if (score == Float.NEGATIVE_INFINITY) {
                        assertThat(whole.get(t, s)).isNaN();
                        assertThatThrownBy(() -> parts.at(destination, source)).isInstanceOf(Refusal.class);
                        continue;
                    }
                    ScoreParts.Split split = parts.at(t, s);
                    double capped = split.cap() == 0 ? split.sum() : split.cap() * Math.tanh(split.sum() / split.cap());
                    assertThat(capped).isCloseTo(score, within(1e-4));
                    assertThat(split.score()).isEqualTo(score);
                    assertThat(whole.get(t, s)).isEqualTo(score);
                    StreamWriter some =
                            parts.writers().get((t + s) % parts.writers().size());
                    assertThat((double) parts.between(some, null).get(t, s))
                            .isCloseTo(split.of(some, ScoreParts.Side.QUERY), within(1e-4));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theComponentsOfALogitSumToIt(Config config) {
        Transformer model = model(config);
        Run run = run(model);
        for (int t : new int[] {0, 4, 6}) {
            for (LogitDirection direction : List.of(
                    LogitDirection.logit(model, run, t, 2),
                    LogitDirection.difference(model, run, t, 3, 8),
                    LogitDirection.overMean(model, run, t, 1),
                    LogitDirection.logProbability(model, run, t, 9))) {
                LogitAttribution split = LogitAttribution.of(model, run, direction);
                assertThat(split.sum()).isCloseTo(direction.value(), within(1e-4));
                assertThat(split.mlps()).hasSize(config.mlp() == null ? 0 : config.nLayers());
            }
            double logit = LogitDirection.logit(model, run, t, 2).value();
            double cap = config.logitsSoftCap();
            assertThat(cap == 0 ? logit : cap * Math.tanh(logit / cap))
                    .isCloseTo(run.logits().get(t, 2), within(1e-5));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theEffectsOfEachSourceSumToTheHeadsShare(Config config) {
        Transformer model = model(config);
        Run run = run(model);
        LogitEffect effect = LogitEffect.of(model, run);
        for (int t = 0; t < run.length(); t++) {
            LogitAttribution split =
                    LogitAttribution.of(model, run, LogitDirection.overMean(model, run, t, effect.target(t)));
            for (LogitAttribution.HeadShare share : split.heads()) {
                Matrix effects = effect.of(share.head());
                for (int s = 0; s <= t; s++) {
                    assertThat((double) effects.get(t, s)).isCloseTo(share.bySource()[s], within(1e-4));
                    assertThat((double) effect.row(share.head(), t, s)[effect.target(t)])
                            .isCloseTo(share.bySource()[s], within(1e-4));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void pathsSumToTheLogitWhereNoMlpIsOnThem(Config config) {
        Transformer model = model(config);
        Run run = run(model);
        LogitDirection direction = LogitDirection.logit(model, run, 5, 4);
        if (config.mlp() != null) {
            assertThatThrownBy(() -> PathExpansion.of(model, run, direction)).hasMessageContaining("MLPs");
            assertThatThrownBy(() -> TermImportance.of(model, run)).hasMessageContaining("MLPs");
            return;
        }
        PathExpansion paths = PathExpansion.of(model, run, direction);
        assertThat(paths.sum()).isCloseTo(direction.value(), within(1e-4));
        TermImportance terms = TermImportance.of(model, run);
        assertThat(terms.meanLossByOrder().getLast()).isCloseTo(terms.model(), within(1e-4));
        // The path through two heads is the virtual head's effect on the logit.
        VirtualHead virtual = VirtualHead.of(model, List.of(new HeadId(0, 1), new HeadId(1, 2)));
        Matrix flow = virtual.flow(model, run);
        assertThat(flow.rows()).isEqualTo(run.length());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theLastRowOfTheLensIsTheModelsPrediction(Config config) {
        Transformer model = model(config);
        Run run = run(model);
        LogitLens lens = LogitLens.of(model, run, 3);
        for (int t = 0; t < run.length(); t++) {
            LogitLens.TokenProbability first =
                    lens.at(config.nLayers(), t).top().getFirst();
            assertThat(first.probability()).isCloseTo(Prediction.at(run, t).probability(first.token()), within(1e-5));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theLensBetweenHeadsAndMlpIsThePredictionWithoutTheMlp(Config config) {
        Transformer model = model(config);
        Run run = run(model);
        List<Stage> stages = Stage.parts(config);
        if (config.mlp() == null || config.parallel()) {
            assertThat(stages).isEqualTo(Stage.layers(config));
            return;
        }
        int last = config.nLayers() - 1;
        Run without = model.run(run.tokens(), List.of(new Edit.Zero(Site.of(Site.Kind.MLP_OUT, last), Edit.At.ALL)));
        LogitLens lens = LogitLens.of(model, run, 3, stages);
        for (int t = 0; t < run.length(); t++) {
            LogitLens.TokenProbability first =
                    lens.at(stages.indexOf(new Stage(last, true)), t).top().getFirst();
            assertThat(first.probability())
                    .isCloseTo(Prediction.at(without, t).probability(first.token()), within(1e-5));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aHeadsComputationStepByStepIsTheRuns(Config config) {
        Transformer model = model(config);
        Run run = run(model);
        int destination = 5;
        for (HeadId head : model.heads()) {
            HeadComputation steps = HeadComputation.of(model, run, head, destination, run.length());
            double weights = 0;
            for (HeadComputation.Source source : steps.sources()) {
                double dot = 0;
                for (int i = 0; i < steps.q().length; i++) {
                    dot += (double) steps.q()[i] * source.k()[i];
                }
                double score = dot / config.scoreScale(head.layer());
                double cap = config.scoresSoftCap();
                assertThat(cap == 0 ? score : cap * Math.tanh(score / cap)).isCloseTo(source.score(), within(1e-4));
                weights += source.weight();
            }
            assertThat(weights).isCloseTo(1, within(1e-5));
            assertThat(steps.sources()).hasSize(Math.min(destination + 1, config.window(head.layer())));
            HeadComputation.Source own = steps.sources().getLast();
            Matrix wV = model.head(head).wV();
            for (int i = 0; i < own.v().length; i++) {
                double value = model.head(head).bV().get(i);
                for (int d = 0; d < wV.rows(); d++) {
                    value += (double) steps.x()[d] * wV.get(d, i);
                }
                assertThat(value).isCloseTo(own.v()[i], within(1e-4));
            }
        }
    }

    /** With a rotary model without norm and biases, the first layer's scores are the circuit's at their distance. */
    @Test
    void theQkCircuitAtADistanceIsTheScoreOfTwoTokensAtThatDistance() {
        Config config = Config.builder()
                .sizes(1, 12, 2, 6, 11, 8)
                .norm(Norm.NONE)
                .rotary(new Rotary(4, 10, false))
                .attnScale(2)
                .build();
        assertThat(config.positions()).isEqualTo(Positions.ROTARY);
        var weights = RandomModels.weights(config, 2);
        weights.biases().forEach(bias -> java.util.Arrays.fill(bias, 0));
        Transformer model = new Transformer(config, weights, new EjmlProducts());
        Run run = run(model);
        for (HeadId head : model.heads()) {
            for (int t = 0; t < run.length(); t++) {
                for (int s = 0; s <= t; s++) {
                    Matrix circuit = QkCircuit.of(model, head, t - s).between(run.tokens());
                    assertThat((double) circuit.get(t, s))
                            .isCloseTo(run.scores(head).get(t, s), within(1e-4));
                }
            }
        }
        assertThatThrownBy(() -> QkCircuit.of(model, new HeadId(0, 0), 8)).hasMessageContaining("distance is 8");
        assertThatThrownBy(() -> QkCircuit.of(model, new HeadId(0, 0), -1)).hasMessageContaining("distance is -1");
    }
}
