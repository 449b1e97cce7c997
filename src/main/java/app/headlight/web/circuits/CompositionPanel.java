package app.headlight.web.circuits;

import app.headlight.circuits.CompositionGraph.Edge;
import app.headlight.circuits.Spectrum;
import app.headlight.circuits.VirtualHead;
import app.headlight.transformer.Config;
import app.headlight.transformer.HeadId;
import app.headlight.web.ExploreAddress;
import app.headlight.web.component.CompositionGraph;
import app.headlight.web.component.Eigenvalues;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** How heads compose, and what a pair of them is as one virtual head. */
class CompositionPanel extends Div {

    /** The strongest are sent: a large model has tens of thousands of pairs. */
    private static final int MOST_EDGES = 3000;

    private final CompositionGraph graph = new CompositionGraph();
    private final H2 title = new H2("Virtual head");
    private final Paragraph words = new Paragraph();
    private final Eigenvalues eigenvalues = new Eigenvalues();
    private final Anchor onASentence = new Anchor("", "See it on a sentence");
    private final Div virtual = new Div(title, words, onASentence, eigenvalues);

    /** @param pick told an edge, such as {@code L0H0-K-L1H3} */
    CompositionPanel(Consumer<String> pick) {
        addClassNames("hl-panel", "hl-composition");
        setId("composition");
        virtual.addClassName("hl-virtual");
        words.addClassName("hl-muted");
        eigenvalues.setHint("copies →");
        graph.addEdgeSelectListener(event -> pick.accept(event.edge().from() + "-"
                + event.edge().kind() + "-" + event.edge().to()));
        add(graph, virtual);
    }

    void show(Inspection inspection) {
        Optional<Edge> chosen = chosen(inspection);
        graph.show(
                List.of(
                        inspection.model().key(),
                        chosen.map(CompositionPanel::name).orElse("")),
                () -> graph(inspection, chosen));
        eigenvalues.setVisible(false);
        onASentence.setVisible(false);
        title.setText(chosen.map(edge -> edge.writerName() + " → " + edge.readerName())
                .orElse("Virtual head"));
        words.setText(chosen.map(CompositionPanel::inWords)
                .orElse(
                        "Click a line between two heads to see what they are together: one head more, whose pattern is the"
                                + " product of theirs and whose OV circuit is W_OV1 W_OV2."));
        chosen.ifPresent(edge -> showVirtual(inspection, edge));
    }

    private void showVirtual(Inspection inspection, Edge edge) {
        HeadId first = edge.writer();
        HeadId second = edge.reader();
        if (first == null || second == null) {
            return;
        }
        VirtualHead head = VirtualHead.of(inspection.model().transformer(), List.of(first, second));
        Spectrum spectrum = head.ovCircuit(inspection.model().transformer()).spectrum();
        eigenvalues.setVisible(true);
        onASentence.setVisible(true);
        onASentence.setHref(ExploreAddress.ofVirtual(
                inspection.model().name(), inspection.model().step(), List.of(first.toString(), second.toString())));
        eigenvalues.show(
                List.of(inspection.model().key(), head.name()),
                () -> new Eigenvalues.Plane(
                        inspection.model().name() + " " + head.name() + " eigenvalues",
                        "Eigenvalues of the OV circuit W_OV1 W_OV2",
                        spectrum.eigenvalues().stream()
                                .map(value -> new double[] {value.re(), value.im()})
                                .toList(),
                        "copying",
                        spectrum.score()));
    }

    private static CompositionGraph.Graph graph(Inspection inspection, Optional<Edge> chosen) {
        Config config = inspection.model().config();
        List<CompositionGraph.Badge> badges = new ArrayList<>();
        inspection.circuits().detectors().forEach((head, scores) -> {
            String badge = HeadsPanel.badge(scores);
            if (badge != null) {
                badges.add(new CompositionGraph.Badge(head.toString(), badge));
            }
        });
        List<CompositionGraph.Edge> edges = inspection.circuits().graph().edges().stream()
                .sorted(Comparator.comparingDouble(Edge::excess).reversed())
                .limit(MOST_EDGES)
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

    private static Optional<Edge> chosen(Inspection inspection) {
        return inspection.circuits().graph().edges().stream()
                .filter(edge -> name(edge).equals(inspection.state().edge()))
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
                "%s: norm ratio %.4f, random matrices of these shapes %.4f ± %.4f; %.4f above them.",
                edge.kind() == null ? "Virtual weights" : kind(edge) + "-composition",
                edge.raw(),
                edge.random().mean(),
                edge.random().deviation(),
                edge.excess());
    }
}
