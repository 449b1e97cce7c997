package app.headlight.web.view;

import app.headlight.engine.transformer.HeadId;
import java.util.List;

/**
 * What is selected in the run.
 *
 * @param heads the heads shown, the first being the one that the circuits are about; empty: the view chooses
 * @param virtual heads that are shown as one virtual head in place of those, the earliest first; empty: none
 * @param destination the selected destination position, {@link ViewState#UNSET}: the view chooses,
 *     {@link ViewState#NONE}: none
 * @param source the selected source position, likewise
 */
public record SelectionState(List<HeadId> heads, List<HeadId> virtual, int destination, int source) {

    static final SelectionState FIRST = new SelectionState(List.of(), List.of(), ViewState.UNSET, ViewState.UNSET);

    public SelectionState {
        heads = List.copyOf(heads);
        virtual = List.copyOf(virtual);
    }

    SelectionState withLine(int destination, int source) {
        return new SelectionState(heads, virtual, destination, source);
    }
}
