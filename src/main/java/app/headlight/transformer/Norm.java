package app.headlight.transformer;

/** What stands between the stream and whoever reads it. */
public enum Norm {
    /** Nothing. */
    NONE,
    /** Centre and scale each row, without weights (those are folded into the reader's). */
    LN_PRE
}
