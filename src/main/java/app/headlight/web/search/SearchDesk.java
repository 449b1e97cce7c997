package app.headlight.web.search;

import app.headlight.services.measures.Measure;
import com.vaadin.flow.component.html.NativeButton;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the panels of circuit search need of the page that they stand on.
 *
 * @param change makes another state of the present one, and shows it
 * @param open leads to another page of Headlight; null where the panel stands in a page of its own
 * @param claiming makes the buttons beside numbers that claim them
 */
record SearchDesk(
        Consumer<UnaryOperator<SearchState>> change,
        @Nullable Consumer<String> open,
        Claiming claiming) {

    /** Makes the button beside a number that claims it; none for those who may not write. */
    @FunctionalInterface
    interface Claiming {

        Optional<NativeButton> of(Measure measure, double seen);
    }

    /** Another number of edges. */
    void keep(int edges) {
        change.accept(state -> state.with(SearchState.KEPT, edges));
    }
}
