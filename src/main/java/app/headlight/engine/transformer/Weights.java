package app.headlight.engine.transformer;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.LayerWeights.NormWeights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * All weights of a model: tensors by TransformerLens's names, in the order of {@link #tensors}, each a matrix. The heads
 * of a layer lie side by side in one matrix ({@link LayerWeights}); a vector is a matrix of one row.
 */
public final class Weights {

    private final Map<String, FMatrixRMaj> values; // in the order of tensors
    private final List<Tensor> tensors;
    private final List<LayerWeights> layers;

    /**
     * A tensor that a model has.
     *
     * @param name TransformerLens's, such as {@code blocks.0.attn.W_Q}
     * @param bias whether it is added, and so is zero where a file does not have it
     */
    public record Tensor(String name, int rows, int columns, boolean bias) {

        String shape() {
            return "[" + rows + ", " + columns + "]";
        }
    }

    private Weights(List<Tensor> tensors, Map<String, FMatrixRMaj> values) {
        this.tensors = List.copyOf(tensors);
        this.values = values;
        this.layers = IntStream.iterate(0, l -> values.containsKey("blocks." + l + ".attn.W_Q"), l -> l + 1)
                .mapToObj(l -> LayerWeights.of(l, values::get))
                .toList();
    }

    /**
     * The tensors of a model of this configuration, from the embedding to the unembedding: the one list that reading,
     * checking, training and gradients go by.
     */
    public static List<Tensor> tensors(Config config) {
        return new TensorList(config).all();
    }

    /**
     * Keeps the matrices themselves, not copies.
     *
     * @param values by name; a bias that is missing is zero
     * @throws Refusal naming the first tensor that is missing, has another shape, or is not one of
     *     this configuration
     */
    public static Weights of(Config config, Map<String, FMatrixRMaj> values) {
        Map<String, FMatrixRMaj> ordered = new LinkedHashMap<>();
        List<Tensor> tensors = tensors(config);
        for (Tensor tensor : tensors) {
            FMatrixRMaj given = values.get(tensor.name());
            if (given == null && !tensor.bias()) {
                throw new Refusal(tensor.name() + " is missing; expected " + tensor.shape());
            }
            ordered.put(tensor.name(), given == null ? new FMatrixRMaj(tensor.rows(), tensor.columns()) : given);
        }
        for (String name : values.keySet()) {
            if (!ordered.containsKey(name)) {
                throw new Refusal(name + " is not a tensor of this configuration");
            }
        }
        Weights weights = new Weights(tensors, ordered);
        weights.check(config);
        return weights;
    }

    /** Weights of a configuration, all zero: the start of gradients and of an optimizer's moments. */
    public static Weights zeros(Config config) {
        Map<String, FMatrixRMaj> values = new LinkedHashMap<>();
        for (Tensor tensor : tensors(config)) {
            values.put(tensor.name(), new FMatrixRMaj(tensor.rows(), tensor.columns()));
        }
        return new Weights(tensors(config), values);
    }

    /** The tensors that these weights have. */
    public List<Tensor> tensors() {
        return tensors;
    }

    /**
     * The values of a tensor.
     *
     * @throws Refusal if there is no such tensor
     */
    public FMatrixRMaj get(String name) {
        FMatrixRMaj found = values.get(name);
        if (found == null) {
            throw new Refusal("there is no tensor " + name + " in these weights");
        }
        return found;
    }

    /** The embedding, [V, D]. */
    public FMatrixRMaj wE() {
        return get("embed.W_E");
    }

    /** The position embedding, [nCtx, D]; null if the model has none. */
    public @Nullable FMatrixRMaj wPos() {
        return values.get("pos_embed.W_pos");
    }

    /** The weights of each layer. */
    public List<LayerWeights> layers() {
        return layers;
    }

    /** The weights of a layer. */
    public LayerWeights layer(int layer) {
        return layers.get(layer);
    }

    /** What the unembedding reads the stream through; null if the norm has no weights. */
    public @Nullable NormWeights lnFinal() {
        return LayerWeights.norm(values::get, "ln_final");
    }

    /** The unembedding, [D, V]. */
    public FMatrixRMaj wU() {
        return get("unembed.W_U");
    }

    /** The bias of the logits, [V]. */
    public float[] bU() {
        return get("unembed.b_U").data;
    }

    /** The first token whose row of W_E is not its column of W_U; empty where the two are tied. */
    public OptionalInt firstUntied() {
        FMatrixRMaj embedding = wE();
        FMatrixRMaj unembedding = wU();
        return IntStream.range(0, embedding.numRows)
                .filter(v -> IntStream.range(0, embedding.numCols)
                        .anyMatch(d -> embedding.get(v, d) != unembedding.get(d, v)))
                .findFirst();
    }

    /** The arrays of all tensors but the biases, not copies, always in the same order. */
    public List<float[]> matrices() {
        return arrays(false);
    }

    /** The arrays of the biases, not copies, always in the same order. */
    public List<float[]> biases() {
        return arrays(true);
    }

    private List<float[]> arrays(boolean biases) {
        List<float[]> arrays = new ArrayList<>();
        for (Tensor tensor : tensors) {
            if (tensor.bias() == biases) {
                arrays.add(get(tensor.name()).data);
            }
        }
        return arrays;
    }

    /** A copy that shares no array with this. */
    public Weights copy() {
        Map<String, FMatrixRMaj> copies = new LinkedHashMap<>();
        values.forEach((name, value) -> copies.put(name, value.copy()));
        return new Weights(tensors, copies);
    }

    /** @throws Refusal naming the first tensor that a model of this configuration has otherwise */
    public void check(Config config) {
        for (Tensor tensor : tensors(config)) {
            FMatrixRMaj value = get(tensor.name());
            if (value.numRows != tensor.rows() || value.numCols != tensor.columns()) {
                throw new Refusal(tensor.name() + " is [" + value.numRows + ", " + value.numCols + "]; expected "
                        + tensor.shape());
            }
        }
        if (tensors.size() != tensors(config).size()) {
            throw new Refusal("there are " + tensors.size() + " tensors; expected "
                    + tensors(config).size());
        }
    }

    /** The memory that the weights take, in bytes. */
    public long bytes() {
        return values.values().stream().mapToLong(value -> value.data.length).sum() * Float.BYTES;
    }
}
