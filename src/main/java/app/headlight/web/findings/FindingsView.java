package app.headlight.web.findings;

import app.headlight.ground.people.SignedIn;
import app.headlight.services.findings.FindingPage;
import app.headlight.services.findings.FindingQuery;
import app.headlight.services.findings.FindingSearch;
import app.headlight.web.security.SignInLink;
import app.headlight.web.view.Address;
import app.headlight.web.view.AddressBar;
import app.headlight.web.view.LongAddresses;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** The page with the list of findings. The address bar is the state of the list. */
@Route(ListAddress.PATH)
@PageTitle("Headlight · Findings")
@Menu(title = "Findings", order = 4)
public class FindingsView extends Main implements BeforeEnterObserver {

    private final transient FindingSearch search;
    private final transient LongAddresses addresses;
    private final transient AddressBar bar = new AddressBar();
    private final transient SignedIn signedIn;
    private final FilterBar filters;
    private final ExchangePanel exchange;
    private final Div notices = new Div();
    private final Div list = new Div();
    private final Div pages = new Div();
    private transient ListAddress state = ListAddress.FIRST;

    FindingsView(
            FindingSearch search,
            LongAddresses addresses,
            FilterChoices choices,
            Exchange files,
            SignedIn signedIn,
            Live live) {
        this.addresses = addresses;
        this.search = search;
        this.signedIn = signedIn;
        filters = new FilterBar(choices, this::change);
        exchange = new ExchangePanel(files);
        addClassName("hl-findings");
        notices.addClassName("hl-notices");
        notices.getElement().setAttribute("role", "status");
        list.addClassNames("hl-panel", "hl-finding-list");
        list.setId("findings");
        pages.addClassName("hl-pages");
        pages.setId("pages");
        add(filters, notices, list, pages, exchange);
        live.keep(this, change -> true, this::showList);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        bar.entered(event.getLocation());
        state = ListAddress.of(
                addresses.spelledOut(Address.of(event.getLocation()).parameters(), gone -> {}));
        show();
    }

    private void change(UnaryOperator<ListAddress> edit) {
        ListAddress before = state;
        state = edit.apply(state);
        show();
        if (!state.equals(before)) {
            bar.push(addresses.shortened(state.href(), this::notice));
        }
    }

    private void show() {
        notices.removeAll();
        try {
            filters.show(state);
            exchange.show(state.text(ListAddress.MODEL));
            showList();
        } catch (DataAccessException | TransactionException gone) {
            list.removeAll();
            pages.removeAll();
            notice("The database cannot be reached. Open this page again in a while.");
        }
    }

    private void showList() {
        List<String> unreadable = new ArrayList<>();
        FindingQuery query = state.findings(unreadable::add);
        FindingPage page = search.page(query);
        notices.removeAll();
        unreadable.forEach(this::notice);
        list.removeAll();
        pages.removeAll();
        if (page.total() == 0) {
            list.add(state.isFiltered() ? nothingMatches() : nothingYet());
        } else if (page.findings().isEmpty()) {
            list.add(new Paragraph("There is no page " + (state.page() + 1) + " (any more)."));
        }
        page.findings().forEach(finding -> list.add(new FindingRow(finding)));
        if (page.total() > page.findings().size()) {
            pages.add(pager(page));
        }
    }

    private Div pager(FindingPage page) {
        int first = state.page() * ListAddress.PAGE_SIZE + 1;
        Div pager = new Div();
        pager.addClassName("hl-finding-line");
        if (state.page() > 0) {
            pager.add(to(Math.min(state.page(), lastPage(page)), "← Earlier in the list"));
        }
        if (!page.findings().isEmpty()) {
            pager.add(new Span(String.format(
                    "%,d–%,d of %,d", first, first + page.findings().size() - 1, page.total())));
        }
        if (first + ListAddress.PAGE_SIZE - 1 < page.total()) {
            pager.add(to(state.page() + 2, "Further in the list →"));
        }
        return pager;
    }

    private static int lastPage(FindingPage page) {
        return (int) ((page.total() + ListAddress.PAGE_SIZE - 1) / ListAddress.PAGE_SIZE);
    }

    private Anchor to(int page, String text) {
        return new Anchor(state.with(ListAddress.PAGE, page).href(), text);
    }

    private static Div nothingMatches() {
        Div nothing = new Div(
                new Paragraph("No finding matches all of this."), new Anchor(ListAddress.PATH, "Show all findings"));
        nothing.addClassName("hl-empty");
        return nothing;
    }

    private Div nothingYet() {
        Div nothing = new Div(
                new H2("Nobody has written a finding yet"),
                new Paragraph(
                        "A finding says what a head, a pair of heads, a token or a whole model does, and keeps the"
                                + " exact view in which it can be seen. Others confirm it, dispute it or comment on it."),
                howToBegin());
        nothing.addClassName("hl-empty");
        return nothing;
    }

    private Paragraph howToBegin() {
        if (signedIn.member().isPresent()) {
            return new Paragraph(
                    new Anchor("explore", "Open Explore"),
                    new Span(", pick a head that does something, and press “Annotate this head” beside it."));
        }
        return signedIn.isStranger()
                ? new Paragraph(new SignInLink("Sign in"), new Span(" as a member to write one."))
                : new Paragraph("You are a reader here; members write findings.");
    }

    private void notice(String text) {
        Div notice = new Div(new Span(text));
        notice.addClassName("hl-notice");
        notices.add(notice);
    }
}
