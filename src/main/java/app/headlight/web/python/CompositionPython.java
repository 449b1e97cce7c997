package app.headlight.web.python;

import app.headlight.engine.circuits.CompositionGraph.Edge;
import app.headlight.engine.transformer.HeadId;
import app.headlight.web.component.Heatmap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How heads compose: norm ratios of products of weights, above those of random matrices. */
public final class CompositionPython {

    private static final String RATIOS = """


            def written(writer):
                \"""What writes to the stream, [n, D].\"""
                if writer is None:
                    return model.W_E
                attention = model.blocks[writer[0]].attn
                return attention.W_V[writer[1]] @ attention.W_O[writer[1]]


            def read(reader, kind):
                \"""What reads the stream, [D, n].\"""
                if reader is None:
                    return model.W_U
                attention = model.blocks[reader[0]].attn
                qk = attention.W_Q[reader[1]] @ attention.W_K[reader[1]].T
                return {"Q": qk, "K": qk.T, "V": attention.W_V[reader[1]] @ attention.W_O[reader[1]]}[kind]


            def size(left, right=None):
                \"""The Frobenius norm of left @ right, or of left, by products no larger than [D, D].\"""
                gram = left.T.double() @ left.double()
                if right is None:
                    return gram.trace().sqrt()
                return (gram * (right.double() @ right.T.double())).sum().sqrt()


            def ratio(writer, reader, kind):
                left, right = written(writer), read(reader, kind)
                sizes = size(left) * size(right)
                return (size(left, right) / sizes).item() if sizes > 0 else 0.0


            def name(head, end):
                return end if head is None else f"L{head[0]}H{head[1]}"

            """;

    private CompositionPython() {}

    /** The edges of the graph, in their order. */
    public static String graph(PythonModel model, List<Edge> edges) {
        Snippet snippet = begin(model, "Composition of heads", edges).add("""
                        rows = []
                        for writer, reader, kind in edges:
                            raw, (mean, deviation) = ratio(writer, reader, kind), random[writer is None, reader is None]
                            rows.append((name(writer, "embedding"), name(reader, "unembedding"), kind or "plain", raw, mean, deviation, raw - mean))
                        """);
        return snippet.table(
                "writer", "reader", "kind", "raw score", "baseline mean", "baseline deviation", "difference");
    }

    /** The matrix of one kind. */
    public static String matrix(
            PythonModel model,
            String what,
            List<Edge> edges,
            Heatmap.Axis writers,
            Heatmap.Axis readers,
            String figure) {
        Snippet snippet = begin(model, what, edges)
                .add("writers = %s", Literal.of(names(writers)))
                .add("readers = %s", Literal.of(names(readers)))
                .add("""
                        values = torch.full((len(writers), len(readers)), math.nan, dtype=torch.double)
                        for writer, reader, kind in edges:
                            cell = writers.index(name(writer, "embed")), readers.index(name(reader, "unembed"))
                            values[cell] = ratio(writer, reader, kind) - random[writer is None, reader is None][0]
                        """);
        return snippet.heatmap(writers, readers, figure);
    }

    private static List<String> names(Heatmap.Axis axis) {
        return axis.names().stream().map(Heatmap.Name::label).toList();
    }

    private static Snippet begin(PythonModel model, String what, List<Edge> edges) {
        List<String> listed = new ArrayList<>();
        Map<String, String> random = new LinkedHashMap<>();
        for (Edge edge : edges) {
            listed.add("(%s, %s, %s)"
                    .formatted(
                            head(edge.writer()),
                            head(edge.reader()),
                            Literal.of(edge.kind() == null ? null : edge.kind().name())));
            random.put(
                    "(%s, %s)".formatted(Literal.of(edge.writer() == null), Literal.of(edge.reader() == null)),
                    Literal.tuple(edge.random().mean(), edge.random().deviation()));
        }
        List<String> entries = new ArrayList<>();
        random.forEach((ends, figures) -> entries.add(ends + ": " + figures));
        return model.lens(what)
                .add(RATIOS)
                .add("edges = %s  # writer, reader, kind", Literal.list(listed))
                .add("""
                        # Mean and deviation of 60 pairs of random matrices of these shapes, as this server has drawn them,
                        # by whether the embedding writes and the unembedding reads""")
                .add("random = {%s}", String.join(", ", entries));
    }

    private static String head(@Nullable HeadId head) {
        return head == null ? "None" : Literal.tuple(head.layer(), head.head());
    }
}
