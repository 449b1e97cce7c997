package app.headlight.services.lab;

import app.headlight.engine.circuits.DetectorScores;
import app.headlight.engine.circuits.RepeatedTokens;
import app.headlight.engine.tensor.UncomputableException;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.models.OpenModel;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What the heads of each model do on repeated random tokens, measured once a model. */
@Component
public class HeadScores {

    private final Laboratory lab;

    public HeadScores(Laboratory lab) {
        this.lab = lab;
    }

    /** By layer and head; empty where the context is too short for such texts, there are no heads or no finite scores. */
    public Map<HeadId, DetectorScores> of(OpenModel model) {
        return lab.get(Measurement.quick(
                model.ref(),
                "detector scores",
                List.of(),
                () -> RepeatedTokens.fits(model.config()) ? measured(model) : Map.of()));
    }

    private static Map<HeadId, DetectorScores> measured(OpenModel model) {
        try {
            return DetectorScores.of(model.transformer(), RepeatedTokens.of(model.config()));
        } catch (UncomputableException uncomputable) {
            return Map.of();
        }
    }

    /** The head to begin with: the one that does induction best; none in a model without heads. */
    public Optional<HeadId> strongest(OpenModel model) {
        return of(model).entrySet().stream()
                .max(Comparator.comparingDouble((Map.Entry<HeadId, DetectorScores> head) ->
                        head.getValue().induction()))
                .map(Map.Entry::getKey);
    }
}
