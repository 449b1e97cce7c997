package app.headlight.engine.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.tensor.EjmlProducts;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SummedAttentionTest {

    @ParameterizedTest
    @MethodSource("app.headlight.engine.transformer.RandomModels#kinds")
    void eachRowSumsToTheNumberOfHeadsAndEachEntryToTheirs(Config config) {
        Transformer model = new Transformer(config, RandomModels.weights(config, 4), new EjmlProducts());
        Run run = model.run(RandomModels.tokens(config, 6, 1));
        for (int layer = 0; layer < config.nLayers(); layer++) {
            Matrix summed = SummedAttention.ofLayer(run, layer).summed();
            for (int t = 0; t < run.length(); t++) {
                double row = 0;
                for (int s = 0; s < run.length(); s++) {
                    row += summed.get(t, s);
                }
                assertThat(row).isCloseTo(config.nHeads(), within(1e-4));
            }
            double one = 0;
            for (int head = 0; head < config.nHeads(); head++) {
                one += run.pattern(new HeadId(layer, head)).get(5, 4);
            }
            assertThat((double) summed.get(5, 4)).isCloseTo(one, within(1e-6));
        }
        SummedAttention all = SummedAttention.ofAll(run);
        assertThat(all.heads()).isEqualTo(config.nLayers() * config.nHeads());
        double ofLayers = 0;
        for (int layer = 0; layer < config.nLayers(); layer++) {
            ofLayers += SummedAttention.ofLayer(run, layer).summed().get(5, 4);
        }
        assertThat((double) all.summed().get(5, 4)).isCloseTo(ofLayers, within(1e-5));
        double row = 0;
        for (int s = 0; s < run.length(); s++) {
            row += all.mean().get(3, s);
        }
        assertThat(row).isCloseTo(1, within(1e-5));
        assertThatThrownBy(() -> SummedAttention.ofLayer(run, config.nLayers())).hasMessageContaining("the layer is 2");
    }
}
