package app.headlight.engine.residual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.ReferenceModel;
import app.headlight.engine.transformer.Run;
import org.junit.jupiter.api.Test;

class StreamNormsTest {

    /** The law of cosines: ‖x_{l+1} - x_l‖² = ‖x_{l+1}‖² + ‖x_l‖² - 2 ‖x_{l+1}‖ ‖x_l‖ cos. */
    @Test
    void cosinesSayHowFarALayerTurnsTheStream() {
        Run run = ReferenceModel.load("random-3l-standard").model().run(new int[] {3, 1, 4, 1, 5});
        StreamNorms stream = StreamNorms.of(run);
        assertThat(stream.cosines()).hasNumberOfRows(3);
        for (int l = 0; l < 3; l++) {
            for (int t = 0; t < run.length(); t++) {
                double squares = 0;
                for (int d = 0; d < run.config().dModel(); d++) {
                    double step =
                            run.residual(l + 1).get(t, d) - run.residual(l).get(t, d);
                    squares += step * step;
                }
                double before = stream.norms()[l][t];
                double after = stream.norms()[l + 1][t];
                double cosine = (before * before + after * after - squares) / (2 * before * after);
                assertThat(stream.cosines()[l][t]).isCloseTo(cosine, within(1e-6));
            }
        }
    }
}
