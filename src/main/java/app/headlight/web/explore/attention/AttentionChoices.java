package app.headlight.web.explore.attention;

import app.headlight.web.component.AttentionView;
import app.headlight.web.explore.shown.Choice;
import app.headlight.web.explore.shown.Selection;
import app.headlight.web.explore.shown.StateChange;
import app.headlight.web.view.AttentionState;
import app.headlight.web.view.AttentionState.View;
import app.headlight.web.view.AttentionState.Weighting;
import app.headlight.web.view.ViewState;
import java.util.function.UnaryOperator;

/** What people choose in a picture of attention, wherever its figures are from: the same state of the same address. */
public final class AttentionChoices {

    private AttentionChoices() {}

    /** Takes what is chosen in a picture over into the state. */
    public static void listen(AttentionView view, StateChange change) {
        view.addLineSelectListener(event -> change.to(state -> event.sourceToken() < 0
                ? Selection.destination(state, event.destination())
                : state.withLine(event.destination(), event.sourceToken())));
        view.addClearSelectionListener(event -> change.to(state -> state.withLine(ViewState.NONE, ViewState.NONE)));
        view.addModeChangeListener(event ->
                change.to(drawing(drawn -> drawn.withView(Choice.of(View.class, event.mode())))));
        view.addShowChangeListener(event ->
                change.to(drawing(drawn -> drawn.withWeighting(Choice.of(Weighting.class, event.shown())))));
        view.addThresholdChangeListener(event -> change.to(drawing(drawn -> drawn.withThreshold(event.threshold()))));
        view.addWithoutChangeListener(event -> change.to(drawing(drawn -> drawn.withWithout(event.without()))));
    }

    private static UnaryOperator<ViewState> drawing(UnaryOperator<AttentionState> change) {
        return state -> state.withAttention(change.apply(state.attention()));
    }
}
