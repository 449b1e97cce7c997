package app.headlight.circuits;

import app.headlight.tensor.Complex;
import app.headlight.tensor.FactoredMatrix;
import java.util.List;

/**
 * The eigenvalues of a full circuit and what they say together.
 *
 * @param eigenvalues at most d_head of them (the others are zero), by falling magnitude
 * @param score Σλ / Σ|λ| in [-1, 1]: 1 where every token raises itself, -1 where each lowers itself; 0 for a circuit of
 *     zeros. The copying score of an OV circuit, the matching score of a QK circuit (Elhage et al. 2021, "A
 *     Mathematical Framework for Transformer Circuits", Detecting Copying Behavior)
 */
public record Spectrum(List<Complex> eigenvalues, double score) {

    /** Copies the list. */
    public Spectrum {
        eigenvalues = List.copyOf(eigenvalues);
    }

    static Spectrum of(FactoredMatrix circuit) {
        List<Complex> eigenvalues = List.of(circuit.eigenvalues());
        double sum = eigenvalues.stream().mapToDouble(Complex::re).sum();
        double magnitudes = eigenvalues.stream().mapToDouble(Complex::magnitude).sum();
        return new Spectrum(eigenvalues, magnitudes == 0 ? 0 : sum / magnitudes);
    }
}
