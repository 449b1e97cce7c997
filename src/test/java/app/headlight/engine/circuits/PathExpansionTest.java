package app.headlight.engine.circuits;

import static app.headlight.ReferenceModel.doubles;
import static app.headlight.ReferenceModel.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.ReferenceModel;
import app.headlight.engine.circuits.PathExpansion.Term;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class PathExpansionTest {

    static Stream<ReferenceModel> references() {
        return ReferenceModel.all().filter(reference -> reference.expected().has("paths"));
    }

    static Stream<Config> configs() {
        return RandomModels.configs();
    }

    @ParameterizedTest
    @MethodSource("references")
    void pathsAndTheirSourcesAreTheReferences(ReferenceModel reference) {
        for (JsonNode expected : reference.expected().get("paths")) {
            Run run = runOf(reference, expected);
            int destination = expected.get("dest").asInt();
            PathExpansion paths = PathExpansion.of(
                    reference.model(),
                    run,
                    LogitDirection.logit(
                            reference.model(),
                            run,
                            destination,
                            expected.get("token").asInt()));
            JsonNode terms = expected.get("terms");
            assertThat(paths.terms()).hasSize(terms.size() - 1);
            assertThat(paths.biases()).isCloseTo(terms.get("biases").asDouble(), within(1e-4));
            for (Term term : paths.terms()) {
                assertThat(term.value())
                        .as(term.name())
                        .isCloseTo(terms.get(term.name()).asDouble(), within(1e-4));
                if (term.order() == 1) {
                    assertThat(term.bySource())
                            .containsExactly(doubles(expected.get("by_source").get(term.name())), within(1e-4));
                }
            }
            assertThat(paths.ratio()).isCloseTo(1, within(1e-4));
        }
    }

    @ParameterizedTest
    @MethodSource("configs")
    void pathsAddUpToLogitsAndTheirDifferencesAtEveryPosition(Config config) {
        Transformer model = model(config);
        Run run = model.run(RandomModels.tokens(config, 7, 3));
        for (int t = 0; t < run.length(); t++) {
            for (LogitDirection direction : List.of(
                    LogitDirection.logit(model, run, t, 4),
                    LogitDirection.difference(model, run, t, 9, 2),
                    LogitDirection.logProbability(model, run, t, 11))) {
                PathExpansion paths = PathExpansion.of(model, run, direction);
                assertThat(paths.terms()).hasSize((int) Math.pow(1 + config.nHeads(), config.nLayers()));
                assertThat(paths.sum()).isCloseTo(direction.value(), within(1e-4 * size(paths)));
                for (Term term : paths.terms()) {
                    assertThat(Arrays.stream(term.bySource()).sum()).isEqualTo(term.value(), within(1e-9));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("configs")
    void pathsOfAnOrderAddUpToWhatLayerByLayerIsLeftOfThem(Config config) {
        Transformer model = model(config);
        Run run = model.run(RandomModels.tokens(config, 7, 3));
        LogitDirection direction = LogitDirection.logit(model, run, 6, 4);
        PathExpansion all = PathExpansion.of(model, run, direction);
        for (int order = 0; order <= config.nLayers(); order++) {
            int n = order;
            double sum = all.terms().stream()
                    .filter(term -> term.order() == n)
                    .mapToDouble(Term::value)
                    .sum();
            assertThat(all.byOrder().get(order)).isCloseTo(sum, within(1e-4 * size(all)));
            PathExpansion some = PathExpansion.of(model, run, direction, n);
            assertThat(some.sum()).isCloseTo(all.sum(), within(1e-4 * size(all)));
            assertThat(some.terms()).allMatch(term -> term.order() <= n);
        }
    }

    @Test
    void aVirtualHeadIsTheProductOfPatternsAndOfOvCircuits() {
        Config config = RandomModels.config(3, Positions.STANDARD, Norm.NONE);
        Transformer model = model(config);
        Run run = model.run(RandomModels.tokens(config, 7, 3));
        HeadId first = new HeadId(0, 1);
        HeadId second = new HeadId(2, 2);
        FMatrixRMaj written = CommonOps_FDRM.mult(dense(model, first), dense(model, second), null);
        FMatrixRMaj moved = CommonOps_FDRM.mult(run.residual(0).copy(), written, null);
        FMatrixRMaj logits = CommonOps_FDRM.mult(moved, model.weights().wU(), null);
        FMatrixRMaj pattern = CommonOps_FDRM.mult(
                run.pattern(second).copy(), run.pattern(first).copy(), null);
        Term term = PathExpansion.of(model, run, LogitDirection.logit(model, run, 5, 8)).terms().stream()
                .filter(path -> path.name().equals("L0H1->L2H2"))
                .findFirst()
                .orElseThrow();
        for (int s = 0; s < run.length(); s++) {
            assertThat(term.bySource()[s]).isCloseTo(pattern.get(5, s) * logits.get(s, 8), within(1e-4));
        }
    }

    @Test
    void aHeadThatIsTakenAwayHasNoPath() {
        Config config = RandomModels.config(2, Positions.SHORTFORMER, Norm.LN_PRE);
        Transformer model = model(config);
        HeadId gone = new HeadId(1, 0);
        Run run = model.run(
                RandomModels.tokens(config, 7, 3), List.of(Edit.zero(gone), Edit.cut(new HeadId(0, 2), 6, 1)));
        PathExpansion paths = PathExpansion.of(model, run, LogitDirection.logit(model, run, 6, 4));
        assertThat(paths.sum()).isCloseTo(run.logits().get(6, 4), within(1e-4 * size(paths)));
        assertThat(paths.terms().stream().map(Term::name).collect(Collectors.joining(" ")))
                .doesNotContain("L1H0")
                .contains("L0H2->L1H1");
    }

    @Test
    void listsNoMorePathsThanCanBeRead() {
        assertThat(PathExpansion.longestListed(RandomModels.config(3, Positions.NONE, Norm.NONE), 64))
                .isEqualTo(3);
        assertThat(PathExpansion.longestListed(RandomModels.config(3, Positions.NONE, Norm.NONE), 63))
                .isEqualTo(2);
        assertThat(PathExpansion.longestListed(RandomModels.config(0, Positions.NONE, Norm.NONE), 1))
                .isZero();
    }

    @Test
    void namesWhatDoesNotExist() {
        Config config = RandomModels.config(1, Positions.NONE, Norm.NONE);
        Transformer model = model(config);
        Run run = model.run(new int[] {1, 2});
        assertThatThrownBy(() -> LogitDirection.logit(model, run, 2, 0)).hasMessageContaining("position 2");
        assertThatThrownBy(() -> LogitDirection.logit(model, run, 0, 23)).hasMessageContaining("token 23");
        assertThatThrownBy(() -> LogitDirection.difference(model, run, 0, 1, -1))
                .hasMessageContaining("token -1");
        assertThatThrownBy(() -> LogitDirection.logProbability(model, run, -1, 1))
                .hasMessageContaining("position -1");
    }

    private static Transformer model(Config config) {
        return new Transformer(config, RandomModels.weights(config, 12), MatrixProducts.fastest());
    }

    /** How large the parts are that add up: rounding is relative to them. */
    private static double size(PathExpansion paths) {
        return Math.max(
                1,
                paths.terms().stream()
                                .mapToDouble(term -> Math.abs(term.value()))
                                .sum()
                        / 10);
    }

    private static FMatrixRMaj dense(Transformer model, HeadId head) {
        return CommonOps_FDRM.mult(
                model.head(head).wV().copy(), model.head(head).wO().copy(), null);
    }

    /** The sentence that the reference means: the one whose logit it gives. */
    private static Run runOf(ReferenceModel reference, JsonNode expected) {
        int destination = expected.get("dest").asInt();
        return reference
                .expected()
                .get("sentences")
                .valueStream()
                .map(sentence -> ints(sentence.get("tokens")))
                .filter(tokens -> tokens.length > destination)
                .map(reference.model()::run)
                .filter(run -> Math.abs(run.logits()
                                        .get(destination, expected.get("token").asInt())
                                - expected.get("logit").asDouble())
                        < 1e-3)
                .findFirst()
                .orElseThrow();
    }
}
