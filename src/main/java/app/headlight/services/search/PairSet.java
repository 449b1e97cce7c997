package app.headlight.services.search;

import java.util.List;

/**
 * Pairs of sentences for one search: on the first half circuits are found, the other half is held out, to see whether
 * they hold there.
 *
 * @param pairs one at least
 */
public record PairSet(List<SearchTask> pairs) {

    /** More take long, and say no more. */
    public static final int MOST = 64;

    public PairSet {
        pairs = List.copyOf(pairs);
    }

    /** Those on which circuits are found. */
    public List<SearchTask> found() {
        return pairs.subList(0, (pairs.size() + 1) / 2);
    }

    /** Those that no method sees; of a single pair none. */
    public List<SearchTask> heldOut() {
        return pairs.subList((pairs.size() + 1) / 2, pairs.size());
    }
}
