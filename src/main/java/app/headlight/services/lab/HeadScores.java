package app.headlight.services.lab;

import app.headlight.engine.circuits.DetectorScores;
import app.headlight.engine.circuits.RepeatedTokens;
import app.headlight.engine.tensor.UncomputableException;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.models.ModelRef;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.StoredModel;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What the heads of each model do on repeated random tokens, measured once a model. */
@Component
public class HeadScores {

    private static final String WHAT = "detector scores";

    private final Laboratory lab;

    public HeadScores(Laboratory lab) {
        this.lab = lab;
    }

    /** By layer and head; empty where the context is too short for such texts, there are no heads or no finite scores. */
    public Map<HeadId, DetectorScores> of(OpenModel model) {
        return lab.get(Measurement.kept(
                model.ref(),
                WHAT,
                new Measurement.Text<>(HeadScores::write, HeadScores::read),
                () -> RepeatedTokens.fits(model.config()) ? measured(model) : Map.of()));
    }

    /** Whether the scores of the finished model are in the database. */
    public boolean areKept(StoredModel model) {
        return lab.isKept(ModelRef.of(model, OpenModel.FINISHED), WHAT);
    }

    private static Map<HeadId, DetectorScores> measured(OpenModel model) {
        try {
            return DetectorScores.of(model.transformer(), RepeatedTokens.of(model.config()));
        } catch (UncomputableException uncomputable) {
            return Map.of();
        }
    }

    private static String write(Map<HeadId, DetectorScores> scores) {
        return scores.entrySet().stream()
                .map(head -> "%s %s %s %s %s"
                        .formatted(
                                head.getKey(),
                                head.getValue().previous(),
                                head.getValue().duplicate(),
                                head.getValue().induction(),
                                head.getValue().first()))
                .collect(Collectors.joining("\n"));
    }

    private static Map<HeadId, DetectorScores> read(String text) {
        Map<HeadId, DetectorScores> scores = new LinkedHashMap<>();
        text.lines().map(line -> line.split(" ")).forEach(head -> scores.put(HeadId.parse(head[0]), scores(head)));
        return Collections.unmodifiableMap(scores);
    }

    private static DetectorScores scores(String[] head) {
        return new DetectorScores(
                Double.parseDouble(head[1]),
                Double.parseDouble(head[2]),
                Double.parseDouble(head[3]),
                Double.parseDouble(head[4]));
    }

    /** The head to begin with: the one that does induction best; none in a model without heads. */
    public Optional<HeadId> strongest(OpenModel model) {
        return of(model).entrySet().stream()
                .max(Comparator.comparingDouble((Map.Entry<HeadId, DetectorScores> head) ->
                        head.getValue().induction()))
                .map(Map.Entry::getKey);
    }
}
