package app.headlight.web.links;

import app.headlight.engine.refusal.Refusal;
import app.headlight.web.component.ShareButton;
import app.headlight.web.page.HeaderPart;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;

/** The button that shares the view that is open. */
@Order(3)
@org.springframework.stereotype.Component
class SharePart implements HeaderPart {

    private final LinkMaker links;

    SharePart(LinkMaker links) {
        this.links = links;
    }

    @Override
    public Component control() {
        ShareButton share = new ShareButton();
        share.setId("share");
        share.addShortLinkListener(event -> {
            try {
                String asker = UI.getCurrent().getSession().getBrowser().getAddress();
                share.giveShortLink(links.link(event.address(), asker));
            } catch (Refusal refused) {
                share.refuse(refused.getMessage());
            } catch (DataAccessException databaseGone) {
                share.refuse("The database does not answer; try again in a moment. The address itself leads here too.");
            }
        });
        return share;
    }
}
