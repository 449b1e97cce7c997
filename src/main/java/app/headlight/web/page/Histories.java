package app.headlight.web.page;

import app.headlight.engine.circuits.DetectorScores;
import app.headlight.engine.training.Task;
import app.headlight.engine.training.TrainingLog;
import app.headlight.web.component.TrainingHistory;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Makes the data of a training's pictures from its log. */
public final class Histories {

    private Histories() {}

    /** @param selected the step that is shown; −1: the finished model */
    public static TrainingHistory of(String model, TrainingLog log, long selected) {
        List<double[]> losses = log.losses().stream()
                .map(loss -> new double[] {loss.step(), loss.loss(), known(loss.rate()), known(loss.gradient())})
                .toList();
        List<double[]> measures = log.measures().stream()
                .map(measure -> new double[] {
                    measure.step(),
                    measure.unseen(),
                    measure.induction(),
                    best(measure, DetectorScores::previous),
                    known(measure.inContext())
                })
                .toList();
        return new TrainingHistory(
                model + " training",
                log.recipe().steps(),
                unseen(log),
                losses,
                measures,
                log.unigram(),
                log.bigram(),
                log.checkpoints(),
                selected);
    }

    private static double known(@Nullable Double figure) {
        return figure == null ? Double.NaN : figure;
    }

    /** What the loss is measured on that the model is not trained on. */
    public static String unseen(TrainingLog log) {
        return log.recipe().task() == Task.TEXT ? "validation text" : "unseen rows";
    }

    private static double best(TrainingLog.Measure measure, ToDoubleFunction<DetectorScores> detector) {
        return measure.scores().values().stream().mapToDouble(detector).max().orElse(0);
    }
}
