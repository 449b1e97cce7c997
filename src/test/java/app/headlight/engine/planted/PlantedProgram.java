package app.headlight.engine.planted;

import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.StreamReader;
import app.headlight.engine.circuits.StreamReader.Kind;
import app.headlight.engine.circuits.StreamWriter;
import app.headlight.engine.planted.Value.Read;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Weights;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.ejml.data.FMatrixRMaj;

/**
 * Writes a small program into the weights of a transformer, as tracr does (Lindner et al. 2023, "Tracr: Compiled
 * Transformers as a Laboratory for Interpretability"): each value that the program computes gets dimensions of the stream
 * of its own, heads average values, and neurons compare them with thresholds. Whatever reads a value takes an edge from
 * what writes it, so that the circuit is known: it is the program.
 *
 * <p>Scores are not divided; the model has no norm and biases only in its MLPs.
 */
final class PlantedProgram {

    private final Config config;
    private final Weights weights;
    private final Set<Edge> edges = new LinkedHashSet<>();
    private final int[] neurons; // in use, by layer
    private int width; // of the stream, in use

    PlantedProgram(Config config) {
        this.config = config;
        weights = Weights.zeros(config);
        neurons = new int[config.nLayers()];
    }

    /** Which token stands there, one-hot. */
    Value token() {
        Value token = value(StreamWriter.EMBEDDING, config.dVocab(), true);
        for (int v = 0; v < config.dVocab(); v++) {
            weights.wE().set(v, token.from() + v, 1);
        }
        return token;
    }

    /** A number of each token. */
    Value number(float... byToken) {
        Value number = value(StreamWriter.EMBEDDING, 1, true);
        for (int v = 0; v < byToken.length; v++) {
            weights.wE().set(v, number.from(), byToken[v]);
        }
        return number;
    }

    /** Which position it is, one-hot. */
    Value position() {
        Value position = value(StreamWriter.EMBEDDING, config.nCtx(), false);
        for (int t = 0; t < config.nCtx(); t++) {
            weights.get("pos_embed.W_pos").set(t, position.from() + t, 1);
        }
        return position;
    }

    private Value value(StreamWriter writer, int needed, boolean differs) {
        Value value = new Value(writer, width, needed, differs);
        width += needed;
        if (width > config.dModel()) {
            throw new IllegalStateException("the stream is too narrow for " + width + " dimensions");
        }
        return value;
    }

    private void reads(Value value, StreamReader reader) {
        if (value.differs()) {
            edges.add(new Edge(value.writer(), reader));
        }
    }

    /** A head; what it does is said step by step. */
    HeadInWork head(int layer, int head) {
        return new HeadInWork(new HeadId(layer, head));
    }

    /** A head while it is being written. */
    final class HeadInWork {

        private final HeadId id;
        private int used; // of the K dimensions of queries and keys

        private HeadInWork(HeadId id) {
            this.id = id;
        }

        /** Adds to the score what the destination and the source say, multiplied. */
        HeadInWork score(Read destination, Read source) {
            set("W_Q", destination, used, Kind.Q);
            set("W_K", source, used, Kind.K);
            used++;
            return this;
        }

        /** Adds to the score what the source says, whatever the destination. */
        HeadInWork score(Read source) {
            weights.layer(id.layer()).bQ()[id.head() * config.dHead() + used] = 1;
            set("W_K", source, used, Kind.K);
            used++;
            return this;
        }

        private void set(String matrix, Read read, int dimension, Kind kind) {
            for (int i = 0; i < read.weights().length; i++) {
                attention(matrix)
                        .set(read.value().from() + i, id.head() * config.dHead() + dimension, read.weights()[i]);
            }
            reads(read.value(), StreamReader.of(id, kind));
        }

        /**
         * The average over the sources that the head attends to.
         *
         * @param sums what is averaged: in each, one read a dimension; their sum
         */
        @SafeVarargs
        final Value average(List<Read>... sums) {
            Value average = value(StreamWriter.of(id), sums[0].size(), true);
            for (int i = 0; i < average.width(); i++) {
                int dimension = id.head() * config.dHead() + i;
                for (List<Read> sum : sums) {
                    Read read = sum.get(i);
                    for (int d = 0; d < read.weights().length; d++) {
                        attention("W_V").set(read.value().from() + d, dimension, read.weights()[d]);
                    }
                    reads(read.value(), StreamReader.of(id, Kind.V));
                }
                attention("W_O").set(dimension, average.from() + i, 1);
            }
            return average;
        }

        private FMatrixRMaj attention(String matrix) {
            return weights.get("blocks." + id.layer() + ".attn." + matrix);
        }
    }

    /** A number that the MLP of a layer writes: 0 until neurons add to it. */
    Value written(int layer) {
        return value(StreamWriter.ofMlp(layer), 1, true);
    }

    /**
     * Adds 1 to what an MLP writes where a sum is one gap or more above a threshold, and nothing where it is at the
     * threshold or below: two neurons.
     */
    void addStep(Value to, float threshold, float gap, Read... sum) {
        neuron(to, 1, 1 / gap, -threshold / gap, sum);
        neuron(to, -1, 1 / gap, -threshold / gap - 1, sum);
    }

    private void neuron(Value to, float weight, float slope, float bias, Read... sum) {
        int layer = to.writer().layer();
        int neuron = neurons[layer]++;
        String mlp = "blocks." + layer + ".mlp.";
        for (Read read : sum) {
            for (int i = 0; i < read.weights().length; i++) {
                weights.get(mlp + "W_in").set(read.value().from() + i, neuron, slope * read.weights()[i]);
            }
            reads(read.value(), new StreamReader(Kind.MLP, layer, -1));
        }
        weights.array(mlp + "b_in")[neuron] = bias;
        weights.get(mlp + "W_out").set(neuron, to.from(), weight);
    }

    /** Adds a read to the logit of a token. */
    void addLogit(int token, Read read) {
        for (int i = 0; i < read.weights().length; i++) {
            weights.wU().add(read.value().from() + i, token, read.weights()[i]);
        }
        reads(read.value(), StreamReader.LOGITS);
    }

    /** Adds to the logit of a token whatever is read. */
    void addLogit(int token, float always) {
        weights.bU()[token] += always;
    }

    /** The edges of the program. */
    Set<Edge> edges() {
        return edges;
    }

    /**
     * The weights of the program, where none but embeddings and biases are left at 0: to all others small random numbers
     * are added. Otherwise every edge that is not of the program would be told by its effect of exactly 0.
     *
     * @param size the standard deviation of these numbers
     */
    Weights weights(float size, long seed) {
        Random random = new Random(seed);
        Weights noisy = weights.copy();
        for (Weights.Tensor tensor : noisy.tensors()) {
            float[] values = noisy.array(tensor.name());
            for (int i = 0; !tensor.bias() && !tensor.name().contains("embed.W_") && i < values.length; i++) {
                values[i] += size * (float) random.nextGaussian();
            }
        }
        return noisy;
    }
}
