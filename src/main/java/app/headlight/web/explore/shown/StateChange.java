package app.headlight.web.explore.shown;

import app.headlight.web.view.ViewState;
import java.util.List;
import java.util.function.UnaryOperator;

/** How a panel answers the user: with a changed state, of which the view makes a new picture and a new address. */
@FunctionalInterface
public interface StateChange {

    /**
     * Changes the state; the address before it stays in the browser's history.
     *
     * @param notices what the user should know about it
     */
    void to(UnaryOperator<ViewState> change, List<String> notices);

    default void to(UnaryOperator<ViewState> change) {
        to(change, List.of());
    }
}
