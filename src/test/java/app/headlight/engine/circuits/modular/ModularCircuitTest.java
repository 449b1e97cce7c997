package app.headlight.engine.circuits.modular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.tensor.OpenBlasProducts;
import app.headlight.engine.training.Examples;
import app.headlight.engine.training.Recipe;
import app.headlight.engine.training.Trainer;
import app.headlight.engine.transformer.Mlp;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModularCircuitTest {

    private static final int P = 17;
    private static final Frequencies FREQUENCIES = new Frequencies(P);
    private static final double[][] WAVES = FREQUENCIES.waves();

    private interface OfTwo {
        double at(int a, int b);
    }

    private static double[] values(OfTwo function) {
        double[] values = new double[P * P];
        for (int i = 0; i < values.length; i++) {
            values[i] = function.at(i / P, i % P);
        }
        return values;
    }

    @Test
    void whatHasOneFrequencyIsExplainedByItWhole() {
        double[] values = values((a, b) -> 3
                + 2 * FREQUENCIES.cos(4, a)
                - FREQUENCIES.sin(4, b)
                + 0.5 * FREQUENCIES.cos(4, a) * FREQUENCIES.sin(4, b));
        double[] shares = FREQUENCIES.shares(values, WAVES);
        assertThat(shares[3]).isCloseTo(1, within(1e-12));
        assertThat(shares[0] + shares[1] + shares[2] + shares[4] + shares[7]).isCloseTo(0, within(1e-12));
    }

    @Test
    void sharesAreThoseOfTheSquaresOfTheAmplitudes() {
        double[] shares = FREQUENCIES.shares(
                values((a, b) -> 3 * FREQUENCIES.cos(1, a) + 2 * FREQUENCIES.sin(2, b) * FREQUENCIES.sin(2, a)), WAVES);
        assertThat(shares[0]).isCloseTo(4.5 / 5.5, within(1e-12)); // 3² / 2 and 2² / 4
        assertThat(shares[1]).isCloseTo(1 / 5.5, within(1e-12));
        assertThat(FREQUENCIES.shares(values((a, b) -> 7), WAVES)).containsOnly(0);
    }

    @Test
    void logitsThatDependOnTheSumAloneAreTheirOwnWaves() {
        float[][] logits = new float[P * P][P + 1];
        for (int pair = 0; pair < logits.length; pair++) {
            for (int c = 0; c < P; c++) {
                int error = pair / P + pair % P - c;
                logits[pair][c] =
                        (float) (5 + pair % 3 + 6 * FREQUENCIES.cos(2, error) + 3 * FREQUENCIES.cos(7, error));
            }
            logits[pair][P] = -1e4f;
        }
        Waves waves = new Waves(FREQUENCIES, logits);
        assertThat(waves.shares()[1]).isCloseTo(0.8, within(1e-6));
        assertThat(waves.shares()[6]).isCloseTo(0.2, within(1e-6));
        assertThat(Pairs.loss(P, waves.only(List.of(2, 7)))).isCloseTo(Pairs.loss(P, logits), within(1e-5));
        assertThat(Pairs.loss(P, waves.only(List.of(3)))).isCloseTo(Math.log(P), within(1e-5));
        assertThat(new Pairs(P, logits, new float[0][]).right()).isEqualTo(1);
    }

    /** Every figure of a model that has been trained a little, by another route: plain runs and plain sums. */
    @Test
    void theFiguresOfAModelAreThoseOfItsRuns() {
        Recipe recipe = Recipe.modularAddition()
                .with()
                .model(1, 16, 2, 8)
                .mlp(new Mlp(12, Mlp.Activation.RELU, false))
                .vocabulary(P + 1)
                .rows(32)
                .steps(60)
                .build();
        try (Trainer trainer = new Trainer(recipe, Examples.of(recipe), new OpenBlasProducts())) {
            while (!trainer.isDone()) {
                trainer.advance();
            }
            Transformer model = new Transformer(recipe.config(), trainer.weights(), new OpenBlasProducts());
            ModularCircuit circuit = ModularCircuit.of(model, Progress.UNWATCHED);
            double loss = 0;
            double squares = 0;
            double along = 0;
            for (int a = 0; a < P; a++) {
                for (int b = 0; b < P; b++) {
                    Run run = model.run(new int[] {a, b, P});
                    float[] logits = run.logits().row(2);
                    loss += (run.logSum()[2] - logits[(a + b) % P]) / (P * P);
                    double mean = 0;
                    for (int c = 0; c < P; c++) {
                        mean += logits[c] / P;
                    }
                    for (int c = 0; c < P; c++) {
                        squares += (logits[c] - mean) * (logits[c] - mean);
                        along += (logits[c] - mean) * Math.cos(2 * Math.PI * 3 * (a + b - c) / P);
                    }
                }
            }
            assertThat(circuit.loss()).isCloseTo(loss, within(1e-4));
            assertThat(circuit.logits()[2]).isCloseTo(along * along / (P * P * P / 2.0) / squares, within(1e-5));
            double norm = 0;
            for (int d = 0; d < 16; d++) {
                double sum = 0;
                for (int a = 0; a < P; a++) {
                    sum += model.weights().wE().get(a, d) * Math.sin(2 * Math.PI * 2 * a / P);
                }
                norm += sum * sum * 2 / P;
            }
            assertThat(circuit.embedding()[1][1]).isCloseTo(Math.sqrt(norm), within(1e-5));
            assertThat(circuit.neurons()).hasSize(12);
            assertThat(circuit.neurons().getFirst().activations()).hasSize(P * P);
        }
    }

    @Test
    void aModelOfSomethingElseIsRefused() {
        Recipe recipe =
                Recipe.modularAddition().with().vocabulary(20 + 1).steps(1).build(); // 20 is no prime
        try (Trainer trainer = new Trainer(recipe, Examples.of(recipe), new OpenBlasProducts())) {
            Transformer model = new Transformer(recipe.config(), trainer.weights(), new OpenBlasProducts());
            assertThatThrownBy(() -> ModularCircuit.of(model, Progress.UNWATCHED))
                    .hasMessageContaining("21 tokens");
        }
    }
}
