package app.headlight.engine.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.ReferenceModel;
import app.headlight.engine.tensor.Complex;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Transformer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpectraTest {

    @ParameterizedTest
    @ValueSource(strings = {"storybook-2l-torch", "random-3l-standard", "random-2l-lnpre-biases", "random-0l"})
    void areThoseOfEachHeadsCircuitsByThemselves(String name) {
        Transformer model = ReferenceModel.load(name).model();
        Spectra spectra = Spectra.of(model);
        assertThat(spectra.ov().keySet()).containsExactlyElementsOf(model.heads());
        for (HeadId head : model.heads()) {
            same(spectra.ov().get(head), OvCircuit.of(model, head).spectrum());
            same(spectra.qk().get(head), QkCircuit.of(model, head).spectrum());
        }
    }

    private static void same(Spectrum found, Spectrum expected) {
        assertThat(found.score()).isCloseTo(expected.score(), within(1e-3));
        double largest = expected.eigenvalues().getFirst().magnitude();
        assertThat(found.eigenvalues()).hasSameSizeAs(expected.eigenvalues());
        for (Complex value : expected.eigenvalues()) {
            assertThat(nearest(found.eigenvalues(), value)).isLessThan(1e-4 * largest);
        }
    }

    private static double nearest(List<Complex> values, Complex to) {
        return values.stream()
                .mapToDouble(value -> Math.hypot(value.re() - to.re(), value.im() - to.im()))
                .min()
                .orElseThrow();
    }
}
