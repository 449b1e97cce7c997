package app.headlight.engine.circuits;

import app.headlight.engine.circuits.RandomComposition.Shape;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Head;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.Transformer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The composition of every writer of the residual stream with every later reader: the virtual weights W_write W_read of
 * each pair, by the Frobenius norm of the product divided by the product of the norms, beside that of random matrices
 * of the same shapes (Elhage et al. 2021, "A Mathematical Framework for Transformer Circuits", Virtual Weights;
 * Two-Layer Attention-Only Transformers). Writers are the embedding and the heads; readers are the Q, K and V of heads
 * and the unembedding. Positions, biases and the scale of a norm are left out.
 *
 * @param edges by writer, then by reader, in the order of the layers, with the embedding first and the unembedding last
 */
public record CompositionGraph(List<Edge> edges) {

    /** The name of the embedding as a writer. */
    public static final String EMBEDDING = "embed";

    /** The name of the unembedding as a reader. */
    public static final String UNEMBEDDING = "unembed";

    /**
     * A pair of a writer and a later reader.
     *
     * @param writer null: the embedding
     * @param reader null: the unembedding
     * @param kind which input of the reading head; null for the unembedding
     * @param raw ‖W_write W_read‖ / (‖W_write‖ ‖W_read‖), in [0, 1]
     * @param random the same of random matrices
     */
    public record Edge(
            @Nullable HeadId writer,
            @Nullable HeadId reader,
            @Nullable Composition kind,
            double raw,
            RandomComposition random) {

        /** The ratio minus that of random matrices: the composition score of the paper. */
        public double excess() {
            return raw - random.mean();
        }

        /** {@code embed} or {@code L0H1}. */
        public String writerName() {
            return writer == null ? EMBEDDING : writer.toString();
        }

        /** {@code L1H0} or {@code unembed}. */
        public String readerName() {
            return reader == null ? UNEMBEDDING : reader.toString();
        }
    }

    private record Writer(@Nullable HeadId id, int layer, StreamEnd end, Shape shape) {}

    private record Reader(
            @Nullable HeadId id, int layer, @Nullable Composition kind, StreamEnd end, Shape shape) {}

    /** Copies the list. */
    public CompositionGraph {
        edges = List.copyOf(edges);
    }

    /** Measures every pair of {@code model}. */
    public static CompositionGraph of(Transformer model) {
        return of(model, Progress.UNWATCHED);
    }

    /** Measures every pair of {@code model}; {@code progress} is told before each writer. */
    public static CompositionGraph of(Transformer model, Progress progress) {
        List<Edge> edges = new ArrayList<>();
        List<Reader> readers = readers(model);
        List<Writer> writers = writers(model);
        for (int w = 0; w < writers.size(); w++) {
            Writer writer = writers.get(w);
            progress.report(w, writers.size());
            for (Reader reader : readers) {
                if (writer.layer < reader.layer) {
                    edges.add(new Edge(
                            writer.id,
                            reader.id,
                            reader.kind,
                            writer.end.ratio(reader.end, model.products()),
                            RandomComposition.of(writer.shape, reader.shape, model.products())));
                }
            }
        }
        return new CompositionGraph(edges);
    }

    /** The edges between heads of one kind. */
    public List<Edge> between(Composition kind) {
        return edges.stream()
                .filter(edge -> edge.kind == kind && edge.writer != null)
                .toList();
    }

    /**
     * How one head composes with every head of the other layers, by one kind, with the highest above random first. The
     * earlier head of each pair is the writer.
     *
     * @throws Refusal if there is no such head
     */
    public static List<Edge> partners(Transformer model, HeadId id, Composition kind) {
        Head head = model.head(id);
        Shape shape = new Shape.OfHead(model.config().dModel(), model.config().dHead());
        RandomComposition random = RandomComposition.of(shape, shape, model.products());
        MatrixProducts products = model.products().onOneThread();
        return model.heads().parallelStream()
                .filter(other -> other.layer() != id.layer())
                .map(other -> {
                    boolean first = other.layer() < id.layer();
                    Head earlier = first ? model.head(other) : head;
                    Head later = first ? head : model.head(other);
                    return new Edge(earlier.id(), later.id(), kind, kind.raw(earlier, later, products), random);
                })
                .sorted(Comparator.comparingDouble(Edge::excess).reversed())
                .toList();
    }

    /**
     * The edges as a table, by writer's and reader's name; a head is three readers: {@code L1H0.Q}, {@code .K},
     * {@code .V}.
     */
    public Map<String, Map<String, Edge>> table() {
        Map<String, Map<String, Edge>> table = new LinkedHashMap<>();
        for (Edge edge : edges) {
            String reader = edge.kind == null ? edge.readerName() : edge.readerName() + "." + edge.kind;
            table.computeIfAbsent(edge.writerName(), name -> new LinkedHashMap<>())
                    .put(reader, edge);
        }
        return table;
    }

    private static List<Writer> writers(Transformer model) {
        Config config = model.config();
        List<Writer> writers = new ArrayList<>();
        writers.add(new Writer(
                null,
                -1,
                StreamEnd.ofEmbedding(Matrix.of(model.weights().wE()), model.products()),
                new Shape.OfVocabulary(config.dVocab(), config.dModel())));
        for (HeadId id : model.heads()) {
            StreamEnd end = StreamEnd.of(model.head(id).ov());
            writers.add(new Writer(id, id.layer(), end, new Shape.OfHead(config.dModel(), config.dHead())));
        }
        return writers;
    }

    private static List<Reader> readers(Transformer model) {
        Config config = model.config();
        MatrixProducts products = model.products();
        Shape shape = new Shape.OfHead(config.dModel(), config.dHead());
        List<Reader> readers = new ArrayList<>();
        for (HeadId id : model.heads()) {
            Head head = model.head(id);
            for (Composition kind : Composition.values()) {
                StreamEnd end = StreamEnd.of(kind.reader(head).transpose());
                readers.add(new Reader(id, id.layer(), kind, end, shape));
            }
        }
        readers.add(new Reader(
                null,
                config.nLayers(),
                null,
                StreamEnd.ofUnembedding(Matrix.of(model.weights().wU()), products),
                new Shape.OfVocabulary(config.dVocab(), config.dModel())));
        return readers;
    }
}
