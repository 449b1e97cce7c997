package app.headlight.web.view;

/**
 * How the attention panel and the head grid draw.
 *
 * @param view lines, arcs or matrix
 * @param weighting what a line's strength stands for
 * @param threshold lines under this share of the strongest are hidden, in [0, 1]
 * @param thumbnails what the head grid's thumbnails show
 */
public record AttentionState(View view, Weighting weighting, double threshold, Thumbnails thumbnails) {

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

    public static final AttentionState FIRST =
            new AttentionState(View.LINES, Weighting.WEIGHT, 0.05, Thumbnails.PATTERN);

    public AttentionState withView(View view) {
        return new AttentionState(view, weighting, threshold, thumbnails);
    }

    public AttentionState withWeighting(Weighting weighting) {
        return new AttentionState(view, weighting, threshold, thumbnails);
    }

    public AttentionState withThreshold(double threshold) {
        return new AttentionState(view, weighting, threshold, thumbnails);
    }

    public AttentionState withThumbnails(Thumbnails thumbnails) {
        return new AttentionState(view, weighting, threshold, thumbnails);
    }
}
