package app.headlight.engine.tensor;

import app.headlight.engine.refusal.Refusal;

/**
 * Thrown for what cannot be computed with a model: it would take too much memory or time, or its numbers are too large
 * for float32.
 */
public final class UncomputableException extends Refusal {

    private static final long serialVersionUID = 1L;

    /** @param reason a sentence for people */
    public UncomputableException(String reason) {
        super(reason);
    }
}
