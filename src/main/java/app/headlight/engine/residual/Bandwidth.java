package app.headlight.engine.residual;

import app.headlight.engine.circuits.StreamReader;
import app.headlight.engine.circuits.StreamWriter;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Transformer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ejml.data.FMatrixRMaj;

/**
 * The bandwidth of the residual stream: how heads and MLPs share it, which together have far more dimensions than the
 * stream (Elhage et al. 2021, "A Mathematical Framework for Transformer Circuits", Residual Stream Bandwidth; Subspaces
 * and the Residual Stream). Weights are taken without those of norms. What reads every dimension, as an unembedding of
 * more tokens than the stream has dimensions and most MLPs do, has shares of 1.
 *
 * @param channels by writer, then by reader, each in the order of a forward pass; the embedding first, the unembedding
 *     (as the logits) last
 * @param effectiveDimensions of what each head and MLP writes: (Σσ²)² / Σσ⁴ of W_OV, in [1, K], or of W_out, in
 *     [1, D]; 0 for one of zeros
 * @param chance K / D: the share of a random direction that a head reads
 */
public record Bandwidth(List<Channel> channels, Map<StreamWriter, Double> effectiveDimensions, double chance) {

    /**
     * A pair of a writer and a later reader.
     *
     * @param share the share of ‖W_write‖_F² that lies in the subspace that is read, in [0, 1]
     * @param overlap the overlap of the two subspaces, however much is written in each direction: the mean cos² of
     *     their principal angles, in [0, 1]; NaN for the embedding and an MLP of D or more neurons, which can write in
     *     every direction
     */
    public record Channel(StreamWriter writer, StreamReader reader, double share, double overlap) {}

    /** Copies. */
    public Bandwidth {
        channels = List.copyOf(channels);
        effectiveDimensions = Collections.unmodifiableMap(new LinkedHashMap<>(effectiveDimensions));
    }

    /** Measures {@code model}; embedding and unembedding cost V D² operations each. */
    public static Bandwidth of(Transformer model) {
        Config config = model.config();
        MatrixProducts products = model.products();
        Map<StreamWriter, Written> writers = new LinkedHashMap<>();
        Map<StreamWriter, Double> dimensions = new LinkedHashMap<>();
        writers.put(
                StreamWriter.EMBEDDING, Written.ofRows(Matrix.of(model.weights().wE()), products));
        for (StreamWriter writer : StreamReader.LOGITS.writers(config)) {
            if (writer.kind() != StreamWriter.Kind.EMBEDDING) {
                Written written = written(model, writer);
                writers.put(writer, written);
                dimensions.put(writer, written.effectiveDimension());
            }
        }
        Map<StreamWriter, List<Channel>> channels = new HashMap<>();
        for (List<StreamReader> together : byBlock(config)) {
            Subspaces read = Subspaces.of(
                    together.stream().map(reader -> weights(model, reader)).toList(), products);
            for (StreamWriter writer : together.getFirst().writers(config)) {
                double[][] figures = Objects.requireNonNull(writers.get(writer)).readBy(read, products);
                for (int i = 0; i < together.size(); i++) {
                    channels.computeIfAbsent(writer, w -> new ArrayList<>())
                            .add(new Channel(writer, together.get(i), figures[i][0], figures[i][1]));
                }
            }
        }
        return new Bandwidth(
                writers.keySet().stream()
                        .flatMap(writer -> channels.getOrDefault(writer, List.of()).stream())
                        .toList(),
                dimensions,
                (double) config.dHead() / config.dModel());
    }

    /** The readers that read the same stream: the heads of a layer, its MLP, the logits. */
    private static List<List<StreamReader>> byBlock(Config config) {
        Map<List<Object>, List<StreamReader>> blocks = new LinkedHashMap<>();
        for (StreamReader reader : StreamReader.all(config)) {
            blocks.computeIfAbsent(List.of(reader.layer(), reader.kind().isOfHead()), block -> new ArrayList<>())
                    .add(reader);
        }
        return List.copyOf(blocks.values());
    }

    private static Written written(Transformer model, StreamWriter writer) {
        return writer.kind() == StreamWriter.Kind.HEAD
                ? Written.of(
                        model.head(Objects.requireNonNull(writer.head())).ov().svd())
                : Written.ofRows(
                        Matrix.of(model.weights().layer(writer.layer()).mlp().wOut()), model.products());
    }

    /** What multiplies the stream, {@code [D, n]}. */
    private static Matrix weights(Transformer model, StreamReader reader) {
        HeadId head = new HeadId(Math.max(0, reader.layer()), Math.max(0, reader.head()));
        return switch (reader.kind()) {
            case Q -> model.head(head).wQ();
            case K -> model.head(head).wK();
            case V -> model.head(head).wV();
            case MLP -> mlpIn(model, reader.layer());
            case LOGITS -> Matrix.of(model.weights().wU());
        };
    }

    private static Matrix mlpIn(Transformer model, int layer) {
        var mlp = model.weights().layer(layer).mlp();
        FMatrixRMaj gate = mlp.wGate();
        if (gate == null) {
            return Matrix.of(mlp.wIn());
        }
        FMatrixRMaj both = new FMatrixRMaj(gate.numRows, 2 * gate.numCols);
        for (int row = 0; row < both.numRows; row++) {
            Matrix.of(mlp.wIn()).copyRow(row, both.data, row * both.numCols);
            Matrix.of(gate).copyRow(row, both.data, row * both.numCols + gate.numCols);
        }
        return Matrix.of(both);
    }
}
