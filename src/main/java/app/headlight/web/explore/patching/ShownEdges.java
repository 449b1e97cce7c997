package app.headlight.web.explore.patching;

import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.PairEdges;
import app.headlight.engine.circuits.Spread;
import app.headlight.engine.circuits.StreamReader;
import app.headlight.engine.circuits.StreamWriter;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.edits.AskedEdit;
import app.headlight.web.component.Heatmap;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.python.PatchingPython;
import app.headlight.web.view.PatchState;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What patching each edge alone does: a row for each writer of the stream, a column for each reader. */
record ShownEdges(Exploration exploration, MappedPairs pairs, PairEdges found) implements ShownMap {

    /** Maps of more edges are neither drawn nor computed. */
    private static final int MOST = 4000;

    /** Why the edges of a model are not mapped; empty if they are. */
    static String tooMany(Exploration exploration) {
        int edges = Edge.all(exploration.model().config()).size();
        return edges <= MOST
                ? ""
                : String.format(
                        "This model has %,d edges; a map has %,d at most. REST answers the largest: POST"
                                + " /api/v1/models/%s/edges with the method “eap-ig”.",
                        edges, MOST, exploration.model().name());
    }

    private Config config() {
        return exploration.model().config();
    }

    private List<StreamWriter> writers() {
        return StreamReader.LOGITS.writers(config());
    }

    @Override
    public Estimated estimated() {
        int all = Edge.all(config()).size();
        return new Estimated(found.isEstimate() ? all : 0, all);
    }

    @Override
    public Axes axes() {
        return new Axes(
                "each edge",
                Heatmap.Axis.of(
                        "writer", writers().stream().map(StreamWriter::name).toList()),
                Heatmap.Axis.of(
                        "reader",
                        StreamReader.all(config()).stream()
                                .map(StreamReader::toString)
                                .toList()));
    }

    @Override
    public @Nullable String program(SentencePair pair) {
        PatchingPython.Pair asked = pair.python(exploration);
        return PatchingPython.edges(
                isDenoised() ? asked.reversed() : asked, axes().rows(), axes().columns(), RECOVERED);
    }

    @Override
    public Spread share(int row, int column) {
        return found.recovered(
                new Edge(writers().get(row), StreamReader.all(config()).get(column)));
    }

    @Override
    public Optional<Selected> selected() {
        PatchState asked = exploration.state().patch();
        return edge(asked, config()).filter(found::has).map(edge -> {
            AskedEdit edit = pairs.shown() == null ? null : AskedEdit.patch(edge, config(), from());
            boolean ofHead = edge.reader().kind().isOfHead();
            return new Selected(
                    moves(words(edge), found.metric(edge), found.recovered(edge)),
                    edit,
                    ofHead ? new HeadId(edge.reader().layer(), edge.reader().head()) : null);
        });
    }

    /** The edge that is selected. */
    private static Optional<Edge> edge(PatchState asked, Config config) {
        List<StreamReader> readers = StreamReader.all(config);
        List<StreamWriter> writers = StreamReader.LOGITS.writers(config);
        return asked.row() < 0
                        || asked.column() < 0
                        || asked.row() >= writers.size()
                        || asked.column() >= readers.size()
                ? Optional.empty()
                : Optional.of(new Edge(writers.get(asked.row()), readers.get(asked.column())));
    }

    private static String words(Edge edge) {
        String writer = edge.writer().equals(StreamWriter.EMBEDDING)
                ? "The embedding"
                : "What " + edge.writer().name() + " writes";
        String head = "L" + edge.reader().layer() + "H" + edge.reader().head();
        String reader = switch (edge.reader().kind()) {
            case Q -> "the queries of " + head;
            case K -> "the keys of " + head;
            case V -> "the values of " + head;
            case MLP -> "MLP" + edge.reader().layer();
            case LOGITS -> "the logits";
        };
        return writer + " as read by " + reader + " alone";
    }
}
