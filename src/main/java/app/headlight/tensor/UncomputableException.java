package app.headlight.tensor;

/** What a model cannot be asked for: it would take too much memory, or its numbers leave those of float32. */
public final class UncomputableException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** @param reason in words for people */
    public UncomputableException(String reason) {
        super(reason);
    }
}
