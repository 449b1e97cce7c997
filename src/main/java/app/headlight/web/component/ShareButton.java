package app.headlight.web.component;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.shared.Registration;

/** Copies the address of the view, and offers a short link to it and a frame that shows it on other pages. */
@Tag("headlight-share-button")
@JsModule("./share-button/share-button.ts")
public class ShareButton extends Component {

    public Registration addShortLinkListener(ComponentEventListener<ShortLinkEvent> listener) {
        return addListener(ShortLinkEvent.class, listener);
    }

    /** @param link relative to the server's root */
    public void giveShortLink(String link) {
        getElement().callJsFunction("give", link);
    }

    /** Says why there is no short link. */
    public void refuse(String why) {
        getElement().callJsFunction("refuse", why);
    }

    /** A short link is asked for. */
    @DomEvent("short-link")
    public static class ShortLinkEvent extends ComponentEvent<ShareButton> {
        private final String address;

        public ShortLinkEvent(
                ShareButton source, boolean fromClient, @EventData("event.detail.address") String address) {
            super(source, fromClient);
            this.address = address;
        }

        /** Of the view, relative to the server's root. */
        public String address() {
            return address;
        }
    }
}
