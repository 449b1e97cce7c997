package app.headlight.web.embed;

import app.headlight.web.circuits.EmbeddedCircuits;
import app.headlight.web.circuits.Inspector;
import app.headlight.web.explore.EmbeddedExploration;
import app.headlight.web.explore.Explorer;
import app.headlight.web.view.Address;
import app.headlight.web.view.ExploreAddress;
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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A view without header and frame: {@code embed?…} with the query of {@code explore?…}, or with {@code page=circuits} and
 * that of {@code circuits?…}. The address never changes, since the page around it has its own history.
 */
@Route(value = EmbedView.PATH, autoLayout = false)
@PageTitle("Headlight")
public class EmbedView extends Main implements BeforeEnterObserver {

    static final String PATH = "embed";
    static final String CIRCUITS = "circuits";

    private final transient Explorer explorer;
    private final transient Inspector inspector;
    private final transient LongAddresses addresses;
    private final Div gone = new Div();
    private @Nullable EmbeddedCircuits circuits;
    private @Nullable EmbeddedExploration exploration;
    private final Anchor open = new Anchor("", "Open in Headlight ↗");

    EmbedView(Explorer explorer, Inspector inspector, LongAddresses addresses) {
        this.addresses = addresses;
        this.explorer = explorer;
        this.inspector = inspector;
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
        if (given.getOrDefault("page", "").equals(CIRCUITS)) {
            if (circuits == null) {
                circuits = new EmbeddedCircuits(inspector, this::leadTo);
            }
            put(circuits);
            circuits.show(given);
        } else {
            if (exploration == null) {
                exploration = new EmbeddedExploration(explorer, this::leadTo);
            }
            put(exploration);
            exploration.show(ExploreAddress.read(given));
        }
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
