package app.headlight.web.search;

import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.EdgeTask.Measure;
import app.headlight.engine.circuits.MeanCurve;
import app.headlight.engine.circuits.MeanCurve.Spread;
import app.headlight.engine.circuits.StreamReader;
import app.headlight.services.search.CircuitSearch.Method;
import app.headlight.services.search.ReadyPair;
import app.headlight.services.search.SearchResult;
import app.headlight.web.component.EdgeGraph;
import app.headlight.web.component.Segmented;
import app.headlight.web.view.ExploreAddress;
import app.headlight.web.words.Figures;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The panel of the circuit: its strongest edges as a graph, what it keeps in words, and an edge that is selected. */
class GraphPanel extends Div {

    private final Segmented method = new Segmented(
            "Method",
            List.of(
                    new Segmented.Choice("exact", "exact", "Each edge patched"),
                    new Segmented.Choice("eap", "EAP", "Estimated by the derivative at the clean run"),
                    new Segmented.Choice("eap_ig", "EAP-IG", "By the mean of derivatives between both sentences")));
    private final Paragraph words = new Paragraph();
    private final EdgeGraph graph = new EdgeGraph();
    private final Paragraph selected = new Paragraph();
    private final Anchor inPatching = new Anchor("", "See its map on the first pair");
    private final transient Consumer<UnaryOperator<SearchState>> change;
    private transient Optional<Search> shown = Optional.empty();

    GraphPanel(Consumer<UnaryOperator<SearchState>> change, Consumer<String> open) {
        this.change = change;
        addClassNames("hl-panel", "hl-search-graph");
        setId("circuit");
        method.setId("method");
        graph.setId("edge-graph");
        words.setId("circuit-words");
        method.addChoiceListener(event -> change.accept(state -> state.with(
                        SearchState.METHOD, Method.valueOf(event.value().toUpperCase(Locale.ROOT)))
                .with(SearchState.KEPT, -1)));
        graph.addKeptListener(event -> keep(event.kept()));
        graph.addEdgeSelectListener(event -> change.accept(state -> state.with(SearchState.EDGE, event.edge())));
        graph.addNodeSelectListener(
                event -> shown.flatMap(search -> explore(search, event.node())).ifPresent(open));
        Div heading = new Div(new H2("The circuit"), method);
        heading.addClassName("hl-row");
        add(heading, words, graph, new Div(selected, inPatching));
    }

    void keep(int edges) {
        change.accept(state -> state.with(SearchState.KEPT, edges));
    }

    void show(Search search) {
        shown = Optional.of(search);
        method.setValue(search.method().name().toLowerCase(Locale.ROOT));
        words.setText(inWords(search));
        graph.show(List.of(search.key(), search.method()), () -> graph(search));
        graph.setKept(search.kept());
        Optional<Edge> edge = search.selected();
        graph.select(edge.map(Edge::toString).orElse(""));
        selected.setText(edge.map(each -> inWords(search, each))
                .orElse("Click an edge for what patching it does; a node opens its head in Explore."));
        inPatching.setVisible(edge.isPresent());
        inPatching.setHref(patching(search));
    }

    private static String inWords(Search search) {
        SearchResult result = search.result();
        int kept = search.kept();
        if (result.found().strongest().pairs() == 0) {
            return "On these pairs the model does the same after both sentences: there is no behaviour to search for.";
        }
        StringBuilder words = new StringBuilder(String.format(
                Locale.ROOT,
                "The %s of %,d edges by %s",
                kept == 1 ? "strongest" : kept + " strongest",
                search.edges(),
                Search.name(search.method()) + (search.method() == Method.EXACT ? " patching" : "")));
        Optional<MeanCurve.Point> found = point(result.found().strongest(), kept);
        if (found.isEmpty()) {
            return words + ". Click a point of the curves for a circuit that is measured.";
        }
        words.append(kept == 1 ? " keeps " : " keep ");
        if (result.heldOut() != null) {
            point(result.heldOut().strongest(), kept)
                    .ifPresent(point -> words.append(share(point.faithfulness()))
                            .append(" of the behaviour on pairs that the method has not seen, "));
        }
        words.append(share(found.get().faithfulness())).append(" where it was found; all others keep ");
        words.append(share(found.get().completeness())).append(" there.");
        return words.toString();
    }

    private static Optional<MeanCurve.Point> point(MeanCurve curve, int kept) {
        return curve.points().stream().filter(point -> point.kept() == kept).findFirst();
    }

    private static String share(Spread spread) {
        if (Double.isNaN(spread.mean())) {
            return "an undefined share";
        }
        String mean = Figures.fixed(spread.mean(), 2);
        return Double.isNaN(spread.deviation()) ? mean : mean + " ± " + Figures.fixed(spread.deviation(), 2);
    }

    private static String inWords(Search search, Edge edge) {
        return edge + ": patching it alone " + (search.method() == Method.EXACT ? "moves" : "is estimated to move")
                + " the " + search.measureInWords() + " by " + Figures.signed(search.effect(edge), 3)
                + ", mean over the pairs where circuits are found.";
    }

    private static EdgeGraph.Graph graph(Search search) {
        List<EdgeGraph.Edge> edges = new ArrayList<>();
        for (Edge edge : search.strongest()) {
            StreamReader reader = edge.reader();
            edges.add(new EdgeGraph.Edge(
                    edge.toString(),
                    edge.writer().name(),
                    reader.equals(StreamReader.LOGITS)
                            ? "logits"
                            : reader.writes().name(),
                    reader.kind().isOfHead() ? reader.kind().name() : "plain",
                    search.effect(edge)));
        }
        return new EdgeGraph.Graph(
                search.model().name() + " circuit by " + Search.name(search.method()),
                search.edges(),
                edges,
                search.measure() == Measure.KL ? 1 : -1,
                search.measureInWords());
    }

    /** The first pair on Explore, with the head of a node; empty for the ends and for MLPs. */
    private static Optional<String> explore(Search search, String node) {
        return search.model().transformer().heads().stream()
                .filter(head -> head.toString().equals(node))
                .findFirst()
                .map(head -> ExploreAddress.of(
                        search.model().name(),
                        search.model().step(),
                        first(search).clean(),
                        head));
    }

    private static String patching(Search search) {
        ReadyPair pair = first(search);
        return ExploreAddress.ofPair(
                search.model().name(),
                search.model().step(),
                pair.clean(),
                pair.corrupt(),
                pair.answer(),
                pair.wrong());
    }

    private static ReadyPair first(Search search) {
        return search.pairs().pairs().getFirst();
    }
}
