package app.headlight.web.embed;

import app.headlight.web.view.Address;
import app.headlight.web.view.ExploreAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the address of a view without header and frame. */
public final class EmbedAddress {

    private EmbedAddress() {}

    /**
     * @param view an address of Headlight: {@code explore?model=a}
     * @return such as {@code embed?model=a}; empty for a page that cannot be embedded
     */
    public static Optional<String> of(String view) {
        Address address = Address.of(view);
        List<Address.Pair> pairs = new ArrayList<>(address.pairs());
        switch (address.path()) {
            case ExploreAddress.PATH, EmbedView.PATH -> {}
            case EmbedView.CIRCUITS -> pairs.addFirst(Address.Pair.of("page", EmbedView.CIRCUITS));
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(new Address(EmbedView.PATH, pairs).toString());
    }
}
