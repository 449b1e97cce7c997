package app.headlight.services.lessons.language;

import app.headlight.engine.circuits.Composition;
import app.headlight.engine.circuits.CompositionGraph;
import app.headlight.engine.circuits.RepeatedTokens;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.lab.Measurement;
import app.headlight.services.measures.Measure;
import app.headlight.services.measures.Measured;
import app.headlight.services.measures.Measures;
import app.headlight.services.models.OpenModel;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What the heads of a model are known for: measures of its weights, and on random tokens. */
final class Roles {

    private final Laboratory lab;
    private final Measures measures;
    private final OpenModel model;

    Roles(Laboratory lab, Measures measures, OpenModel model) {
        this.lab = lab;
        this.measures = measures;
        this.model = model;
    }

    double score(HeadId head, String detector) {
        return measured(new Measure.Score(head, Measure.Detector.valueOf(detector.toUpperCase(Locale.ROOT))));
    }

    double copying(HeadId head) {
        return measured(new Measure.Copying(head));
    }

    /** Composition of two heads above random matrices; the earlier one writes. */
    double composition(String kind, HeadId earlier, HeadId later) {
        return measured(new Measure.Composed(Composition.valueOf(kind), earlier, later));
    }

    /** With the texts that the labels of heads are measured on, so that a lesson and a grid of heads show one number. */
    private double measured(Measure measure) {
        return switch (measures.get(model, measure, RepeatedTokens.SEED)) {
            case Measured.Value(double value) -> value;
            case Measured.Impossible(String why) -> throw new Refusal(measure + " of " + model.name() + ": " + why);
        };
    }

    /** The head with the largest score. */
    HeadId strongest(String role) {
        ToDoubleFunction<HeadId> score = role.equals("copying") ? this::copying : head -> score(head, role);
        return model.transformer().heads().stream()
                .max(Comparator.comparingDouble(score))
                .orElseThrow(() -> new Refusal(model.name() + " has no heads"));
    }

    /** The head of another layer that composes most with a head. */
    HeadId partner(String kind, HeadId head) {
        return lab
                .get(Measurement.quick(
                        model.ref(),
                        "composition of one head",
                        List.of(head, kind),
                        () -> CompositionGraph.partners(model.transformer(), head, Composition.valueOf(kind))))
                .stream()
                .findFirst()
                .map(edge -> head.equals(edge.writer()) ? edge.reader() : edge.writer())
                .orElseThrow(() -> new Refusal(model.name() + " has no head in another layer than " + head));
    }
}
