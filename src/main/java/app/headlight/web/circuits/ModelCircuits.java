package app.headlight.web.circuits;

import app.headlight.circuits.Bigrams;
import app.headlight.circuits.CompositionGraph;
import app.headlight.circuits.CopyingHeads;
import app.headlight.circuits.DetectorScores;
import app.headlight.circuits.OvCircuit;
import app.headlight.circuits.RepeatedTokens;
import app.headlight.transformer.Config;
import app.headlight.transformer.HeadId;
import app.headlight.transformer.Transformer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the page says of a model whichever head is looked at.
 *
 * @param detectors on repeated random tokens; empty where the context is too short for them
 * @param copying Σλ / Σ|λ| of each head's OV circuit
 * @param copies copying on random tokens, rank-normalised; empty where the context is too short
 */
record ModelCircuits(
        Map<HeadId, DetectorScores> detectors,
        Map<HeadId, Double> copying,
        Map<HeadId, Double> copies,
        CompositionGraph graph,
        Bigrams bigrams) {

    private static final int SHORTEST_CONTEXT = 5;

    static ModelCircuits of(Transformer model) {
        Config config = model.config();
        boolean roomy = config.nCtx() >= SHORTEST_CONTEXT && config.nLayers() > 0;
        RepeatedTokens texts = roomy ? RepeatedTokens.of(config) : null;
        Map<HeadId, Double> copying = new LinkedHashMap<>();
        model.heads()
                .forEach(head ->
                        copying.put(head, OvCircuit.of(model, head).spectrum().score()));
        return new ModelCircuits(
                texts == null ? Map.of() : DetectorScores.of(model, texts),
                copying,
                texts == null ? Map.of() : CopyingHeads.of(model, texts),
                CompositionGraph.of(model),
                Bigrams.of(model));
    }
}
