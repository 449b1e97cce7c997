package app.headlight.services.measures;

/** What came of measuring. */
public sealed interface Measured {

    /** A finite number. */
    record Value(double value) implements Measured {}

    /** The measure has no value on this model. @param reason in words for people, without a full stop */
    record Impossible(String reason) implements Measured {}
}
