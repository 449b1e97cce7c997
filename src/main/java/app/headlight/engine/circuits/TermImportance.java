package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ejml.data.FMatrixRMaj;

/**
 * The importance of the terms of each order: how much of a model's loss they explain (Elhage et al. 2021, "A
 * Mathematical Framework for Transformer Circuits", Term Importance Analysis): patterns are frozen at those of the
 * model's own run, and in each round every head's output is the one that it had in the round before, and nothing in
 * round 0. So round n keeps the paths through at most n heads, and round L is the model. Biases are kept in every
 * round; the scale of a norm is computed again in each.
 *
 * @param meanLossByOrder mean loss of round 0 to L, in nats
 * @param model the model's own mean loss
 * @param heads each head's marginal effect
 * @param positions the number of losses in the means
 */
public record TermImportance(
        List<Double> meanLossByOrder, double model, Map<HeadId, MarginalEffect> heads, int positions) {

    /**
     * By how much a head lowers the mean loss, in nats; negative where it raises it. Patterns are frozen.
     *
     * @param first when it is added to the direct path only: its own paths of order 1
     * @param last when it is added to everything else: all paths through it
     */
    public record MarginalEffect(double first, double last) {

        private MarginalEffect plus(MarginalEffect other) {
            return new MarginalEffect(first + other.first, last + other.last);
        }

        private MarginalEffect times(double factor) {
            return new MarginalEffect(first * factor, last * factor);
        }
    }

    /** Copies. */
    public TermImportance {
        meanLossByOrder = List.copyOf(meanLossByOrder);
        heads = Collections.unmodifiableMap(new LinkedHashMap<>(heads));
    }

    /** What the terms of order n add to those below: the drop of the mean loss, in nats; for n from 1. */
    public double drop(int order) {
        return meanLossByOrder.get(order - 1) - meanLossByOrder.get(order);
    }

    /** Measures one run of {@code model}; throws {@link Refusal} if it has no next token to predict, or MLPs. */
    public static TermImportance of(Transformer model, Run run) {
        check(model, List.of(run.tokens()));
        return sums(model, run).times(1.0 / (run.length() - 1));
    }

    /**
     * Measures a text, each window by itself.
     *
     * @param windows the tokens of each; a window of a single token has no loss and adds nothing
     * @param progress told before each window and at the end
     * @throws Refusal if no window has two tokens, or the model has MLPs
     */
    public static TermImportance of(Transformer model, List<int[]> windows, Progress progress) {
        check(model, windows);
        TermImportance sum = null;
        for (int i = 0; i < windows.size(); i++) {
            progress.report(i, windows.size());
            if (windows.get(i).length > 1) {
                TermImportance here = sums(model, model.run(windows.get(i)));
                sum = sum == null ? here : sum.plus(here);
            }
        }
        progress.report(1, 1);
        return Objects.requireNonNull(sum).times(1.0 / sum.positions);
    }

    private static void check(Transformer model, List<int[]> windows) {
        PathExpansion.requireLinear(model.config());
        if (windows.stream().noneMatch(window -> window.length > 1)) {
            throw new Refusal("there is no token with a next one to predict; expected two at least");
        }
    }

    /** The sums over all positions, before the means are taken. */
    private static TermImportance sums(Transformer model, Run run) {
        FrozenRun frozen = new FrozenRun(model, run);
        Map<HeadId, FMatrixRMaj> outputs = Map.of();
        List<Double> losses = new ArrayList<>();
        losses.add(StreamLoss.sum(model, frozen.stream(outputs), run.tokens()));
        Map<HeadId, MarginalEffect> heads = new LinkedHashMap<>();
        double whole = Arrays.stream(run.loss()).sum();
        for (int order = 1; order <= model.config().nLayers(); order++) {
            outputs = frozen.next(outputs);
            losses.add(StreamLoss.sum(model, frozen.stream(outputs), run.tokens()));
            if (order == 1) {
                outputs.forEach((head, alone) -> {
                    double with = StreamLoss.sum(model, frozen.stream(Map.of(head, alone)), run.tokens());
                    double without = Arrays.stream(frozen.without(head).loss()).sum();
                    heads.put(head, new MarginalEffect(losses.getFirst() - with, without - whole));
                });
            }
        }
        return new TermImportance(losses, whole, heads, run.loss().length);
    }

    private TermImportance plus(TermImportance other) {
        Map<HeadId, MarginalEffect> both = new LinkedHashMap<>(heads);
        other.heads.forEach((head, effect) -> both.merge(head, effect, MarginalEffect::plus));
        List<Double> losses = new ArrayList<>();
        for (int order = 0; order < meanLossByOrder.size(); order++) {
            losses.add(meanLossByOrder.get(order) + other.meanLossByOrder.get(order));
        }
        return new TermImportance(losses, model + other.model, both, positions + other.positions);
    }

    private TermImportance times(double factor) {
        Map<HeadId, MarginalEffect> means = new LinkedHashMap<>();
        heads.forEach((head, effect) -> means.put(head, effect.times(factor)));
        return new TermImportance(
                meanLossByOrder.stream().map(loss -> loss * factor).toList(), model * factor, means, positions);
    }
}
