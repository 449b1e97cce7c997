package app.headlight.web.explore;

import app.headlight.circuits.DetectorScores;
import app.headlight.circuits.RepeatedTokens;
import app.headlight.library.OpenModel;
import app.headlight.transformer.HeadId;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What the heads of each model do on repeated random tokens, measured once a model. */
@Component
class HeadScores {

    /** Two tokens and the same two again; the beginning-of-sequence token may stand before them. */
    private static final int SHORTEST_CONTEXT = 5;

    private final Cache<String, Map<HeadId, DetectorScores>> byModel =
            Caffeine.newBuilder().maximumSize(200).build();

    Map<HeadId, DetectorScores> of(OpenModel model) {
        return byModel.get(
                model.key(),
                hash -> model.config().nCtx() < SHORTEST_CONTEXT
                        ? Map.of()
                        : DetectorScores.of(model.transformer(), RepeatedTokens.of(model.config())));
    }

    /** The head to begin with: the one that does induction best; none in a model without heads. */
    Optional<HeadId> strongest(OpenModel model) {
        return of(model).entrySet().stream()
                .max(Comparator.comparingDouble((Map.Entry<HeadId, DetectorScores> head) ->
                        head.getValue().induction()))
                .map(Map.Entry::getKey);
    }
}
