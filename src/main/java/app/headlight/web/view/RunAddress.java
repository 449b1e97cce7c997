package app.headlight.web.view;

import static app.headlight.web.view.ExploreAddress.BESIDE;
import static app.headlight.web.view.ExploreAddress.DESTINATION;
import static app.headlight.web.view.ExploreAddress.HEADS;
import static app.headlight.web.view.ExploreAddress.POOLED;
import static app.headlight.web.view.ExploreAddress.SOURCE;
import static app.headlight.web.view.ExploreAddress.THRESHOLD;
import static app.headlight.web.view.ExploreAddress.THUMBNAILS;
import static app.headlight.web.view.ExploreAddress.VIEW;
import static app.headlight.web.view.ExploreAddress.WEIGHTING;
import static app.headlight.web.view.ExploreAddress.WITHOUT;

import java.util.List;
import java.util.Map;

/**
 * The address of the page of a run of another model: the run in its path, and those parameters of Explore that need no
 * model. Its state is a {@link ViewState} of which only what is selected, how attention is drawn and the tab count.
 */
public final class RunAddress {

    /** Of the page that lists them; the page of each is below it. */
    public static final String PATH = EmbedAddress.RUNS;

    /** The tab that is open where an address names none. */
    public static final String FIRST_TAB = "detectors";

    private static final Parameter<String> TAB = Parameter.of(
            "tab",
            FIRST_TAB,
            text -> ExploreAddress.matching("[a-z-]+", text),
            tab -> tab,
            Parameter.unreadable("tab", FIRST_TAB));

    private static final Query NOTHING = Query.of(
            List.of(HEADS, DESTINATION, SOURCE, VIEW, WEIGHTING, THRESHOLD, THUMBNAILS, BESIDE, POOLED, WITHOUT, TAB));

    private RunAddress() {}

    /** The state that the parameters of an address describe, with notices for those that cannot be read. */
    public static Decoded read(Map<String, String> parameters) {
        Query given = NOTHING.read(parameters);
        ViewState state = ViewState.FIRST
                .withHeads(given.get(HEADS))
                .withLine(given.get(DESTINATION), given.get(SOURCE))
                .withAttention(ExploreAddress.attention(given));
        return new Decoded(state.withCircuit(state.circuit().withTab(given.get(TAB))), given.notices());
    }

    /** The parameters of a state. */
    public static Query query(ViewState state) {
        return ExploreAddress.drawn(NOTHING, state).with(TAB, state.circuit().tab());
    }

    /** The page of a run. */
    public static String of(String run, ViewState state) {
        return query(state).at(PATH + "/" + run);
    }
}
