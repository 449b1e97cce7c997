package app.headlight.web.embed;

import app.headlight.web.circuits.EmbeddedCircuits;
import app.headlight.web.circuits.Inspector;
import app.headlight.web.explore.EmbeddedExploration;
import app.headlight.web.explore.Explorer;
import app.headlight.web.state.ViewStateCodec;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AnchorTarget;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import java.util.LinkedHashMap;
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
    private final Anchor open = new Anchor("", "Open in Headlight ↗");

    EmbedView(Explorer explorer, Inspector inspector) {
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
        Map<String, List<String>> given =
                event.getLocation().getQueryParameters().getParameters();
        removeAll();
        if (given.getOrDefault("page", List.of("")).getFirst().equals(CIRCUITS)) {
            EmbeddedCircuits circuits = new EmbeddedCircuits(inspector, open::setHref);
            add(circuits, open);
            circuits.show(given);
        } else {
            EmbeddedExploration exploration = new EmbeddedExploration(explorer, open::setHref);
            add(exploration, open);
            Map<String, String> single = new LinkedHashMap<>();
            given.forEach((key, values) -> single.put(key, values.isEmpty() ? "" : values.getFirst()));
            exploration.show(ViewStateCodec.decode(single));
        }
    }
}
