package app.headlight.web.view;

import app.headlight.services.edits.AskedEdit;
import java.util.ArrayList;
import java.util.List;

/**
 * What is edited in the run that Explore shows, and which run its pictures are of.
 *
 * @param asked the edits
 * @param shown the run with them, that without, or how they differ
 */
public record EditState(List<AskedEdit> asked, Shown shown) {

    /** Nothing is edited. */
    public static final EditState NONE = new EditState(List.of(), Shown.WITH);

    /** Which run pictures are of. */
    public enum Shown {
        /** The run with the edits. */
        WITH,
        /** The run without. */
        WITHOUT,
        /** With minus without. */
        DIFFERENCE
    }

    public EditState {
        asked = List.copyOf(asked);
        shown = asked.isEmpty() ? Shown.WITH : shown;
    }

    /** With other edits. */
    public EditState withAsked(List<AskedEdit> others) {
        return new EditState(others, shown);
    }

    /**
     * With one more edit, which stands in for another of the same place, or without it if it is there; the run with edits
     * is shown, unless the difference is.
     */
    public EditState toggled(AskedEdit edit) {
        List<AskedEdit> others = new ArrayList<>(asked);
        if (!others.remove(edit)) {
            others.removeIf(other -> other.where().equals(edit.where()));
            others.add(edit);
        }
        return new EditState(others, shown == Shown.WITHOUT ? Shown.WITH : shown);
    }

    public EditState withShown(Shown other) {
        return new EditState(asked, other);
    }
}
