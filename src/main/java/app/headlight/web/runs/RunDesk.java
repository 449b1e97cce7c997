package app.headlight.web.runs;

import app.headlight.web.explore.shown.StateChange;
import app.headlight.web.findings.AnnotateButton;
import app.headlight.web.findings.HeadBadges;
import org.jspecify.annotations.Nullable;

/**
 * What the panels of a run need of the page that they stand on.
 *
 * @param change makes another state of the present one, and shows it
 * @param badges the findings about heads; null where none are shown
 * @param annotate the button for writing a finding; null where there is none
 */
record RunDesk(
        StateChange change,
        @Nullable HeadBadges badges,
        @Nullable AnnotateButton annotate) {}
