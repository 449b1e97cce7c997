package app.headlight.web.explore.patching;

import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.EdgeEffects;
import app.headlight.engine.circuits.StreamReader;
import app.headlight.engine.circuits.StreamWriter;
import app.headlight.engine.transformer.Config;
import app.headlight.services.edits.AskedEdit;
import app.headlight.web.component.Heatmap;
import app.headlight.web.explore.shown.Choice;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.HeadRows;
import app.headlight.web.view.PatchState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What patching each edge alone does: a row for each writer of the stream, a column for each reader. */
record ShownEdges(Exploration exploration, SentencePair pair, double base, double other, EdgeEffects effects)
        implements ShownMap {

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
    public Heatmap.Cells cells() {
        List<StreamReader> readers = StreamReader.all(config());
        List<double[]> rows = new ArrayList<>();
        for (StreamWriter writer : writers()) {
            double[] row = new double[readers.size()];
            Arrays.setAll(row, column -> {
                Double effect = effects.of().get(new Edge(writer, readers.get(column)));
                return effect == null ? Double.NaN : effect / (other - base);
            });
            rows.add(row);
        }
        return new Heatmap.Cells(
                exploration.model().name() + " patching edges "
                        + Choice.name(exploration.state().patch().direction()),
                "Share of the difference that each edge brings",
                Heatmap.Axis.of(
                        "writer", writers().stream().map(StreamWriter::name).toList()),
                Heatmap.Axis.of(
                        "reader", readers.stream().map(StreamReader::toString).toList()),
                HeadRows.base64(rows),
                "diverging",
                "recovered");
    }

    @Override
    public Optional<Selected> selected() {
        PatchState asked = exploration.state().patch();
        List<StreamReader> readers = StreamReader.all(config());
        if (asked.row() < 0
                || asked.column() < 0
                || asked.row() >= writers().size()
                || asked.column() >= readers.size()) {
            return Optional.empty();
        }
        Edge edge = new Edge(writers().get(asked.row()), readers.get(asked.column()));
        return Optional.ofNullable(effects.of().get(edge))
                .map(effect ->
                        new Selected(moves(words(edge), base + effect), AskedEdit.patch(edge, config(), from())));
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
