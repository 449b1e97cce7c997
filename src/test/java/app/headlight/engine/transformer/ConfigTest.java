package app.headlight.engine.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.engine.refusal.Refusal;
import org.junit.jupiter.api.Test;

class ConfigTest {

    @Test
    void refusesSizesThatCannotBe() {
        refuses("n_layers is -1; expected 0 or more", -1, 1, 1, 1, 1, 1);
        refuses("d_model is 0; expected 1 or more", 0, 0, 1, 1, 1, 1);
        refuses("n_heads is 0; expected 1 or more", 1, 1, 0, 1, 1, 1);
        refuses("d_head is -5; expected 1 or more", 1, 1, 1, -5, 1, 1);
        refuses("d_vocab is 0; expected 1 or more", 1, 1, 1, 1, 0, 1);
        refuses("n_ctx is 0; expected 1 or more", 1, 1, 1, 1, 1, 0);
    }

    @Test
    void refusesSizesBeyondAllBounds() {
        refuses("n_layers is 1001; expected 1,000 at most (the weights would take 16 kB)", 1001, 1, 1, 1, 1, 1);
        refuses("d_model is 100001; expected 100,000 at most (the weights would take 2.8 MB)", 1, 100_001, 1, 1, 1, 1);
        refuses(
                "n_heads is 2147483647; expected 1,000 at most (the weights would take 34 GB)",
                1,
                1,
                Integer.MAX_VALUE,
                1,
                1,
                1);
        refuses(
                "d_head is 2147483647; expected 100,000 at most (the weights would take 34 GB)",
                1,
                1,
                1,
                Integer.MAX_VALUE,
                1,
                1);
        refuses(
                "d_vocab is 2000000; expected 1,000,000 at most (the weights would take 16 MB)",
                1,
                1,
                1,
                1,
                2_000_000,
                1);
        refuses(
                "n_ctx is 2147483647; expected 1,000,000 at most (the weights would take 8.6 GB)",
                1,
                1,
                1,
                1,
                1,
                Integer.MAX_VALUE);
        refuses(
                "d_vocab × d_model is 10,000,000,000; expected 2,147,483,639 at most (the weights would take 80 GB)",
                1,
                100_000,
                1,
                1,
                100_000,
                1);
    }

    @Test
    void takesAModelWithoutLayers() {
        assertThat(of(0, 1, 1, 1, 1, 1).nLayers()).isZero();
    }

    @Test
    void refusesAnEpsThatCannotBe() {
        for (double eps : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> Config.builder()
                            .sizes(1, 1, 1, 1, 1, 1)
                            .positions(Positions.NONE)
                            .norm(Norm.LN_PRE)
                            .eps(eps)
                            .build())
                    .isInstanceOf(Refusal.class)
                    .hasMessage("eps is " + eps + "; expected a small number, such as 1e-5");
        }
    }

    @Test
    void refusesABeginningThatIsNotInTheVocabulary() {
        for (int bos : new int[] {-1, 10}) {
            assertThatThrownBy(() -> withBeginning(true, bos))
                    .isInstanceOf(Refusal.class)
                    .hasMessage("bos_token_id is " + bos + "; expected an id below d_vocab, 10");
        }
        assertThat(withBeginning(true, 9).bosToken()).isEqualTo(9);
    }

    @Test
    void aTextBeginsWithTheBeginningWhereThereIsOne() {
        assertThat(withBeginning(true, null).beginning()).isNull();
        assertThat(withBeginning(true, null).toBuilder().bosToken(9).build().beginning())
                .isEqualTo(9);
        assertThat(withBeginning(false, 9).beginning()).isNull();
    }

    private static Config withBeginning(boolean prepend, Integer bos) {
        return Config.builder()
                .sizes(1, 1, 1, 1, 10, 1)
                .positions(Positions.NONE)
                .prependBos(prepend)
                .bosToken(bos)
                .build();
    }

    private static Config of(int layers, int dModel, int heads, int dHead, int vocab, int context) {
        return Config.builder()
                .sizes(layers, dModel, heads, dHead, vocab, context)
                .build();
    }

    private static void refuses(String message, int layers, int dModel, int heads, int dHead, int vocab, int context) {
        assertThatThrownBy(() -> of(layers, dModel, heads, dHead, vocab, context))
                .isInstanceOf(Refusal.class)
                .hasMessage(message);
    }
}
