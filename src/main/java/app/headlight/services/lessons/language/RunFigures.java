package app.headlight.services.lessons.language;

import app.headlight.engine.circuits.LogitAttribution;
import app.headlight.engine.circuits.LogitDirection;
import app.headlight.engine.circuits.LogitEffect;
import app.headlight.engine.circuits.OvCircuit;
import app.headlight.engine.circuits.PathExpansion;
import app.headlight.engine.circuits.VirtualHead;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.residual.LogitLens;
import app.headlight.engine.residual.Prediction;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.Vector;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import app.headlight.services.edits.EditList;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.lab.Measurement;
import app.headlight.services.lab.RunRef;
import app.headlight.services.models.OpenModel;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Figures of the run of a model on a sentence, with its edits. Logits are over the mean of all logits. */
final class RunFigures {

    /** The lens shows the likeliest token alone. */
    private static final int ONE = 1;

    private final Laboratory lab;
    private final Scene scene;
    private final OpenModel model;

    RunFigures(Laboratory lab, Scene scene) {
        this.lab = lab;
        this.scene = scene;
        this.model = scene.model();
    }

    private Transformer transformer() {
        return model.transformer();
    }

    private Run run() {
        int[] tokens = scene.tokens();
        if (tokens.length == 0) {
            throw new Refusal("there is no sentence to run " + model.name() + " on");
        }
        return lab.run(
                model, tokens, EditList.of(lab, model, tokens, scene.edits()).edits());
    }

    private <V> V ofRun(String what, List<?> how, Function<Run, V> work) {
        Run run = run();
        return lab.get(
                Measurement.quick(RunRef.of(model.ref(), run.tokens(), run.edits()), what, how, () -> work.apply(run)));
    }

    private <V> V ofModel(String what, List<?> how, Supplier<V> work) {
        return lab.get(Measurement.quick(model.ref(), what, how, work));
    }

    double weight(HeadId head, int destination, int source) {
        transformer().head(head); // refuses one that does not exist
        return pattern(head).get(destination, source);
    }

    private Matrix pattern(HeadId head) {
        return run().pattern(head);
    }

    /** The source that a head attends to most. */
    int most(HeadId head, int destination) {
        return pattern(head)
                .largestInRow(destination, destination + 1, ONE)
                .getFirst()
                .index();
    }

    double virtual(HeadId earlier, HeadId later, int destination, int source) {
        return ofRun(
                        "pattern",
                        List.of(earlier + "->" + later),
                        run -> VirtualHead.of(transformer(), List.of(earlier, later))
                                .pattern(transformer(), run))
                .get(destination, source);
    }

    Prediction prediction(int destination) {
        return Prediction.at(run(), destination);
    }

    int likeliest(int destination) {
        return prediction(destination).likeliest(ONE).getFirst().token();
    }

    /** −log p of the token at a place. */
    double loss(int place) {
        if (place == 0) {
            throw new Refusal("the first token has no loss: nothing stands before it");
        }
        return run().loss()[place - 1];
    }

    double meanLoss(int from, int to) {
        if (from < 1 || from > to) {
            throw new Refusal("the mean loss from place " + from + " to " + to + "; expected 1 or more, and rising");
        }
        return Arrays.stream(run().loss(), from - 1, to).average().orElseThrow();
    }

    double effect(HeadId head, int destination, int source, int token) {
        LogitEffect effects = LogitEffect.of(transformer(), run(), targets());
        return ofRun(
                        "effect of a line",
                        List.of(head.toString(), destination, source, "alone"),
                        run -> Vector.of(effects.row(head, destination, source)))
                .get(token);
    }

    private LogitEffect.Targets targets() {
        return ofRun("targets of effects", List.of(), run -> LogitEffect.Targets.of(transformer(), run));
    }

    double adds(HeadId head, int token, int destination) {
        return attribution(token, destination).heads().stream()
                .filter(share -> share.head().equals(head))
                .findFirst()
                .orElseThrow(() -> new Refusal(model.name() + " has no head " + head))
                .value();
    }

    double direct(int token, int destination) {
        return PathExpansion.isPossible(run())
                ? ofRun(
                                "paths over mean",
                                List.of(token, destination),
                                run -> PathExpansion.of(
                                        transformer(),
                                        run,
                                        LogitDirection.overMean(transformer(), run, destination, token)))
                        .terms()
                        .getFirst()
                        .value()
                : attribution(token, destination).embedding();
    }

    double logit(int token, int destination) {
        return attribution(token, destination).direction().value();
    }

    private LogitAttribution attribution(int token, int destination) {
        return ofRun(
                "shares over mean",
                List.of(token, destination),
                run -> LogitAttribution.of(
                        transformer(), run, LogitDirection.overMean(transformer(), run, destination, token)));
    }

    double ov(HeadId head, int source, int output) {
        return outputs(head, source).get(output);
    }

    /** The token whose logit a head raises most where it reads a token. */
    int raised(HeadId head, int source) {
        return outputs(head, source).largest(ONE).getFirst().index();
    }

    private Vector outputs(HeadId head, int source) {
        return ofModel(
                "outputs of a token",
                List.of(head, source),
                () -> Vector.of(OvCircuit.of(transformer(), head).outputsOf(source, true)));
    }

    int lens(int layers, int destination) {
        return lens().at(layers, destination).top().getFirst().token();
    }

    double lensChance(int layers, int destination) {
        double chance = lens().at(layers, destination).probability();
        if (Double.isNaN(chance)) {
            throw new Refusal("no token comes after the last one of the sentence");
        }
        return chance;
    }

    private LogitLens lens() {
        return ofRun("logit lens of the likeliest", List.of(), run -> LogitLens.of(transformer(), run, ONE));
    }
}
