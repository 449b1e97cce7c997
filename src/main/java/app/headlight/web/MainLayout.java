package app.headlight.web;

import app.headlight.web.component.Door;
import app.headlight.web.component.OneStop;
import app.headlight.web.component.ShareButton;
import app.headlight.web.component.SkipLinks;
import app.headlight.web.component.ThemeToggle;
import app.headlight.web.page.HeaderPart;
import app.headlight.web.page.Leaving;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.dependency.Uses;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.BeforeLeaveEvent;
import com.vaadin.flow.router.BeforeLeaveObserver;
import com.vaadin.flow.router.HighlightConditions;
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.router.RouterLayout;
import com.vaadin.flow.router.RouterLink;
import com.vaadin.flow.server.menu.MenuConfiguration;
import com.vaadin.flow.server.menu.MenuEntry;
import org.springframework.beans.factory.ObjectProvider;

/** The header of every page: the name, the links to the pages that have a {@code @Menu}, and the parts at the right. */
@Layout
@Uses(MenuBar.class) // Vaadin's bundle takes what pages refer to, and Spring finds the parts and what they are made of
@Uses(ShareButton.class)
@Uses(ThemeToggle.class)
public class MainLayout extends Div implements RouterLayout, BeforeLeaveObserver, AfterNavigationObserver {

    MainLayout(ObjectProvider<HeaderPart> parts) {
        addClassName("hl-app");
        Span brand = new Span(new Span("◐"), new Span("Headlight"));
        brand.addClassName("hl-brand");
        OneStop links = new OneStop(
                "Screens",
                MenuConfiguration.getMenuEntries().stream()
                        .map(MainLayout::link)
                        .toArray(Component[]::new));
        links.add(new Door()); // it leads to a screen too, and no stop of the Tab key is its own
        Nav screens = new Nav(links);
        screens.addClassName("hl-screens");
        Span tagline = new Span("Type a sentence, pick a head, click a line");
        tagline.addClassName("hl-tagline");
        OneStop right = new OneStop(
                "Account, colours and sharing",
                parts.orderedStream().map(HeaderPart::control).toArray(Component[]::new));
        right.addClassName("hl-header-right");
        Header header = new Header(brand, screens, tagline, right);
        header.addClassName("hl-header");
        add(new SkipLinks(), header);
    }

    private static RouterLink link(MenuEntry entry) {
        Class<? extends Component> page = entry.menuClass();
        RouterLink link = new RouterLink(entry.title(), page);
        // The front page has two addresses, of which the link names one.
        link.setHighlightCondition(
                (any, event) -> HighlightConditions.<RouterLink>locationPrefix().shouldHighlight(link, event)
                        || event.getActiveChain().stream().anyMatch(page::isInstance));
        return link;
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
