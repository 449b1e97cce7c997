package app.headlight.web.embed;

import java.util.Optional;

/** Makes the address of a view without header and frame. */
public final class EmbedAddress {

    private EmbedAddress() {}

    /**
     * @param view an address of Headlight: {@code explore?model=a}
     * @return such as {@code embed?model=a}; empty for a page that cannot be embedded
     */
    public static Optional<String> of(String view) {
        String address = view.contains("#") ? view.substring(0, view.indexOf('#')) : view;
        int mark = address.indexOf('?');
        String page = mark < 0 ? address : address.substring(0, mark);
        String query = mark < 0 ? "" : address.substring(mark + 1);
        return switch (page) {
            case "explore", EmbedView.PATH -> Optional.of(EmbedView.PATH + "?" + query);
            case EmbedView.CIRCUITS ->
                Optional.of(EmbedView.PATH + "?page=" + EmbedView.CIRCUITS + (query.isEmpty() ? "" : "&" + query));
            default -> Optional.empty();
        };
    }
}
