package app.headlight.web.component;

import java.util.List;

/**
 * The data of the pictures of a training.
 *
 * @param steps of the whole training
 * @param unseen what the loss is measured on besides the training text, such as "validation text"
 * @param losses step, mean training loss, learning rate, norm of the gradient, [n, 4]; NaN: not known
 * @param measures step, loss on that, best induction score, best previous-token score, in-context-learning score, [n, 5]
 * @param checkpoints steps whose weights can be opened, rising
 * @param selected the step that is shown; −1: the finished model
 */
public record TrainingHistory(
        String name,
        long steps,
        String unseen,
        List<double[]> losses,
        List<double[]> measures,
        double unigram,
        double bigram,
        List<Long> checkpoints,
        long selected) {}
