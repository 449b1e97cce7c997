package app.headlight.engine.transformer;

/** The kinds of normalisation between the stream and what reads it. */
public enum Norm {
    /** Nothing. */
    NONE,
    /** Centre and scale each row, without weights (those are folded into the reader's). */
    LN_PRE
}
