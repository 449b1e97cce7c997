package app.headlight.web.circuits;

import app.headlight.web.findings.HeadBadges;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the panels of circuits need of the page that they stand on.
 *
 * @param change makes another state of the present one, and shows it
 * @param inspector computes what takes long
 * @param badges the findings about heads; null where none are shown
 * @param annotating the way to write findings; null where there is none
 */
record CircuitsDesk(
        Consumer<UnaryOperator<CircuitsState>> change,
        Inspector inspector,
        @Nullable HeadBadges badges,
        @Nullable Annotating annotating) {}
