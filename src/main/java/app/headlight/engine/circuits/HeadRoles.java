package app.headlight.engine.circuits;

import app.headlight.engine.circuits.CompositionGraph.Edge;
import app.headlight.engine.circuits.HeadLabel.Kind;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Transformer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which heads of a model take which role: models that differ in their seed alone have the same roles in other heads.
 *
 * @param held the heads of each kind, the highest score first; a head is of one kind at most, by {@link HeadLabel}
 * @param keys the K-composition, highest above random, of an earlier head into the best induction head; null if no head
 *     is known for induction, or none stands before it
 * @param copying how many heads have a positive copying score
 */
public record HeadRoles(
        Map<Kind, List<Held>> held, @Nullable Edge keys, int copying) {

    /**
     * A head in a role.
     *
     * @param score in [0, 1]
     */
    public record Held(HeadId head, double score) {}

    public HeadRoles {
        held = Collections.unmodifiableMap(new EnumMap<>(held));
    }

    /** @param scores of the heads of this model, on repeated random tokens */
    public static HeadRoles of(Transformer model, Map<HeadId, DetectorScores> scores) {
        Map<Kind, List<Held>> held = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            held.put(kind, new ArrayList<>());
        }
        scores.forEach((head, score) ->
                HeadLabel.of(score).ifPresent(label -> held.get(label.kind()).add(new Held(head, label.score()))));
        held.values()
                .forEach(heads ->
                        heads.sort(Comparator.comparingDouble(Held::score).reversed()));
        Edge keys = held.get(Kind.INDUCTION).stream()
                .findFirst()
                .flatMap(best -> CompositionGraph.partners(model, best.head(), Composition.K).stream()
                        .filter(edge -> best.head().equals(edge.reader()))
                        .findFirst())
                .orElse(null);
        int copying = (int) Spectra.of(model).ov().values().stream()
                .filter(spectrum -> spectrum.score() > 0)
                .count();
        return new HeadRoles(held, keys, copying);
    }
}
