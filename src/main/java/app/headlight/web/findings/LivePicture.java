package app.headlight.web.findings;

import app.headlight.web.view.EmbedAddress;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.IFrame;

/** The live view of a finding: the embedded form of the page; for a page without one, a link. */
class LivePicture extends Div {

    /** @param view an address of our own */
    LivePicture(String view) {
        addClassName("hl-found-in");
        EmbedAddress.of(view).map(LivePicture::live).ifPresentOrElse(this::add, () -> add(link(view)));
    }

    /** It has a link to the view in it. */
    private static IFrame live(String embed) {
        IFrame frame = new IFrame(embed);
        frame.setTitle("The view that this was found in");
        frame.getElement().setAttribute("loading", "lazy");
        return frame;
    }

    private static Anchor link(String view) {
        Anchor link = new Anchor(view, "Open the view that this was found in");
        link.addClassName("hl-view-link");
        return link;
    }
}
