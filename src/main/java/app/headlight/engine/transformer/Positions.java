package app.headlight.engine.transformer;

/** The kinds of position, by where a model gets them. */
public enum Positions {
    /** An embedding, added to the stream before the first layer. */
    STANDARD,
    /**
     * An embedding, added to what queries and keys read, in every layer, and never to the stream, which then holds only
     * tokens.
     */
    SHORTFORMER,
    /** Queries and keys are turned by an angle that grows with the position: see {@link Rotary}. */
    ROTARY,
    /** None. */
    NONE;

    /** Whether there is a position embedding, W_pos. */
    public boolean isEmbedded() {
        return this == STANDARD || this == SHORTFORMER;
    }
}
