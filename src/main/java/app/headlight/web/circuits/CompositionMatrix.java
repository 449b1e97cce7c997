package app.headlight.web.circuits;

import app.headlight.engine.circuits.Composition;
import app.headlight.engine.circuits.CompositionGraph;
import app.headlight.engine.circuits.CompositionGraph.Edge;
import app.headlight.web.component.Float32;
import app.headlight.web.component.Heatmap;
import app.headlight.web.python.CompositionPython;
import app.headlight.web.python.PythonModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The picture of one kind of composition as a matrix: a row for each writer, a column for each reader.
 *
 * @param edges those of the kind
 */
record CompositionMatrix(Drawn kind, List<String> writers, List<String> readers, List<Edge> edges) {

    private static final String FIGURE = "norm ratio";

    static final CompositionMatrix EMPTY = new CompositionMatrix(Drawn.GRAPH, List.of(), List.of(), List.of());

    /** How composition is drawn. */
    enum Drawn {
        GRAPH("as a graph", null),
        Q("Q-composition", Composition.Q),
        K("K-composition", Composition.K),
        V("V-composition", Composition.V),
        OUTPUT("into the unembedding", null);

        private final String label;
        private final @Nullable Composition kind;

        Drawn(String label, @Nullable Composition kind) {
            this.label = label;
            this.kind = kind;
        }

        String label() {
            return label;
        }
    }

    static CompositionMatrix of(CompositionGraph graph, Drawn kind) {
        List<Edge> edges = graph.edges().stream()
                .filter(edge -> kind == Drawn.OUTPUT ? edge.reader() == null : edge.kind() == kind.kind)
                .toList();
        return new CompositionMatrix(
                kind,
                edges.stream().map(Edge::writerName).distinct().toList(),
                edges.stream().map(Edge::readerName).distinct().toList(),
                edges);
    }

    Heatmap.Cells cells(String model) {
        float[] values = new float[writers.size() * readers.size()];
        Arrays.fill(values, Float.NaN);
        for (Edge edge : edges) {
            int[] place = place(edge);
            values[place[0] * readers.size() + place[1]] = (float) edge.excess();
        }
        return new Heatmap.Cells(
                model + " " + kind.label(),
                kind.label() + ", above random matrices",
                Heatmap.Axis.of("writer", writers),
                Heatmap.Axis.of("reader", readers),
                Float32.base64(values),
                "diverging",
                FIGURE);
    }

    /** The program that computes the cells. */
    String python(PythonModel model) {
        return CompositionPython.matrix(
                model,
                kind.label() + ", above random matrices",
                edges,
                Heatmap.Axis.of("writer", writers),
                Heatmap.Axis.of("reader", readers),
                FIGURE);
    }

    /** Row and column of an edge; −1 if it is of another kind. */
    int[] place(Edge edge) {
        return edges.contains(edge)
                ? new int[] {writers.indexOf(edge.writerName()), readers.indexOf(edge.readerName())}
                : new int[] {-1, -1};
    }

    Optional<Edge> edge(int row, int column) {
        List<Edge> found = new ArrayList<>(edges);
        found.removeIf(edge -> !Arrays.equals(place(edge), new int[] {row, column}));
        return found.stream().findFirst();
    }
}
