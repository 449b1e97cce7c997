package app.headlight.web.circuits;

import app.headlight.engine.circuits.Composition;
import app.headlight.engine.circuits.CompositionGraph.Edge;
import app.headlight.engine.circuits.QkCircuit;
import app.headlight.engine.circuits.Spectrum;
import app.headlight.engine.circuits.VirtualHead;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.measures.Measure;
import app.headlight.web.component.CompositionGraph;
import app.headlight.web.component.Eigenvalues;
import app.headlight.web.component.Heatmap;
import app.headlight.web.component.Term;
import app.headlight.web.panels.Panel;
import app.headlight.web.python.CircuitPython;
import app.headlight.web.python.CompositionPython;
import app.headlight.web.view.ExploreAddress;
import app.headlight.web.words.Figures;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The panel of composition: how heads compose, and a pair of them as one virtual head. */
class CompositionPanel extends Div implements Panel<Inspection> {

    /** Only the strongest are sent: a large model has tens of thousands of pairs. */
    private static final int MOST_EDGES = 3000;

    private final CompositionGraph graph = new CompositionGraph();
    private final transient @Nullable Annotating annotating;
    private final Heatmap matrix = new Heatmap();
    private final Select<CompositionMatrix.Drawn> drawn = new Select<>();
    private transient CompositionMatrix cells = CompositionMatrix.EMPTY;
    private final Span pair = new Span();
    private final Term virtualHead = new Term("virtual head", "Virtual head");
    private final H2 title = new H2(virtualHead, pair);
    private final Paragraph words = new Paragraph();
    private final Eigenvalues eigenvalues = new Eigenvalues();
    private final Anchor onASentence = new Anchor("", "See it on a sentence");
    private final Anchor patch = new Anchor("", "Patch this path alone");
    private final Div virtual = new Div(title, words, new Div(onASentence, new Text(" "), patch), eigenvalues);

    CompositionPanel(CircuitsDesk desk) {
        Consumer<UnaryOperator<CircuitsState>> change = desk.change();
        addClassNames("hl-panel", "hl-composition");
        setId("composition");
        virtual.addClassName("hl-virtual");
        words.addClassName("hl-muted");
        eigenvalues.setId("virtual-eigenvalues");
        patch.setId("patch-composition");
        drawn.setAriaLabel("How composition is drawn");
        drawn.setItems(CompositionMatrix.Drawn.values());
        drawn.setItemLabelGenerator(CompositionMatrix.Drawn::label);
        drawn.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                change.accept(state -> state.with(CircuitsState.DRAWN, event.getValue()));
            }
        });
        graph.addEdgeSelectListener(event -> {
            String edge = event.edge().from() + "-" + event.edge().kind() + "-"
                    + event.edge().to();
            change.accept(state -> state.with(CircuitsState.EDGE, edge));
        });
        matrix.setId("composition-matrix");
        matrix.addCellSelectListener(event -> cells.edge(event.row(), event.column())
                .ifPresent(edge -> change.accept(state -> state.with(CircuitsState.EDGE, name(edge)))));
        Div heading = new Div(new H2(new Term("composition", "Composition")), drawn);
        heading.addClassName("hl-row");
        add(new Div(heading, graph, matrix), virtual);
        annotating = desk.annotating();
        if (desk.annotating() != null) {
            virtual.add(desk.annotating().pairButton());
        }
    }

    @Override
    public void show(Inspection inspection) {
        Optional<Edge> chosen = chosen(inspection);
        CompositionMatrix.Drawn how = inspection.state().get(CircuitsState.DRAWN);
        drawn.setValue(how);
        boolean asGraph = how == CompositionMatrix.Drawn.GRAPH;
        graph.setVisible(asGraph);
        matrix.setVisible(!asGraph);
        if (!asGraph) {
            cells = CompositionMatrix.of(inspection.circuits().graph(), how);
            matrix.show(
                    inspection.key(how), () -> cells.cells(inspection.model().name()));
            int[] place = chosen.map(cells::place).orElse(new int[] {-1, -1});
            matrix.select(place[0], place[1]);
            matrix.setPython(cells.python(inspection.python()));
        }
        graph.show(
                List.of(
                        inspection.model().ref(),
                        chosen.map(CompositionPanel::name).orElse("")),
                () -> graph(inspection, chosen));
        graph.setPython(CompositionPython.graph(inspection.python(), strongest(inspection)));
        eigenvalues.setVisible(false);
        onASentence.setVisible(false);
        Optional<String> patched = chosen.flatMap(edge -> PatchLink.of(inspection.model(), edge));
        patch.setVisible(patched.isPresent());
        patched.ifPresent(patch::setHref);
        boolean ofScores = chosen.map(CompositionPanel::isOfScores).orElse(false);
        virtualHead.setVisible(!ofScores);
        pair.setText(chosen.map(edge ->
                        " " + edge.writerName() + " → " + edge.readerName() + (ofScores ? " by " + kind(edge) : ""))
                .orElse(""));
        words.setText(chosen.map(CompositionPanel::inWords)
                .orElseGet(() -> noneYet(inspection.model().config().nLayers())));
        chosen.flatMap(this::claimThis).ifPresent(button -> words.add(new Text(" "), button));
        chosen.ifPresent(edge -> showVirtual(inspection, edge));
    }

    private Optional<NativeButton> claimThis(Edge edge) {
        HeadId first = edge.writer();
        HeadId second = edge.reader();
        Composition kind = edge.kind();
        return annotating == null || first == null || second == null || kind == null
                ? Optional.empty()
                : annotating.claimThis(new Measure.Composed(kind, first, second), edge.excess());
    }

    private static String noneYet(int layers) {
        return switch (layers) {
            case 0 -> "Without layers there are no heads, and so no virtual ones.";
            case 1 ->
                "In one layer no head reads what another wrote, so there are no virtual heads: what composes here is each"
                        + " head with the embedding and the unembedding.";
            default ->
                "Click a line between two heads to see what they do together. By V: one more head, whose pattern is the"
                        + " product of theirs and whose OV circuit is W_OV1 W_OV2. By K or Q: where the later head looks because"
                        + " of what the earlier one moved.";
        };
    }

    private void showVirtual(Inspection inspection, Edge edge) {
        HeadId first = edge.writer();
        HeadId second = edge.reader();
        if (second != null && isOfScores(edge)) {
            showScores(inspection, edge, first, second);
            return;
        }
        if (first == null || second == null) {
            return;
        }
        VirtualHead head = VirtualHead.of(inspection.model().transformer(), List.of(first, second));
        Spectrum spectrum = inspection.measured(
                "OV spectrum",
                List.of(head.name()),
                model -> head.ovCircuit(model).spectrum());
        eigenvalues.setVisible(true);
        eigenvalues.setHint("copies →");
        onASentence.setVisible(true);
        onASentence.setHref(ExploreAddress.ofVirtual(
                inspection.model().name(), inspection.model().step(), List.of(first, second)));
        eigenvalues.show(
                List.of(inspection.model().ref(), head.name()),
                () -> HeadsPanel.plane(
                        inspection.model().name() + " " + head.name() + " eigenvalues",
                        "Eigenvalues of the OV circuit W_OV1 W_OV2",
                        "copying",
                        spectrum));
        eigenvalues.setPython(
                CircuitPython.eigenvalues(inspection.python(), CircuitPython.Circuit.ov(List.of(first, second))));
    }

    /** Whether it is a head's queries or keys that read. */
    private static boolean isOfScores(Edge edge) {
        return edge.kind() == Composition.K || edge.kind() == Composition.Q;
    }

    /** A head whose queries or keys read what an earlier one moved, or the embedding if there is none. */
    private void showScores(Inspection inspection, Edge edge, @Nullable HeadId first, HeadId second) {
        boolean byKey = edge.kind() == Composition.K;
        Spectrum spectrum = inspection.measured(
                "composed QK spectrum",
                List.of(second, Optional.ofNullable(first), byKey),
                model -> QkCircuit.composed(model, second, byKey ? null : first, byKey ? first : null)
                        .spectrum());
        eigenvalues.setVisible(true);
        eigenvalues.setHint(first == null ? "matches itself →" : "matches →");
        onASentence.setVisible(true);
        onASentence.setHref(ExploreAddress.ofScores(
                inspection.model().name(), inspection.model().step(), second, byKey, edge.writerName()));
        eigenvalues.show(
                inspection.key(name(edge)),
                () -> HeadsPanel.plane(
                        inspection.model().name() + " " + name(edge) + " eigenvalues",
                        "Eigenvalues of "
                                + (first == null
                                        ? "W_E W_QK W_Eᵀ"
                                        : byKey ? "W_E W_QK2 (W_E W_OV1)ᵀ" : "W_E W_OV1 W_QK2 W_Eᵀ"),
                        "matching",
                        spectrum));
        eigenvalues.setPython(CircuitPython.eigenvalues(
                inspection.python(),
                CircuitPython.Circuit.qk(second, byKey ? null : first, byKey ? first : null, 0, 1)));
    }

    private static List<Edge> strongest(Inspection inspection) {
        return inspection.circuits().graph().edges().stream()
                .sorted(Comparator.comparingDouble(Edge::excess).reversed())
                .limit(MOST_EDGES)
                .toList();
    }

    private static CompositionGraph.Graph graph(Inspection inspection, Optional<Edge> chosen) {
        Config config = inspection.model().config();
        List<CompositionGraph.Badge> badges = new ArrayList<>();
        inspection.detectors().forEach((head, scores) -> {
            String badge = HeadsPanel.badge(scores);
            if (badge != null) {
                badges.add(new CompositionGraph.Badge(head.toString(), badge));
            }
        });
        List<CompositionGraph.Edge> edges = strongest(inspection).stream()
                .map(edge -> new CompositionGraph.Edge(
                        edge.writerName(),
                        edge.readerName(),
                        kind(edge),
                        edge.raw(),
                        edge.random().mean(),
                        edge.random().deviation()))
                .toList();
        return new CompositionGraph.Graph(
                inspection.model().name() + " composition",
                config.nLayers(),
                config.nHeads(),
                badges,
                edges,
                chosen.map(edge -> new CompositionGraph.Selection(edge.writerName(), edge.readerName(), kind(edge)))
                        .orElse(null));
    }

    /** The edge that the address names; empty if there is no such edge. */
    static Optional<Edge> chosen(Inspection inspection) {
        return inspection.circuits().graph().edges().stream()
                .filter(edge -> name(edge).equals(inspection.state().get(CircuitsState.EDGE)))
                .findFirst();
    }

    private static String name(Edge edge) {
        return edge.writerName() + "-" + kind(edge) + "-" + edge.readerName();
    }

    private static String kind(Edge edge) {
        return edge.kind() == null ? "plain" : edge.kind().name();
    }

    private static String inWords(Edge edge) {
        return String.format(
                Locale.ROOT,
                "%s: norm ratio %.4f, random matrices of these shapes %.4f ± %.4f; %s above them.",
                edge.kind() == null ? "Virtual weights" : kind(edge) + "-composition",
                edge.raw(),
                edge.random().mean(),
                edge.random().deviation(),
                Figures.fixed(edge.excess(), 4));
    }
}
