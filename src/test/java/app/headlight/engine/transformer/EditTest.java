package app.headlight.engine.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.MatrixProducts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EditTest {

    private static final HeadId L0H1 = new HeadId(0, 1);
    private static final HeadId L1H2 = new HeadId(1, 2);

    static Stream<Config> configs() {
        return RandomModels.configs().filter(config -> config.nLayers() >= 2);
    }

    @ParameterizedTest
    @MethodSource("configs")
    void aHeadThatIsZeroedWritesNothingAndAllThatFollowsIsComputedAnew(Config config) {
        asPlainFormulas(config, List.of(Edit.zero(L0H1)));
        Run run = model(config).run(tokens(config), List.of(Edit.zero(L0H1)));
        assertThat(run.result(L0H1).toArray()).containsOnly(0f);
        assertThat(run.logits().toArray())
                .isNotEqualTo(model(config).run(tokens(config)).logits().toArray());
    }

    @ParameterizedTest
    @MethodSource("configs")
    void aCutEntryIsZeroAndItsRowIsNotMadeWholeAgain(Config config) {
        Edit cut = Edit.cut(L0H1, 7, 3);
        asPlainFormulas(config, List.of(cut));
        Run clean = model(config).run(tokens(config));
        Run run = model(config).run(tokens(config), List.of(cut));
        for (int s = 0; s <= 7; s++) {
            assertThat(run.pattern(L0H1).get(7, s))
                    .isEqualTo(s == 3 ? 0 : clean.pattern(L0H1).get(7, s));
        }
    }

    @ParameterizedTest
    @MethodSource("configs")
    void severalInterventionsActTogether(Config config) {
        asPlainFormulas(
                config,
                List.of(
                        Edit.cut(L1H2, 8, 0),
                        Edit.zero(new HeadId(0, 0)),
                        Edit.cut(L1H2, 8, 8),
                        Edit.cut(L0H1, 2, 2),
                        Edit.zero(new HeadId(1, 1))));
    }

    static Stream<Config> kinds() {
        return RandomModels.kinds();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyEditOfEverySiteIsWhatThePlainFormulasGive(Config config) {
        int[] tokens = RandomModels.tokens(config, 6, 5);
        Transformer model = model(config);
        Random random = new Random(3);
        for (Site site : sites(config, model.weights(), tokens)) {
            Edit edit = edit(site, config, random);
            Run run = model.run(tokens, List.of(edit));
            PlainTransformer plain = new PlainTransformer(config, model.weights(), tokens, List.of(edit));
            for (int t = 0; t < tokens.length; t++) {
                for (int v = 0; v < config.dVocab(); v++) {
                    double expected = plain.logits[t][v];
                    assertThat((double) run.logits().get(t, v))
                            .as(edit.toString())
                            .isCloseTo(expected, within(5e-4 * Math.max(1, Math.abs(expected))));
                }
            }
            assertThat(model.rerun(model.run(tokens), List.of(edit)).logits().toArray())
                    .isEqualTo(run.logits().toArray());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anEditThatChangesNothingChangesNoBit(Config config) {
        int[] tokens = RandomModels.tokens(config, 6, 5);
        Transformer model = model(config);
        Run clean = model.run(tokens);
        for (Site site : sites(config, model.weights(), tokens)) {
            Run scaled = model.run(tokens, List.of(new Edit.Scale(site, Edit.At.ALL, 1)));
            assertThat(scaled.logits().toArray())
                    .as(site.toString())
                    .isEqualTo(clean.logits().toArray());
        }
        for (HeadId head : model.heads()) {
            Run frozen = model.run(tokens, List.of(Edit.freeze(head, clean.pattern(head))));
            assertThat(frozen.logits().toArray()).isEqualTo(clean.logits().toArray());
        }
    }

    @Test
    void cuttingEveryLineOfAHeadIsZeroingIt() {
        Config config = RandomModels.config(2, Positions.STANDARD, Norm.LN_PRE);
        int[] tokens = tokens(config);
        List<Edit> cuts = new ArrayList<>();
        for (int t = 0; t < tokens.length; t++) {
            for (int s = 0; s <= t; s++) {
                cuts.add(Edit.cut(L0H1, t, s));
            }
        }
        assertThat(model(config).run(tokens, cuts).logits().toArray())
                .isEqualTo(model(config)
                        .run(tokens, List.of(Edit.zero(L0H1)))
                        .logits()
                        .toArray());
    }

    @Test
    void twoEditsOfTheSameEntryAreRefused() {
        Config config = RandomModels.config(2, Positions.STANDARD, Norm.NONE);
        Site pattern = Site.of(Site.Kind.PATTERN, L0H1);
        List<Edit> both = List.of(new Edit.Zero(pattern, Edit.At.position(3)), Edit.cut(L0H1, 3, 1));
        assertThatThrownBy(() -> model(config).run(tokens(config), both))
                .isInstanceOf(Refusal.class)
                .hasMessageContainingAll(
                        "two edits change the same entry", both.get(0).toString());
        assertThatThrownBy(() -> model(config)
                        .run(tokens(config), List.of(new Edit.Zero(Site.of(Site.Kind.MLP_OUT, 0), Edit.At.ALL))))
                .hasMessage("there is no site blocks.0.hook_mlp_out in this model");
    }

    private static List<Site> sites(Config config, Weights weights, int[] tokens) {
        return new PlainTransformer(config, weights, tokens, List.of())
                .sites.keySet().stream()
                        .filter(site -> site.kind() != Site.Kind.POS_EMBED
                                || config.positions().isEmbedded())
                        .sorted(Comparator.comparing(Site::toString))
                        .toList();
    }

    /** Some edit that keeps a row of scores from being all −∞. */
    private static Edit edit(Site site, Config config, Random random) {
        if (site.kind() == Site.Kind.PATTERN) {
            return new Edit.Cut(new HeadId(site.layer(), site.head()), 4, 4, random.nextBoolean());
        }
        if (site.kind() == Site.Kind.SCORES) {
            return new Edit.Put(site, 4, 4, 0.5f);
        }
        int width = switch (site.kind()) {
            case Q, K, V, Z -> config.dHead();
            case MLP_PRE, MLP_POST -> config.mlp().dMlp();
            default -> config.dModel();
        };
        List<Float> vector = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            vector.add((float) random.nextGaussian());
        }
        Edit.At at = random.nextBoolean() ? Edit.At.ALL : new Edit.At(List.of(1, 4));
        return switch (random.nextInt(6)) {
            case 0 -> new Edit.Zero(site, at);
            case 1 -> new Edit.Mean(site, at);
            case 2 -> new Edit.Add(site, at, vector);
            case 3 -> new Edit.Remove(site, at, vector);
            case 4 -> new Edit.Scale(site, at, 1.5f);
            default -> {
                FMatrixRMaj values = new FMatrixRMaj(6, width);
                for (int i = 0; i < values.data.length; i++) {
                    values.data[i] = (float) random.nextGaussian();
                }
                yield new Edit.Patch(site, at, Matrix.of(values));
            }
        };
    }

    @Test
    void anInterventionReachesNoOtherHeadAndNoEarlierPosition() {
        Config config = RandomModels.config(2, Positions.STANDARD, Norm.LN_PRE);
        Run clean = model(config).run(tokens(config));
        Run run = model(config).run(tokens(config), List.of(Edit.cut(L1H2, 5, 1)));
        for (HeadId head : model(config).heads()) {
            if (!head.equals(L1H2)) {
                assertThat(run.result(head).toArray())
                        .isEqualTo(clean.result(head).toArray());
            }
        }
        for (int t = 0; t < run.length(); t++) {
            assertThat(run.logits().get(t, 0) == clean.logits().get(t, 0)).isEqualTo(t != 5);
        }
    }

    @Test
    void theRunNamesWhatWasDoneToIt() {
        Config config = RandomModels.config(2, Positions.STANDARD, Norm.NONE);
        List<Edit> list = List.of(Edit.zero(L0H1), Edit.cut(L1H2, 1, 0));
        assertThat(model(config).run(tokens(config), list).edits()).isEqualTo(list);
    }

    @Test
    void aCutBeyondTheLastTokenChangesNothing() {
        Config config = RandomModels.config(2, Positions.STANDARD, Norm.NONE);
        Run run = model(config).run(tokens(config), List.of(Edit.cut(L1H2, 9, 2)));
        assertThat(run.logits().toArray())
                .isEqualTo(model(config).run(tokens(config)).logits().toArray());
    }

    @Test
    void aCutOfWhatComesAfterTheDestinationIsRefused() {
        assertThatThrownBy(() -> Edit.cut(L1H2, 2, 9))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("position 2 does not see 9");
    }

    @Test
    void aHeadThatTheModelDoesNotHaveIsRefused() {
        Config config = RandomModels.config(2, Positions.STANDARD, Norm.NONE);
        for (Edit none :
                List.of(Edit.zero(new HeadId(2, 0)), Edit.zero(new HeadId(0, 3)), Edit.cut(new HeadId(5, 5), 0, 0))) {
            assertThatThrownBy(() -> model(config).run(tokens(config), List.of(none)))
                    .isInstanceOf(Refusal.class)
                    .hasMessage("there is no head "
                            + new HeadId(none.site().layer(), none.site().head())
                            + " in a model of 2 layers with 3 heads each");
        }
    }

    @Test
    void aNegativePositionIsRefused() {
        assertThatThrownBy(() -> Edit.cut(L0H1, -1, 0))
                .isInstanceOf(Refusal.class)
                .hasMessage("attention from position -1 to 0 cannot be edited; positions are counted from 0");
        assertThatThrownBy(() -> Edit.cut(L0H1, 2, -3)).hasMessageContaining("from position 2 to -3");
    }

    private static void asPlainFormulas(Config config, List<Edit> edits) {
        Transformer model = model(config);
        Run run = model.run(tokens(config), edits);
        PlainTransformer plain = new PlainTransformer(config, model.weights(), tokens(config), edits);
        RunTest.close(run.logits(), plain.logits, 2e-4);
        for (HeadId head : model.heads()) {
            RunTest.close(run.pattern(head), plain.pattern[head.layer()][head.head()], 1e-5);
            RunTest.close(run.result(head), plain.result[head.layer()][head.head()], 1e-4);
        }
    }

    private static Transformer model(Config config) {
        return new Transformer(config, RandomModels.weights(config, 3), MatrixProducts.fastest());
    }

    private static int[] tokens(Config config) {
        return RandomModels.tokens(config, 9, 5);
    }
}
