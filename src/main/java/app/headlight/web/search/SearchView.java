package app.headlight.web.search;

import app.headlight.engine.circuits.EdgeTask.Measure;
import app.headlight.engine.refusal.Refusal;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.lab.WeightsMark;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.services.search.CircuitSearch;
import app.headlight.services.search.CircuitSearch.Method;
import app.headlight.services.search.PairSet;
import app.headlight.web.page.LeftOut;
import app.headlight.web.page.LongWork;
import app.headlight.web.page.MissingModel;
import app.headlight.web.page.ModelWarnings;
import app.headlight.web.search.SearchState.Task;
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
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The page of circuit search. The address bar is its state. */
@Route(SearchState.PATH)
@PageTitle("Headlight · Circuit search")
@Menu(title = "Search", order = 2.5)
public class SearchView extends Main implements BeforeEnterObserver {

    /** The exact method is left out where it takes longer, in seconds. */
    private static final double MOST_EXACT = 20;

    private static final double MOST = 300;

    private final transient ModelLibrary library;
    private final transient WeightsMark marks;
    private final transient Laboratory lab;
    private final transient CircuitSearch search;
    private final transient LongAddresses addresses;
    private final transient AddressBar bar = new AddressBar();
    private final TaskBar task = new TaskBar(this::change);
    private final ModelWarnings warnings = new ModelWarnings();
    private final LeftOut leftOut = new LeftOut();
    private final Div notices = new Div();
    private final MissingModel missing = new MissingModel();
    private final LongWork work = new LongWork();
    private final GraphPanel graph = new GraphPanel(this::change, SearchView::open);
    private final CurvesPanel curves = new CurvesPanel(graph::keep);
    private final PairsTable pairs = new PairsTable();
    private final Div panels = new Div(graph, curves, pairs);
    private transient SearchState state = SearchState.FIRST;

    SearchView(ModelLibrary library, WeightsMark marks, Laboratory lab, LongAddresses addresses) {
        this.library = library;
        this.marks = marks;
        this.lab = lab;
        this.addresses = addresses;
        search = new CircuitSearch(lab);
        addClassName("hl-search-page");
        notices.addClassName("hl-notices");
        notices.getElement().setAttribute("role", "status");
        panels.addClassName("hl-search-panels");
        add(missing, task, warnings, leftOut, notices, work, panels);
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
        Optional<OpenModel> found = model(asked);
        missing.setVisible(false);
        setClassName("hl-missing", found.isEmpty());
        if (found.isEmpty()) {
            work.end();
            missing.show(
                    asked.get(SearchState.MODEL),
                    library.models(),
                    other -> SearchState.FIRST.with(SearchState.MODEL, other).address());
            return;
        }
        OpenModel model = found.get();
        String weights = asked.get(SearchState.WEIGHTS);
        marks.trouble(model, weights).ifPresent(this::notice);
        SearchState fitted = asked.with(SearchState.MODEL, model.name())
                .with(SearchState.STEP, (int) model.step())
                .with(SearchState.WEIGHTS, weights.isEmpty() ? marks.of(model) : weights);
        SearchState before = state;
        state = fitted;
        task.show(fitted, model.stored(), library.models());
        warnings.show(model.stored());
        leftOut.show(model.config());
        panels.setVisible(false);
        try {
            find(model, fitted);
        } catch (Refusal unfit) {
            work.end();
            notice(unfit.getMessage());
        }
        if (entered && !fitted.equals(before)) {
            bar.push(addresses.shortened(fitted.address(), this::notice));
        } else if (!fitted.equals(asked)) {
            bar.replace(addresses.shortened(fitted.address(), this::notice));
        }
    }

    private Optional<OpenModel> model(SearchState asked) {
        String name = asked.get(SearchState.MODEL);
        if (name.isEmpty()) {
            return library.first();
        }
        Optional<OpenModel> atStep = library.open(name, asked.step());
        if (atStep.isEmpty() && library.open(name).isPresent()) {
            notice("No weights of step " + asked.step() + " of " + name + " are stored; the finished model is shown.");
        }
        return atStep.or(() -> library.open(name));
    }

    private void find(OpenModel model, SearchState asked) {
        SearchPairs made = SearchPairs.of(model, asked);
        int wanted = asked.get(SearchState.PAIRS);
        if (asked.get(SearchState.TASK) != Task.OWN && made.pairs().size() < wanted) {
            notice("This model's words make no more than " + made.pairs().size() + " of these pairs, not " + wanted
                    + ".");
        }
        List<Method> methods = methods(model, made.set(), asked.get(SearchState.METRIC));
        double seconds = CircuitSearch.seconds(model, made.set(), methods);
        if (seconds > MOST) {
            throw new Refusal(String.format(
                    Locale.ROOT,
                    "On this model %d pairs take about %,.0f minutes; take fewer of them, or shorter ones.",
                    made.pairs().size(),
                    Math.ceil(seconds / 60)));
        }
        work.await(lab.ask(search.results(model, made.set(), methods)), "Searching circuits", results -> {
            Search shown = new Search(model, asked, made, results);
            panels.setVisible(true);
            shown.notThere().forEach(this::notice);
            curves.show(shown);
            graph.show(shown);
            pairs.show(shown);
        });
    }

    /** Those that a model and a metric allow; says which are left out, and why. */
    private List<Method> methods(OpenModel model, PairSet set, Measure measure) {
        boolean exact = CircuitSearch.exactSeconds(model, set.found()) <= MOST_EXACT;
        if (!exact) {
            notice("Exact effects are left out: this model has too many edges to patch each of them on every pair.");
        }
        if (measure == Measure.KL) {
            notice("EAP is left out: the derivative of KL at the clean run is 0, so that it would find nothing.");
        }
        return Stream.of(Method.values())
                .filter(method -> exact || method != Method.EXACT)
                .filter(method -> measure != Measure.KL || method != Method.EAP)
                .toList();
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
