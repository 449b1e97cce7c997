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

    private static final Set<String> PAGES = Set.of(ExploreAddress.PATH, "circuits");

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
