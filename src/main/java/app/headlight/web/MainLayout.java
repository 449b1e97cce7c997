package app.headlight.web;

import app.headlight.engine.refusal.Refusal;
import app.headlight.web.circuits.CircuitsView;
import app.headlight.web.collections.CollectionsView;
import app.headlight.web.component.OneStop;
import app.headlight.web.component.ShareButton;
import app.headlight.web.component.SkipLinks;
import app.headlight.web.component.ThemeToggle;
import app.headlight.web.explore.ExploreView;
import app.headlight.web.findings.FindingView;
import app.headlight.web.findings.FindingsView;
import app.headlight.web.links.LinkMaker;
import app.headlight.web.models.ModelsView;
import app.headlight.web.people.AccountMenu;
import app.headlight.web.train.TrainView;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.BeforeLeaveEvent;
import com.vaadin.flow.router.BeforeLeaveObserver;
import com.vaadin.flow.router.RouterLayout;
import com.vaadin.flow.router.RouterLink;
import org.springframework.dao.DataAccessException;

/** The header of every screen: the name, the links to the screens, who is signed in, colours, and sharing. */
public class MainLayout extends Div implements RouterLayout, BeforeLeaveObserver, AfterNavigationObserver {

    MainLayout(AccountMenu account, LinkMaker links) {
        addClassName("hl-app");
        Span brand = new Span(new Span("◐"), new Span("Headlight"));
        brand.addClassName("hl-brand");
        RouterLink explore = new RouterLink("Explore", ExploreView.class);
        // The front page has two addresses, of which the link names one.
        explore.setHighlightCondition(
                (link, event) -> event.getActiveChain().stream().anyMatch(ExploreView.class::isInstance));
        RouterLink findings = new RouterLink("Findings", FindingsView.class);
        findings.setHighlightCondition((link, event) -> event.getActiveChain().stream()
                .anyMatch(view -> view instanceof FindingsView || view instanceof FindingView));
        OneStop ways = new OneStop(
                "Screens",
                explore,
                new RouterLink("Circuits", CircuitsView.class),
                new RouterLink("Models", ModelsView.class),
                findings,
                new RouterLink("Collections", CollectionsView.class),
                new RouterLink("Train", TrainView.class));
        Nav screens = new Nav(ways);
        screens.addClassName("hl-screens");
        Span tagline = new Span("A small transformer taken apart: type a sentence, pick a head, click a line");
        tagline.addClassName("hl-tagline");
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
        OneStop right = new OneStop("Account, colours and sharing", account, new ThemeToggle(), share);
        right.addClassName("hl-header-right");
        Header header = new Header(brand, screens, tagline, right);
        header.addClassName("hl-header");
        add(new SkipLinks(), header);
    }

    /** Tells the page's fields which page they are on, since the browser's address comes sooner or later than they. */
    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        if (event.getActiveChain().getFirst() instanceof Component page) {
            page.getElement().setAttribute("data-page", event.getLocation().getPath());
        }
    }

    @Override
    public void beforeLeave(BeforeLeaveEvent event) {
        Leaving.ask(event);
    }
}
