package app.headlight.engine.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.tensor.OpenBlasProducts;
import app.headlight.engine.training.Examples;
import app.headlight.engine.training.Recipe;
import app.headlight.engine.training.Trainer;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Mlp;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Transformer;
import app.headlight.engine.transformer.Weights;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A checkpoint that is kept as a difference in 8 bits is nearly the checkpoint itself. */
class WeightsDifferenceTest {

    private static final Recipe RECIPE = Recipe.repeats()
            .with()
            .model(2, 32, 2, 16)
            .norm(Norm.LN)
            .biases(true)
            .mlp(new Mlp(48, Mlp.Activation.GELU, false))
            .vocabulary(64)
            .context(64)
            .steps(200)
            .build();

    private static Weights read(Weights before, byte[] file) throws IOException {
        Config config = RECIPE.config();
        Safetensors open = Safetensors.open(SafetensorsFile.channel(file));
        assertThat(WeightsDifference.since(open)).hasValue(7);
        return WeightsDifference.read(config, before, open);
    }

    private static double loss(Weights weights) {
        Transformer model = new Transformer(RECIPE.config(), weights, new OpenBlasProducts());
        int[] window = new int[64];
        SplittableRandom random = new SplittableRandom(5);
        double sum = 0;
        for (int i = 0; i < 20; i++) {
            Examples.of(RECIPE).draw(random, window);
            sum += Arrays.stream(model.run(window).loss()).average().orElseThrow();
        }
        return sum / 20;
    }

    @Test
    void errorsDoNotAddUpOverTwentyDifferencesAndTheLossIsThatOfTheCheckpoint() throws IOException {
        try (Trainer trainer = new Trainer(RECIPE, Examples.of(RECIPE), new OpenBlasProducts())) {
            Weights kept = trainer.weights().copy();
            for (int i = 0; i < 20; i++) {
                for (int step = 0; step < 10; step++) {
                    trainer.advance();
                }
                Weights now = trainer.weights();
                kept = read(kept, WeightsDifference.write(7, kept, now));
                for (Weights.Tensor tensor : now.tensors()) {
                    assertThat(kept.array(tensor.name()))
                            .as(tensor.name() + " of checkpoint " + i)
                            .containsExactly(now.array(tensor.name()), within(2e-3f));
                }
                assertThat(loss(kept)).isCloseTo(loss(now), within(1e-3));
            }
        }
    }

    @Test
    void whatDoesNotChangeStaysToTheLastBitAndTakesAByteAWeight() throws IOException {
        try (Trainer trainer = new Trainer(RECIPE, Examples.of(RECIPE), new OpenBlasProducts())) {
            Weights weights = trainer.weights();
            byte[] file = WeightsDifference.write(7, weights, weights);
            assertThat(read(weights, file).array("embed.W_E")).isEqualTo(weights.array("embed.W_E"));
            assertThat((long) file.length).isLessThan((long) (0.4 * weights.bytes()));
        }
    }

    @Test
    void aDifferenceOfAnotherModelIsRefusedByTensor() {
        Recipe wider = RECIPE.with().vocabulary(65).build();
        Weights other = Weights.zeros(wider.config());
        Weights ours = Weights.zeros(RECIPE.config());
        assertThatThrownBy(() -> read(ours, WeightsDifference.write(7, other, other)))
                .hasMessageContaining("embed.W_E")
                .hasMessageContaining(String.valueOf(64 * 32));
    }
}
