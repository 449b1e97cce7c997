package app.headlight.web.embed;

import app.headlight.web.LongAddresses;
import app.headlight.web.circuits.EmbeddedCircuits;
import app.headlight.web.circuits.Inspector;
import app.headlight.web.explore.EmbeddedExploration;
import app.headlight.web.explore.Explorer;
import app.headlight.web.state.ViewStateCodec;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AnchorTarget;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A view without header and frame: {@code embed?…} with the query of {@code explore?…}, or with {@code page=circuits} and
 * that of {@code circuits?…}. The address never changes, since the page around it has a history of its own.
 */
@Route(EmbedView.PATH)
@PageTitle("Headlight")
public class EmbedView extends Main implements BeforeEnterObserver {

    static final String PATH = "embed";
    static final String CIRCUITS = "circuits";

    private final transient Explorer explorer;
    private final transient Inspector inspector;
    private final transient LongAddresses addresses;
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
        List<String> gone = new ArrayList<>();
        Map<String, String> given = addresses.spelledOut(event.getLocation().getQueryParameters(), gone::add);
        removeAll();
        gone.forEach(words -> add(new Paragraph(words)));
        if (given.getOrDefault("page", "").equals(CIRCUITS)) {
            EmbeddedCircuits circuits = new EmbeddedCircuits(inspector, this::leadTo);
            add(circuits, open);
            circuits.show(given);
        } else {
            EmbeddedExploration exploration = new EmbeddedExploration(explorer, this::leadTo);
            add(exploration, open);
            exploration.show(ViewStateCodec.decode(given));
        }
    }

    private void leadTo(String address) {
        open.setHref(addresses.shortened(address, trouble -> {}));
    }
}
