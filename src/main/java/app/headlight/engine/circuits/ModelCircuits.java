package app.headlight.engine.circuits;

import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.Transformer;
import java.util.Map;

/**
 * The circuits of all heads of a model, as far as they are seen without a sentence.
 *
 * @param spectra the eigenvalues of every head's full circuits
 * @param copies how much each head raises the tokens that it attends to, on repeated random tokens; empty if the
 *     context is too short for them, or there are no heads
 * @param graph how heads compose
 * @param bigrams the direct path
 */
public record ModelCircuits(Spectra spectra, Map<HeadId, Double> copies, CompositionGraph graph, Bigrams bigrams) {

    /** Computes all of them; {@code progress} is told meanwhile. */
    public static ModelCircuits of(Transformer model, Progress progress) {
        Map<HeadId, Double> copies = RepeatedTokens.fits(model.config())
                ? CopyingHeads.of(model, RepeatedTokens.of(model.config()), done -> progress.goesOn(0.6 * done))
                : Map.of();
        Spectra spectra = Spectra.of(model);
        progress.report(7, 10);
        CompositionGraph graph = CompositionGraph.of(model, done -> progress.goesOn(0.7 + 0.3 * done));
        return new ModelCircuits(spectra, copies, graph, Bigrams.of(model));
    }
}
