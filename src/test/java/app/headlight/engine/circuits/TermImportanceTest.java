package app.headlight.engine.circuits;

import static app.headlight.ReferenceModel.doubles;
import static app.headlight.ReferenceModel.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.ReferenceModel;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.tensor.Softmax;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Edit;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Positions;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import app.headlight.engine.transformer.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class TermImportanceTest {

    static Stream<ReferenceModel> references() {
        return ReferenceModel.all();
    }

    static Stream<Config> configs() {
        return RandomModels.configs();
    }

    @ParameterizedTest
    @MethodSource("references")
    void lossesByOrderAreTheReferences(ReferenceModel reference) {
        JsonNode expected = reference.expected().get("term_importance");
        List<TermImportance> measured = reference
                .expected()
                .get("sentences")
                .valueStream()
                .map(sentence -> ints(sentence.get("tokens")))
                .filter(tokens -> tokens.length > 1)
                .map(tokens ->
                        TermImportance.of(reference.model(), reference.model().run(tokens)))
                .toList();
        assertThat(measured).anySatisfy(one -> {
            assertThat(one.meanLossByOrder())
                    .hasSize(reference.model().config().nLayers() + 1)
                    .usingComparatorForType((a, b) -> Math.abs(a - b) < 1e-4 ? 0 : 1, Double.class)
                    .containsExactlyElementsOf(Arrays.stream(doubles(expected.get("mean_loss_by_order")))
                            .boxed()
                            .toList());
            assertThat(one.model()).isCloseTo(expected.get("model").asDouble(), within(1e-4));
        });
    }

    @ParameterizedTest
    @MethodSource("configs")
    void theLastRoundIsTheModel(Config config) {
        Transformer model = model(config);
        Run run = model.run(RandomModels.tokens(config, 9, 3));
        TermImportance terms = TermImportance.of(model, run);
        assertThat(terms.model()).isEqualTo(Arrays.stream(run.loss()).average().orElseThrow(), within(1e-12));
        assertThat(terms.meanLossByOrder().getLast()).isCloseTo(terms.model(), within(1e-4));
        assertThat(terms.positions()).isEqualTo(8);
    }

    @ParameterizedTest
    @MethodSource("configs")
    void roundsKeepThePathsOfTheirOrder(Config config) {
        if (config.norm() != Norm.NONE) {
            return; // where each round has scales of its own, its paths are not the model's
        }
        Weights weights = RandomModels.weights(config, 12);
        weights.biases().forEach(bias -> Arrays.fill(bias, 0)); // which have no order in a path expansion
        Transformer model = new Transformer(config, weights, MatrixProducts.fastest());
        Run run = model.run(RandomModels.tokens(config, 4, 3));
        double[] loss = new double[config.nLayers() + 1];
        for (int t = 0; t < 3; t++) {
            FMatrixRMaj logits = new FMatrixRMaj(config.nLayers() + 1, config.dVocab());
            for (int v = 0; v < config.dVocab(); v++) {
                List<Double> byOrder = PathExpansion.of(model, run, LogitDirection.logit(model, run, t, v))
                        .byOrder();
                double sum = 0;
                for (int order = 0; order < loss.length; order++) {
                    sum += byOrder.get(order);
                    logits.set(order, v, (float) sum);
                }
            }
            for (int order = 0; order < loss.length; order++) {
                loss[order] += (Softmax.logSumExp(logits, order) - logits.get(order, run.tokens()[t + 1])) / 3;
            }
        }
        List<Double> rounds = TermImportance.of(model, run).meanLossByOrder();
        for (int order = 0; order < loss.length; order++) {
            assertThat(rounds.get(order)).isCloseTo(loss[order], within(1e-4));
        }
    }

    @Test
    void aHeadCountsForWhatTheLossIsWithoutIt() {
        Config config = RandomModels.config(1, Positions.STANDARD, Norm.NONE);
        Transformer model = model(config);
        Run run = model.run(RandomModels.tokens(config, 9, 3));
        TermImportance terms = TermImportance.of(model, run);
        assertThat(terms.heads().keySet()).containsExactlyElementsOf(model.heads());
        for (HeadId head : model.heads()) {
            // In one layer a frozen pattern is the pattern: taking a head away changes no other.
            double without = Arrays.stream(
                            model.run(run.tokens(), List.of(Edit.zero(head))).loss())
                    .average()
                    .orElseThrow();
            assertThat(terms.heads().get(head).last()).isCloseTo(without - terms.model(), within(1e-4));
            List<Edit> others = new ArrayList<>();
            model.heads().stream().filter(other -> !other.equals(head)).forEach(other -> others.add(Edit.zero(other)));
            double alone = Arrays.stream(model.run(run.tokens(), others).loss())
                    .average()
                    .orElseThrow();
            assertThat(terms.heads().get(head).first())
                    .isCloseTo(terms.meanLossByOrder().getFirst() - alone, within(1e-4));
        }
    }

    @Test
    void windowsCountByTheirPositions() {
        Config config = RandomModels.config(2, Positions.SHORTFORMER, Norm.LN_PRE);
        Transformer model = model(config);
        int[] first = RandomModels.tokens(config, 9, 3);
        int[] second = RandomModels.tokens(config, 4, 5);
        List<Double> shares = new ArrayList<>();
        TermImportance both =
                TermImportance.of(model, List.of(first, new int[] {2}, second), share -> shares.add(share));
        TermImportance one = TermImportance.of(model, model.run(first));
        TermImportance other = TermImportance.of(model, model.run(second));
        assertThat(both.positions()).isEqualTo(11);
        for (int order = 0; order <= 2; order++) {
            assertThat(both.meanLossByOrder().get(order))
                    .isCloseTo(
                            (8 * one.meanLossByOrder().get(order)
                                            + 3 * other.meanLossByOrder().get(order))
                                    / 11,
                            within(1e-9));
        }
        assertThat(both.drop(1))
                .isEqualTo(
                        both.meanLossByOrder().get(0) - both.meanLossByOrder().get(1));
        assertThat(shares).containsExactly(0.0, 1.0 / 3, 2.0 / 3, 1.0);
    }

    @Test
    void endsWhenItIsToldTo() {
        Config config = RandomModels.config(1, Positions.NONE, Norm.NONE);
        Transformer model = model(config);
        List<int[]> windows = List.of(new int[] {1, 2}, new int[] {3, 4});
        assertThatThrownBy(() -> TermImportance.of(model, windows, share -> share < 0.5))
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining("50 %");
        assertThatThrownBy(() -> TermImportance.of(model, List.of(new int[] {1}), share -> true))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("two at least");
    }

    private static Transformer model(Config config) {
        return new Transformer(config, RandomModels.weights(config, 12), MatrixProducts.fastest());
    }
}
