package app.headlight.engine.circuits;

import app.headlight.engine.tensor.Complex;
import app.headlight.engine.tensor.FactoredMatrix;
import java.util.List;

/**
 * The eigenvalues of a full circuit and their score.
 *
 * @param eigenvalues at most d_head of them (the others are zero), the largest magnitude first
 * @param score Σλ / Σ|λ| in [-1, 1]: 1 if every token raises itself, -1 if each lowers itself; 0 for a circuit of
 *     zeros. It is the copying score of an OV circuit and the matching score of a QK circuit (Elhage et al. 2021, "A
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
