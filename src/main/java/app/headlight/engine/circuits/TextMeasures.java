package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.Transformer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Measurements of a model on a text that is cut into windows.
 *
 * @param terms the loss by order of terms, and by how much each head lowers it; null if the model has MLPs
 * @param loss by position
 * @param detectors what the heads attend to where tokens of the text repeat
 */
public record TextMeasures(@Nullable TermImportance terms, LossByPosition loss, Map<HeadId, DetectorScores> detectors) {

    /**
     * Measures windows of a text, each by itself.
     *
     * @param progress told before each window
     * @throws Refusal if no window has two tokens
     */
    public static TextMeasures of(Transformer model, List<int[]> windows, Progress progress) {
        // A run takes a small part of the time that the terms take.
        boolean withTerms = PathExpansion.isPossible(model.config());
        double each = withTerms ? 0.1 : 0.5;
        LossByPosition loss = LossByPosition.of(model, windows, done -> progress.goesOn(each * done));
        Map<HeadId, DetectorScores> detectors =
                DetectorScores.onText(model, windows, done -> progress.goesOn(each + each * done));
        TermImportance terms = withTerms
                ? TermImportance.of(model, windows, done -> progress.goesOn(2 * each + (1 - 2 * each) * done))
                : null;
        return new TextMeasures(terms, loss, detectors);
    }
}
