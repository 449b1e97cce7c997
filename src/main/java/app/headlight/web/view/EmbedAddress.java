package app.headlight.web.view;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The address of a view without header and frame. */
public final class EmbedAddress {

    /** Of the page. */
    public static final String PATH = "embed";

    /** The page whose panels are embedded. */
    public static final Parameter<String> PAGE = Parameter.text("page", ExploreAddress.PATH);

    /** The panels, as the catalogue of panels reads them. */
    private static final Parameter<String> PART = Parameter.text("part");

    private static final Set<String> PAGES = Set.of(ExploreAddress.PATH, "circuits", "search");

    /** Of the page of a run of another model, which has the run in its path: {@code runs/CODE}. */
    public static final String RUNS = "runs";

    /** That run. */
    public static final Parameter<String> RUN = Parameter.text("run");

    private EmbedAddress() {}

    /**
     * The embedded form of a view.
     *
     * @param view an address of Headlight: {@code explore?model=a}
     * @return such as {@code embed?model=a}; empty for a page that cannot be embedded
     */
    public static Optional<String> of(String view) {
        Address address = Address.of(view);
        if (address.path().equals(PATH)) {
            return Optional.of(address.toString());
        }
        if (address.page().equals(RUNS) && !address.rest().isEmpty()) {
            return Optional.of(
                    page(RUNS).with(RUN, address.rest()).and(address.pairs()).toString());
        }
        if (address.path().equals(PatchingAddress.PATH)) { // a panel of Explore, on a page of its own
            return Optional.of(page(ExploreAddress.PATH)
                    .with(PART, CircuitState.PATCHING)
                    .and(address.pairs())
                    .toString());
        }
        return Optional.of(address.path())
                .filter(PAGES::contains)
                .map(page -> page(page).and(address.pairs()).toString());
    }

    /** A model on a page, embedded. */
    public static String ofModel(String page, String model) {
        return page(page).with(ExploreAddress.MODEL, model).toString();
    }

    private static Address page(String page) {
        return new Address(PATH, List.of()).with(PAGE, page);
    }
}
