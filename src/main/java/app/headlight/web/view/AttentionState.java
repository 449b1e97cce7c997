package app.headlight.web.view;

import java.util.List;

/**
 * How the attention panel and the head grid draw.
 *
 * @param view lines, arcs or matrix
 * @param weighting what a line's strength stands for
 * @param threshold lines under this share of the strongest are hidden, in [0, 1]
 * @param thumbnails what the head grid's thumbnails show
 * @param beside which heads stand side by side
 * @param pooled how the heads of a layer, and all heads, are taken together
 * @param without sources that are left out of the pictures, rising
 */
public record AttentionState(
        View view,
        Weighting weighting,
        double threshold,
        Thumbnails thumbnails,
        Beside beside,
        Pooled pooled,
        List<Integer> without) {

    /** The kinds of attention picture. */
    public enum View {
        LINES,
        ARCS,
        MATRIX
    }

    /**
     * The attention weight; the weight times the norm of what is moved; what it adds to the next token's logit; the
     * weight times the gradient by it.
     */
    public enum Weighting {
        WEIGHT,
        VALUE,
        LOGIT,
        GRADIENT
    }

    /** What the thumbnails of the heads show. */
    public enum Thumbnails {
        PATTERN,
        EFFECT
    }

    /** The selected heads, those of the selected head's layer, or all. */
    public enum Beside {
        SELECTED,
        LAYER,
        ALL
    }

    /** The sum of the weights of several heads, or their mean. */
    public enum Pooled {
        SUM,
        MEAN
    }

    public static final AttentionState FIRST = new AttentionState(
            View.LINES, Weighting.WEIGHT, 0.05, Thumbnails.PATTERN, Beside.ALL, Pooled.SUM, List.of());

    public AttentionState {
        without = without.stream().distinct().sorted().toList();
    }

    public AttentionState withView(View view) {
        return new AttentionState(view, weighting, threshold, thumbnails, beside, pooled, without);
    }

    public AttentionState withWeighting(Weighting weighting) {
        return new AttentionState(view, weighting, threshold, thumbnails, beside, pooled, without);
    }

    public AttentionState withThreshold(double threshold) {
        return new AttentionState(view, weighting, threshold, thumbnails, beside, pooled, without);
    }

    public AttentionState withThumbnails(Thumbnails thumbnails) {
        return new AttentionState(view, weighting, threshold, thumbnails, beside, pooled, without);
    }

    public AttentionState withBeside(Beside beside) {
        return new AttentionState(view, weighting, threshold, thumbnails, beside, pooled, without);
    }

    /** For other tokens: of those that are left out only the first stays, which every sentence has. */
    AttentionState forOtherTokens() {
        return withWithout(without.contains(0) ? List.of(0) : List.of());
    }

    public AttentionState withWithout(List<Integer> without) {
        return new AttentionState(view, weighting, threshold, thumbnails, beside, pooled, without);
    }

    public AttentionState withPooled(Pooled pooled) {
        return new AttentionState(view, weighting, threshold, thumbnails, beside, pooled, without);
    }
}
