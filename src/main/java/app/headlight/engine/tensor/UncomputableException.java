package app.headlight.engine.tensor;

/**
 * Thrown for what cannot be computed with a model: it would take too much memory, or its numbers are too large for
 * float32.
 */
public final class UncomputableException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** @param reason a sentence for people */
    public UncomputableException(String reason) {
        super(reason);
    }
}
