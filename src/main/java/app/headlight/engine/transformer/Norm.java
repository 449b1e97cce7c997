package app.headlight.engine.transformer;

/** The kinds of normalisation between the stream and what reads it, by TransformerLens's names. */
public enum Norm {
    /** Nothing. */
    NONE(false, false),
    /** Each row centred and scaled, then times w plus b (Ba et al. 2016, "Layer Normalization"). */
    LN(true, true),
    /** Each row centred and scaled, without weights: those are folded into the reader's. */
    LN_PRE(true, false),
    /** Each row divided by its root mean square, then times w (Zhang and Sennrich 2019). */
    RMS(false, true),
    /** Each row divided by its root mean square, without weights. */
    RMS_PRE(false, false);

    private final boolean centred;
    private final boolean weighted;

    Norm(boolean centred, boolean weighted) {
        this.centred = centred;
        this.weighted = weighted;
    }

    /** Whether the mean of each row is subtracted. */
    public boolean isCentred() {
        return centred;
    }

    /** Whether it has weights, w. */
    public boolean isWeighted() {
        return weighted;
    }

    /** Whether it has biases, b. */
    public boolean isBiased() {
        return weighted && centred;
    }
}
