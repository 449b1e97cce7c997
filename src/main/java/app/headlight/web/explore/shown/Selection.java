package app.headlight.web.explore.shown;

import app.headlight.engine.transformer.HeadId;
import app.headlight.web.view.ViewState;
import java.util.ArrayList;
import java.util.List;

/** How picking tokens and heads changes the state. */
public final class Selection {

    private Selection() {}

    /** Looks from another token; which source is then shown is left to the view: the one attended to most. */
    public static ViewState destination(ViewState state, int destination) {
        return state.withLine(destination, ViewState.UNSET);
    }

    /** Shows one head, or lays it over the others; picked again, it is taken away, unless it is the last. */
    public static ViewState head(ViewState state, HeadId head, boolean additive) {
        if (!additive) {
            return state.withHeads(List.of(head));
        }
        List<HeadId> heads = new ArrayList<>(state.heads());
        if (!heads.remove(head)) {
            heads.add(head);
        }
        return heads.isEmpty() ? state : state.withHeads(heads);
    }
}
