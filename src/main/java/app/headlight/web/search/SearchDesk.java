package app.headlight.web.search;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the panels of circuit search need of the page that they stand on.
 *
 * @param change makes another state of the present one, and shows it
 * @param open leads to another page of Headlight; null where the panel stands in a page of its own
 */
record SearchDesk(
        Consumer<UnaryOperator<SearchState>> change,
        @Nullable Consumer<String> open) {

    /** Another number of edges. */
    void keep(int edges) {
        change.accept(state -> state.with(SearchState.KEPT, edges));
    }
}
