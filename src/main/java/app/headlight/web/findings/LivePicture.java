package app.headlight.web.findings;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.IFrame;
import com.vaadin.flow.router.RouteConfiguration;

/** The view that a finding was made in, alive: our own embedded form of it, and the way to the view itself. */
class LivePicture extends Div {

    private static final String EXPLORE = "explore?";
    private static final String EMBED = "embed";

    /** @param view an address of our own */
    LivePicture(String view) {
        addClassName("hl-found-in");
        if (view.startsWith(EXPLORE)
                && RouteConfiguration.forApplicationScope().getRoute(EMBED).isPresent()) {
            IFrame frame = new IFrame(EMBED + "?" + view.substring(EXPLORE.length()));
            frame.setTitle("The view that this was found in");
            frame.getElement().setAttribute("loading", "lazy");
            add(frame);
        }
        Anchor link = new Anchor(view, "Open the view that this was found in");
        link.addClassName("hl-view-link");
        add(link);
    }
}
