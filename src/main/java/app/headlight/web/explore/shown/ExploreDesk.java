package app.headlight.web.explore.shown;

import app.headlight.services.sentences.StoredText;
import app.headlight.web.findings.HeadBadges;
import org.jspecify.annotations.Nullable;

/**
 * What the panels of Explore need of the page that they stand on.
 *
 * @param change makes another state of the present one, and shows it
 * @param text the sentences of the text of each model
 * @param badges the findings about heads; null where none are shown
 * @param annotating the way to write findings; null where there is none
 */
public record ExploreDesk(
        StateChange change,
        StoredText text,
        @Nullable HeadBadges badges,
        @Nullable Annotating annotating) {}
