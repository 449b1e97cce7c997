package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.Transformer;
import java.util.List;
import java.util.Map;

/**
 * Measurements of a model on a text that is cut into windows.
 *
 * @param terms the loss by order of terms, and by how much each head lowers it
 * @param loss by position
 * @param detectors what the heads attend to where tokens of the text repeat
 */
public record TextMeasures(TermImportance terms, LossByPosition loss, Map<HeadId, DetectorScores> detectors) {

    /**
     * Measures windows of a text, each by itself.
     *
     * @param progress told before each window
     * @throws Refusal if no window has two tokens
     */
    public static TextMeasures of(Transformer model, List<int[]> windows, Progress progress) {
        // A run takes a small part of the time that the terms take.
        LossByPosition loss = LossByPosition.of(model, windows, done -> progress.goesOn(0.1 * done));
        Map<HeadId, DetectorScores> detectors =
                DetectorScores.onText(model, windows, done -> progress.goesOn(0.1 + 0.1 * done));
        TermImportance terms = TermImportance.of(model, windows, done -> progress.goesOn(0.2 + 0.8 * done));
        return new TextMeasures(terms, loss, detectors);
    }
}
