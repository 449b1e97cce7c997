package app.headlight.services.models;

/**
 * Names the very weights that something was computed from. Weights that are replaced under the same name have another
 * hash, so that nothing computed from the old ones is ever taken for theirs.
 *
 * @param hash of the stored model, SHA-256 over its files in hexadecimal
 * @param step of its training; {@link OpenModel#FINISHED}: the finished model
 */
public record ModelRef(String name, String hash, long step) {

    /** The weights of a stored model after a step of its training. */
    public static ModelRef of(StoredModel stored, long step) {
        return new ModelRef(stored.name(), stored.hash(), step);
    }
}
