package app.headlight.web.view;

/**
 * Which pairs of sentences an address asks for.
 *
 * @param count how many are made; of one's own it has no meaning
 * @param seed with which of all such pairs they begin
 * @param own the pairs that a person wrote, as rows of CSV or lines of JSON
 */
public record AskedPairs(Made made, int count, int seed, String own) {

    /** How the pairs are made. */
    public enum Made {
        /** A passage comes again. */
        INDUCTION,
        /** Of two names one comes again. */
        TWO_NAMES,
        /** A later year follows. */
        GREATER_THAN,
        /** The article fits the word that follows. */
        ARTICLE,
        /** The verb fits its subject. */
        NUMBER,
        /** As a person writes them. */
        OWN
    }

    /** Eight pairs of a kind, the first ones. */
    public static AskedPairs first(Made made) {
        return new AskedPairs(made, 8, 1, "");
    }

    public AskedPairs withMade(Made made) {
        return new AskedPairs(made, count, seed, own);
    }

    public AskedPairs withCount(int count) {
        return new AskedPairs(made, count, seed, own);
    }

    /** Other pairs of the same kind. */
    public AskedPairs withOthers() {
        return new AskedPairs(made, count, seed % 9999 + 1, own);
    }

    /** The pairs that a person wrote. */
    public AskedPairs withOwn(String own) {
        return new AskedPairs(Made.OWN, count, seed, own);
    }
}
