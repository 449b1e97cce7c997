package app.headlight.web.explore.shown;

import app.headlight.engine.transformer.Run;
import app.headlight.services.edits.EditList;
import app.headlight.web.view.EditState;
import app.headlight.web.view.EditState.Shown;

/**
 * A sentence run with edits and without.
 *
 * @param edits what is done in the one
 * @param plain the run without; the same as {@code edited} if nothing is edited
 * @param which of them pictures are of; of their difference, what has none shows the run with edits
 */
public record EditedRun(EditList edits, Run plain, Run edited, Shown which) {

    public Run shown() {
        return which == Shown.WITHOUT ? plain : edited;
    }

    EditedRun showing(Shown other) {
        return new EditedRun(edits, plain, edited, other);
    }

    public EditState state() {
        return new EditState(edits.asked(), which);
    }
}
