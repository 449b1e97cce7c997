package app.headlight.web.embed;

import app.headlight.web.panels.EmbeddablePage;
import app.headlight.web.panels.EmbeddablePage.Embedded;
import app.headlight.web.view.Address;
import app.headlight.web.view.EmbedAddress;
import app.headlight.web.view.LongAddresses;
import com.vaadin.flow.component.ClientCallable;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AnchorTarget;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A view without header and frame: {@code embed?…} with the query of {@code explore?…}, or with {@code page=circuits} or
 * {@code page=search} and that of {@code circuits?…} or {@code search?…}; {@code part=…} names the panels. The address never changes, since the page around it has its own history.
 */
@Route(value = EmbedAddress.PATH, autoLayout = false)
@PageTitle("Headlight")
public class EmbedView extends Main implements BeforeEnterObserver {

    private final transient List<EmbeddablePage> pages;
    private final transient LongAddresses addresses;
    private final Div gone = new Div();
    private final transient Map<EmbeddablePage, Embedded> made = new LinkedHashMap<>();
    private final Anchor open = new Anchor("", "Open in Headlight ↗");

    EmbedView(List<EmbeddablePage> pages, LongAddresses addresses) {
        this.pages = pages;
        this.addresses = addresses;
        addClassName("hl-embed");
        open.setId("open-in-headlight");
        open.setTarget(AnchorTarget.BLANK);
        open.getElement().setAttribute("rel", "noopener");
        open.getElement().setAttribute("router-ignore", true);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        show(Address.of(event.getLocation()).parameters());
    }

    /**
     * Shows another view in place of this one, as if it had been opened: that of the presenter, to the followers.
     *
     * @param view an address of Headlight
     */
    @ClientCallable
    public void look(String view) {
        EmbedAddress.of(view).ifPresent(address -> show(Address.of(address).parameters()));
    }

    private void show(Map<String, String> asked) {
        gone.removeAll();
        Map<String, String> given = addresses.spelledOut(asked, words -> gone.add(new Paragraph(words)));
        Embedded shown = made.computeIfAbsent(page(given), page -> page.embedded(this::leadTo));
        put(shown.component());
        shown.show(given);
    }

    private EmbeddablePage page(Map<String, String> given) {
        String asked = EmbedAddress.PAGE.in(given, unreadable -> {});
        return page(asked).or(() -> page(EmbedAddress.PAGE.usual())).orElseThrow();
    }

    private Optional<EmbeddablePage> page(String path) {
        return pages.stream().filter(page -> page.path().equals(path)).findFirst();
    }

    /** What is shown already is not removed, or its pictures would be drawn again. */
    private void put(Component shown) {
        if (shown.getParent().isEmpty()) {
            removeAll();
            add(gone, shown, open);
        }
    }

    private void leadTo(String address) {
        open.setHref(addresses.shortened(address, trouble -> {}));
    }
}
