package app.headlight.web.search;

import app.headlight.web.panels.Catalogue;
import app.headlight.web.panels.EmbeddablePage;
import app.headlight.web.panels.PanelKind;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** The panels of the page of circuit search. */
@Component
class SearchPanels implements EmbeddablePage {

    static final Catalogue<Search, SearchDesk> CATALOGUE = new Catalogue<>(List.of(
            new PanelKind<>("graph", "The circuit", GraphPanel::new),
            new PanelKind<>("curves", "How much the circuits keep", CurvesPanel::new),
            new PanelKind<>("pairs", "The pairs", desk -> new PairsTable())));

    private final Searcher searcher;

    SearchPanels(Searcher searcher) {
        this.searcher = searcher;
    }

    @Override
    public String path() {
        return SearchState.PATH;
    }

    @Override
    public Embedded embedded(Consumer<String> address) {
        return new EmbeddedSearch(searcher, address);
    }
}
