package app.headlight.web.component;

import java.util.List;

/**
 * What the pictures of a training draw.
 *
 * @param steps of the whole training
 * @param losses step and mean training loss, [n, 2]
 * @param measures step, loss on unseen windows, best induction score, best previous-token score, [n, 4]
 * @param checkpoints steps whose weights can be opened, rising
 * @param selected the step that is shown; −1: the finished model
 */
public record TrainingHistory(
        String name,
        long steps,
        List<double[]> losses,
        List<double[]> measures,
        double unigram,
        double bigram,
        List<Long> checkpoints,
        long selected) {}
