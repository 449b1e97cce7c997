package app.headlight.web.search;

import app.headlight.engine.refusal.Refusal;
import app.headlight.services.models.OpenModel;
import app.headlight.web.page.LongWork;
import app.headlight.web.panels.EmbeddedPanels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Panels of circuit search, embedded in another page; without {@code part}, the circuit. */
class EmbeddedSearch extends EmbeddedPanels<Search, SearchDesk> {

    private final transient Searcher searcher;
    private final transient Consumer<String> address;
    private final LongWork work = new LongWork();
    private final LongSearch longer;
    private transient SearchState state = SearchState.FIRST;

    /** @param address told where the page itself shows what is shown here, whenever that changes */
    EmbeddedSearch(Searcher searcher, Consumer<String> address) {
        super(SearchPanels.CATALOGUE);
        this.searcher = searcher;
        this.address = address;
        addClassName("hl-search-page");
        longer = searcher.longSearch(false);
        add(work, longer);
    }

    @Override
    protected SearchDesk page() {
        return new SearchDesk(this::change, null, (measure, seen) -> Optional.empty());
    }

    @Override
    public void show(Map<String, String> parameters) {
        SearchState asked = SearchState.of(parameters);
        List<String> said = new ArrayList<>(asked.query().notices());
        said.addAll(choose(parameters, List.of("graph")));
        show(asked.readable(), said);
    }

    private void show(SearchState asked, List<String> said) {
        Optional<OpenModel> model = searcher.model(asked, said::add);
        if (model.isEmpty()) {
            missing(SearchState.PATH, asked.get(SearchState.MODEL), searcher.models());
            return;
        }
        state = searcher.fitted(asked, model.get(), said::add);
        address.accept(state.address());
        begin(model.get().stored(), said);
        try {
            searcher.find(model.get(), state, work, longer, this::notice, search -> {
                search.notThere().forEach(this::notice);
                draw(search);
            });
        } catch (Refusal unfit) {
            notice(unfit.getMessage());
        }
    }

    private void change(UnaryOperator<SearchState> edit) {
        show(edit.apply(state.with(SearchState.WEIGHTS, "")), new ArrayList<>());
    }
}
