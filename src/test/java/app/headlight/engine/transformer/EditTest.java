package app.headlight.engine.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.engine.tensor.MatrixProducts;
import java.util.List;
import java.util.stream.Stream;
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
        assertThat(run.result(L0H1).data).containsOnly(0f);
        assertThat(run.logits().data)
                .isNotEqualTo(model(config).run(tokens(config)).logits().data);
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

    @Test
    void anInterventionReachesNoOtherHeadAndNoEarlierPosition() {
        Config config = RandomModels.config(2, Positions.STANDARD, Norm.LN_PRE);
        Run clean = model(config).run(tokens(config));
        Run run = model(config).run(tokens(config), List.of(Edit.cut(L1H2, 5, 1)));
        for (HeadId head : model(config).heads()) {
            if (!head.equals(L1H2)) {
                assertThat(run.result(head).data).isEqualTo(clean.result(head).data);
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
        Run run = model(config).run(tokens(config), List.of(Edit.cut(L1H2, 9, 2), Edit.cut(L1H2, 2, 9)));
        assertThat(run.logits().data)
                .isEqualTo(model(config).run(tokens(config)).logits().data);
    }

    @Test
    void aHeadThatTheModelDoesNotHaveIsRefused() {
        Config config = RandomModels.config(2, Positions.STANDARD, Norm.NONE);
        for (Edit none :
                List.of(Edit.zero(new HeadId(2, 0)), Edit.zero(new HeadId(0, 3)), Edit.cut(new HeadId(5, 5), 0, 0))) {
            assertThatThrownBy(() -> model(config).run(tokens(config), List.of(none)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("there is no head "
                            + new HeadId(none.site().layer(), none.site().head())
                            + " in a model of 2 layers with 3 heads each");
        }
    }

    @Test
    void aNegativePositionIsRefused() {
        assertThatThrownBy(() -> Edit.cut(L0H1, -1, 0))
                .isInstanceOf(IllegalArgumentException.class)
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
