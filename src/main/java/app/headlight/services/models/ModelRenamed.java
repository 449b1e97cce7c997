package app.headlight.services.models;

/**
 * A model has another name, within the transaction that gives it.
 *
 * @param before its name until now
 * @param after its name from now on
 */
public record ModelRenamed(String before, String after) {}
