package app.headlight.web.search;

import app.headlight.engine.refusal.Refusal;
import app.headlight.services.models.OpenModel;
import app.headlight.services.search.SavedTasks;
import app.headlight.web.findings.AnnotateButton;
import app.headlight.web.findings.AnnotatePanel;
import app.headlight.web.page.LeftOut;
import app.headlight.web.page.LongWork;
import app.headlight.web.page.MissingModel;
import app.headlight.web.page.ModelWarnings;
import app.headlight.web.panels.Panel;
import app.headlight.web.view.Address;
import app.headlight.web.view.AddressBar;
import app.headlight.web.view.LongAddresses;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The page of circuit search. The address bar is its state. */
@Route(SearchState.PATH)
@PageTitle("Headlight · Circuit search")
@Menu(title = "Search", order = 2.5)
public class SearchView extends Main implements BeforeEnterObserver {

    private final transient Searcher searcher;
    private final transient LongAddresses addresses;
    private final transient AddressBar bar = new AddressBar();
    private final TaskBar task;
    private final ModelWarnings warnings = new ModelWarnings();
    private final LeftOut leftOut = new LeftOut();
    private final Div notices = new Div();
    private final MissingModel missing = new MissingModel();
    private final LongWork work = new LongWork();
    private final LongSearch longer;
    private final transient List<Panel<Search>> shown;
    private final Div panels = new Div();
    private final AnnotatePanel annotate;
    private transient SearchState state = SearchState.FIRST;

    SearchView(Searcher searcher, SavedTasks tasks, LongAddresses addresses, AnnotatePanel annotate) {
        this.searcher = searcher;
        this.addresses = addresses;
        this.annotate = annotate;
        AnnotateButton opener = annotate.opener();
        opener.setSubject("this circuit");
        task = new TaskBar(this::change, tasks, opener);
        SearchDesk desk = new SearchDesk(this::change, SearchView::open, annotate::claimThis);
        shown = SearchPanels.CATALOGUE.kinds().stream()
                .map(kind -> kind.maker().apply(desk))
                .toList();
        addClassName("hl-search-page");
        notices.addClassName("hl-notices");
        notices.getElement().setAttribute("role", "status");
        panels.addClassName("hl-search-panels");
        shown.forEach(panel -> panels.add(panel.component()));
        longer = searcher.longSearch(true);
        add(missing, task, warnings, leftOut, notices, work, longer, panels, annotate);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        bar.entered(event.getLocation());
        List<String> unreadable = new ArrayList<>();
        SearchState asked = SearchState.of(
                addresses.spelledOut(Address.of(event.getLocation()).parameters(), unreadable::add));
        unreadable.addAll(asked.query().notices());
        show(asked.readable(), false);
        unreadable.forEach(this::notice);
    }

    private void change(UnaryOperator<SearchState> edit) {
        show(edit.apply(state.with(SearchState.WEIGHTS, "")), true);
    }

    /** @param entered whether the browser's history gets an entry for it */
    private void show(SearchState asked, boolean entered) {
        notices.removeAll();
        Optional<OpenModel> found = searcher.model(asked, this::notice);
        missing.setVisible(false);
        setClassName("hl-missing", found.isEmpty());
        if (found.isEmpty()) {
            work.end();
            longer.end();
            missing.show(
                    asked.get(SearchState.MODEL),
                    searcher.models(),
                    other -> SearchState.FIRST.with(SearchState.MODEL, other).address());
            return;
        }
        OpenModel model = found.get();
        SearchState fitted = searcher.fitted(asked, model, this::notice);
        SearchState before = state;
        state = fitted;
        task.show(fitted, model.stored(), searcher.models());
        warnings.show(model.stored());
        leftOut.show(model.config());
        panels.setVisible(false);
        try {
            searcher.find(model, fitted, work, longer, this::notice, this::draw);
        } catch (Refusal unfit) {
            notice(unfit.getMessage());
        }
        if (entered && !fitted.equals(before)) {
            bar.push(addresses.shortened(fitted.address(), this::notice));
        } else if (!fitted.equals(asked)) {
            bar.replace(addresses.shortened(fitted.address(), this::notice));
        }
    }

    private void draw(Search search) {
        panels.setVisible(true);
        search.notThere().forEach(this::notice);
        shown.forEach(panel -> panel.show(search));
        annotate.offer(search.subjects(), addresses.shortened(search.state().address(), trouble -> {}));
    }

    private static void open(String address) {
        int mark = address.indexOf('?');
        UI.getCurrent().navigate(address.substring(0, mark), QueryParameters.fromString(address.substring(mark + 1)));
    }

    private void notice(String text) {
        Div notice = new Div(new Span(text));
        notice.addClassName("hl-notice");
        notices.add(notice);
    }
}
