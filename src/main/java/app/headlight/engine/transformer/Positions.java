package app.headlight.engine.transformer;

/** The kinds of position embedding, by where they are added. */
public enum Positions {
    /** Added to the stream before the first layer. */
    STANDARD,
    /** Added to what queries and keys read, in every layer, and never to the stream, which then holds only tokens. */
    SHORTFORMER,
    /** No position embedding. */
    NONE
}
