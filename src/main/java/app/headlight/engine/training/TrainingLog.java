package app.headlight.engine.training;

import app.headlight.engine.circuits.DetectorScores;
import app.headlight.engine.refusal.Refusal;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The record of a training, {@code training.json}: how loss and heads changed with the steps.
 *
 * @param recipe the settings of the training
 * @param unigram loss of a predictor that knows frequencies, in nats a token
 * @param bigram loss of a predictor that knows what follows each token, in nats a token
 * @param losses training loss by step
 * @param measures loss on unseen windows and detector scores by step
 * @param checkpoints the steps whose weights are stored
 * @param seconds of training, without pauses
 */
public record TrainingLog(
        Recipe recipe,
        double unigram,
        double bigram,
        List<Loss> losses,
        List<Measure> measures,
        List<Long> checkpoints,
        double seconds) {

    /**
     * The training loss at one step.
     *
     * @param step steps taken
     * @param loss mean over the steps since the last entry, in nats a token
     * @param rate the learning rate of this step
     * @param gradient the norm of its gradient, before it is clipped; null, as the rate, in the records of earlier versions
     */
    public record Loss(
            long step,
            double loss,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Double rate,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Double gradient) {}

    /**
     * The measurements at one step.
     *
     * @param step steps taken
     * @param unseen mean loss on windows that were not trained on
     * @param inContext the in-context-learning score on these: the loss of late tokens of a window less that of early ones
     *     (Olsson et al. 2022, "In-context Learning and Induction Heads"), see {@link ContextScore}; null in the records of
     *     earlier versions
     * @param scores by name of the head, on repeated random tokens
     */
    public record Measure(
            long step,
            double unseen,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Double inContext,

            Map<String, DetectorScores> scores) {

        /** The highest induction score of any head; 0 without heads. */
        public double induction() {
            return scores.values().stream()
                    .mapToDouble(DetectorScores::induction)
                    .max()
                    .orElse(0);
        }
    }

    /** Copies the lists. */
    public TrainingLog {
        losses = List.copyOf(losses);
        measures = List.copyOf(measures);
        checkpoints = List.copyOf(checkpoints);
    }

    static TrainingLog begun(Recipe recipe, Examples.Entropy entropy) {
        return new TrainingLog(recipe, entropy.unigram(), entropy.bigram(), List.of(), List.of(), List.of(), 0);
    }

    TrainingLog with(Loss loss) {
        return new TrainingLog(recipe, unigram, bigram, appended(losses, loss), measures, checkpoints, seconds);
    }

    TrainingLog with(Measure measure) {
        return new TrainingLog(recipe, unigram, bigram, losses, appended(measures, measure), checkpoints, seconds);
    }

    TrainingLog withCheckpoint(long step) {
        return new TrainingLog(recipe, unigram, bigram, losses, measures, appended(checkpoints, step), seconds);
    }

    /** The checkpoints without the last, which is the model itself. */
    public List<Long> earlierCheckpoints() {
        return checkpoints.isEmpty() ? checkpoints : checkpoints.subList(0, checkpoints.size() - 1);
    }

    TrainingLog withSeconds(double total) {
        return new TrainingLog(recipe, unigram, bigram, losses, measures, checkpoints, total);
    }

    /** The log as it was at a step. */
    TrainingLog until(long step) {
        return new TrainingLog(
                recipe,
                unigram,
                bigram,
                losses.stream().filter(loss -> loss.step() <= step).toList(),
                measures.stream().filter(measure -> measure.step() <= step).toList(),
                checkpoints.stream().filter(kept -> kept <= step).toList(),
                seconds);
    }

    public String json() {
        return TrainingJson.write(this);
    }

    /** @throws Refusal if the text is not such a record */
    public static TrainingLog of(String json) {
        return TrainingJson.read(json, TrainingLog.class);
    }

    private static <T> List<T> appended(List<T> list, T element) {
        List<T> longer = new ArrayList<>(list);
        longer.add(element);
        return longer;
    }
}
