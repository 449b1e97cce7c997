package app.headlight.transformer;

/** Where a model's position embedding goes. */
public enum Positions {
    /** Added to the stream before the first layer. */
    STANDARD,
    /** Added to what queries and keys read, in every layer, and never to the stream, which then holds tokens alone. */
    SHORTFORMER,
    /** No position embedding. */
    NONE
}
