package app.headlight.web.search;

import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.EdgeTask.Measure;
import app.headlight.engine.circuits.MeanCurve;
import app.headlight.engine.circuits.Spread;
import app.headlight.engine.circuits.StreamReader;
import app.headlight.services.measures.Measure.Circuit;
import app.headlight.services.models.OpenModel;
import app.headlight.services.search.ReadyPair;
import app.headlight.services.search.ReadyPair.Template;
import app.headlight.services.search.SearchResult;
import app.headlight.web.component.EdgeGraph;
import app.headlight.web.component.Segmented;
import app.headlight.web.pairs.ReadPairs;
import app.headlight.web.panels.Panel;
import app.headlight.web.python.PythonModel;
import app.headlight.web.python.SearchPython;
import app.headlight.web.search.SearchState.Way;
import app.headlight.web.view.AskedPairs.Made;
import app.headlight.web.view.ExploreAddress;
import app.headlight.web.view.PatchingAddress;
import app.headlight.web.words.Figures;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.NumberField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The panel of the circuit: its strongest edges as a graph, what it keeps in words, and an edge that is selected. */
class GraphPanel extends Div implements Panel<Search> {

    /** As a threshold. */
    private static final double LEAST = 1e-6;

    private static final String ABOVE_ZERO = "A number above 0";

    private final Segmented method = new Segmented(
            "Method",
            Stream.of(Way.values())
                    .map(way -> new Segmented.Choice(value(way), way.label(), way.meaning()))
                    .toList());
    private final NumberField threshold = new NumberField("Threshold");
    private final Paragraph words = new Paragraph();
    private final EdgeGraph graph = new EdgeGraph();
    private final GroupsForm groups;
    private final Paragraph selected = new Paragraph();
    private final Anchor inPatching = new Anchor("", "See its map on the first pair");
    private final transient SearchDesk desk;
    private transient Optional<Search> shown = Optional.empty();

    GraphPanel(SearchDesk desk) {
        this.desk = desk;
        Consumer<UnaryOperator<SearchState>> change = desk.change();
        Consumer<String> open = desk.open();
        addClassNames("hl-panel", "hl-search-graph");
        setId("circuit");
        method.setId("method");
        graph.setId("edge-graph");
        words.setId("circuit-words");
        method.addChoiceListener(event -> change.accept(state -> state.with(
                        SearchState.METHOD, Way.valueOf(event.value().toUpperCase(Locale.ROOT)))
                .with(SearchState.KEPT, -1)));
        threshold.setId("threshold");
        threshold.setMin(LEAST);
        threshold.setI18n(new NumberField.NumberFieldI18n()
                .setBadInputErrorMessage(ABOVE_ZERO)
                .setMinErrorMessage(ABOVE_ZERO));
        threshold.setTooltipText("Edges are dropped that move the metric by less");
        threshold.addValueChangeListener(event -> {
            Double given = event.getValue();
            if (event.isFromClient() && given != null && given >= LEAST) {
                change.accept(state -> state.with(SearchState.THRESHOLD, given).with(SearchState.KEPT, -1));
            }
        });
        graph.addKeptListener(event -> desk.keep(event.kept()));
        graph.addEdgeSelectListener(event -> change.accept(state -> state.with(SearchState.EDGE, event.edge())));
        if (open != null) {
            graph.addNodeSelectListener(event ->
                    shown.flatMap(search -> explore(search, event.node())).ifPresent(open));
        }
        Div heading = new Div(new H2("The circuit"), method, threshold);
        heading.addClassName("hl-row");
        groups = new GroupsForm(change);
        add(heading, words, graph, new Div(selected, inPatching));
        if (open != null) {
            add(groups);
        }
    }

    private static String value(Way way) {
        return way.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void show(Search search) {
        shown = Optional.of(search);
        method.setValue(value(search.way()));
        threshold.setVisible(search.way() == Way.ACDC);
        threshold.setValue(search.threshold());
        words.setText(inWords(search)
                + search.missed().map(edge -> missed(search, edge)).orElse(""));
        claim(search).ifPresent(claim -> words.add(new Text(" "), claim));
        NodeGroups named = search.state().get(SearchState.GROUPS);
        groups.show(named);
        graph.show(List.of(search.key(), search.way(), named), () -> graph(search));
        graph.setKept(search.kept());
        graph.setPython(
                search.way() == Way.ACDC // which REST does for one pair at a time
                        ? null
                        : SearchPython.edges(
                                new PythonModel(search.model()),
                                search.python(false),
                                value(search.way()).replace('_', '-'),
                                search.measure().name().toLowerCase(Locale.ROOT),
                                search.kept(),
                                "change of the " + search.measureInWords()));
        Optional<Edge> edge = search.selected();
        graph.select(edge.map(Edge::toString).orElse(""));
        selected.setText(edge.map(each -> inWords(search, each))
                .orElse("Click an edge for what patching it does"
                        + (desk.open() == null ? "." : "; a node opens its head in Explore.")));
        inPatching.setVisible(edge.isPresent() && desk.open() != null);
        inPatching.setHref(patching(search, edge));
    }

    private static String inWords(Search search) {
        SearchResult result = search.result();
        int kept = search.kept();
        if (result.found().strongest().pairs() == 0) {
            return "On these pairs the model does the same after both sentences: there is no behaviour to search for.";
        }
        if (search.way() == Way.ACDC && search.strongest().isEmpty()) {
            return "No edge moves the " + search.measureInWords() + " by as much as " + search.threshold()
                    + ": ACDC keeps none. Lower the threshold.";
        }
        StringBuilder words = new StringBuilder(String.format(
                Locale.ROOT,
                "The %s of %,d edges by %s",
                kept == 1 ? "strongest" : kept + " strongest",
                search.edges(),
                search.way().label() + (search.way() == Way.EXACT ? " patching" : "")));
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

    /** What makes the faithfulness of the drawn circuit a claim, or says why there is none; empty for those who may not write. */
    private Optional<? extends Component> claim(Search search) {
        SearchResult result = search.result();
        SearchResult.Half half = result.heldOut() == null ? result.found() : result.heldOut();
        List<Edge> edges = search.strongest().subList(0, search.kept());
        Optional<MeanCurve.Point> point = point(half.strongest(), search.kept());
        if (edges.isEmpty() || point.isEmpty()) {
            return Optional.empty();
        }
        Made made = search.state().get(SearchState.TASK);
        Template pairs = made == Made.OWN ? Template.INDUCTION : ReadPairs.template(made);
        Optional<NativeButton> button = desk.claiming()
                .of(
                        new Circuit(pairs, search.measure(), edges),
                        point.get().faithfulness().mean());
        if (button.isEmpty() || (made != Made.OWN && search.model().step() == OpenModel.FINISHED)) {
            return button;
        }
        Span why = new Span(
                made == Made.OWN
                        ? "No claim can be made of it: a claim is measured on pairs that are drawn anew, and these are"
                                + " written by a person."
                        : "No claim can be made of it: claims are about the finished model.");
        why.addClassName("hl-muted");
        return Optional.of(why);
    }

    private static String missed(Search search, Edge edge) {
        return " " + search.way().label() + " hardly sees " + edge + " (" + Figures.signed(search.effect(edge), 3)
                + "), whose patch moves the " + search.measureInWords() + " by "
                + Figures.signed(search.exactEffect(edge), 3)
                + ": where a head attends to nearly one place alone its softmax is saturated, and the derivative by"
                + " queries and keys nearly 0.";
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
        String patching = switch (search.way()) {
            case EXACT -> "patching it alone moves";
            case EAP, EAP_IG -> "patching it alone is estimated to move";
            case ACDC -> "patching it, after all edges that were dropped before it, moves";
        };
        return edge + ": " + patching + " the " + search.measureInWords() + " by "
                + Figures.signed(search.effect(edge), 3) + ", mean over the pairs where circuits are found.";
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
                search.model().name() + " circuit by " + search.way().label(),
                search.edges(),
                edges,
                search.state().get(SearchState.GROUPS).groups().stream()
                        .map(group -> new EdgeGraph.Group(group.name(), group.nodes()))
                        .toList(),
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

    private static String patching(Search search, Optional<Edge> edge) {
        ReadyPair pair = first(search);
        return PatchingAddress.ofPair(
                search.model().name(),
                search.model().step(),
                pair.clean(),
                pair.corrupt(),
                pair.answer(),
                pair.wrong(),
                edge.map(each -> PatchingAddress.cell(each, search.model().config()))
                        .orElse(new int[] {-1, -1}));
    }

    private static ReadyPair first(Search search) {
        return search.pairs().pairs().getFirst();
    }
}
