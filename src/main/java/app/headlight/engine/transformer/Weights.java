package app.headlight.engine.transformer;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.HalfMatrix;
import app.headlight.engine.transformer.LayerWeights.NormWeights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.jspecify.annotations.Nullable;

/**
 * All weights of a model: tensors by TransformerLens's names, in the order of {@link #tensors}, each a matrix. The heads
 * of a layer lie side by side in one matrix ({@link LayerWeights}); a vector is a matrix of one row.
 */
public final class Weights {

    private static final String EMBEDDING = "embed.W_E";
    private static final String UNEMBEDDING = "unembed.W_U";

    private final Map<String, FMatrixRMaj> values;
    private final Map<String, HalfMatrix> halves;
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

    private Weights(List<Tensor> tensors, Map<String, FMatrixRMaj> values, Map<String, HalfMatrix> halves) {
        this.tensors = List.copyOf(tensors);
        this.values = values;
        this.halves = Map.copyOf(halves);
        this.layers = IntStream.iterate(0, l -> reader("blocks." + l + ".attn.W_Q") != null, l -> l + 1)
                .mapToObj(l -> new LayerWeights(l, this::reader))
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
        return of(config, values, Map.of());
    }

    /**
     * The same with some matrices, but neither biases nor positions, in 16 bits: they are read as float32 whenever they are
     * asked for, and nobody may write to them.
     *
     * @throws Refusal as {@link #of(Config, Map)} does
     */
    public static Weights of(Config config, Map<String, FMatrixRMaj> values, Map<String, HalfMatrix> halves) {
        Map<String, FMatrixRMaj> ordered = new LinkedHashMap<>();
        List<Tensor> tensors = tensors(config);
        for (Tensor tensor : tensors) {
            if (halves.containsKey(tensor.name())) {
                continue;
            }
            FMatrixRMaj given = values.get(tensor.name());
            if (given == null && !tensor.bias()) {
                throw new Refusal(tensor.name() + " is missing; expected " + tensor.shape());
            }
            ordered.put(tensor.name(), given == null ? new FMatrixRMaj(tensor.rows(), tensor.columns()) : given);
        }
        Set<String> names = tensors.stream().map(Tensor::name).collect(Collectors.toSet());
        Stream.concat(values.keySet().stream(), halves.keySet().stream())
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new Refusal(name + " is not a tensor of this configuration");
                });
        Weights weights = new Weights(tensors, ordered, halves);
        weights.check(config);
        return weights;
    }

    /** Weights of a configuration, all zero: the start of gradients and of an optimizer's moments. */
    public static Weights zeros(Config config) {
        Map<String, FMatrixRMaj> values = new LinkedHashMap<>();
        for (Tensor tensor : tensors(config)) {
            values.put(tensor.name(), new FMatrixRMaj(tensor.rows(), tensor.columns()));
        }
        return new Weights(tensors(config), values, Map.of());
    }

    /** The tensors that these weights have. */
    public List<Tensor> tensors() {
        return tensors;
    }

    /**
     * The values of a tensor. Of one that is held in 16 bits they are read anew, and go when nobody holds them.
     *
     * @throws Refusal if there is no such tensor
     */
    public FMatrixRMaj get(String name) {
        FMatrixRMaj found = find(name);
        if (found == null) {
            throw new Refusal("there is no tensor " + name + " in these weights");
        }
        return found;
    }

    /** The values of a tensor, row by row, not a copy; otherwise as {@link #get} gives them. */
    public float[] array(String name) {
        return get(name).data;
    }

    /** Rows {@code from} to {@code to − 1} and columns {@code left} to {@code right − 1} of a tensor, a copy. */
    FMatrixRMaj part(String name, int from, int to, int left, int right) {
        HalfMatrix half = halves.get(name);
        return half == null
                ? CommonOps_FDRM.extract(get(name), from, to, left, right)
                : half.part(from, to, left, right);
    }

    private @Nullable FMatrixRMaj find(String name) {
        Supplier<FMatrixRMaj> reader = reader(name);
        return reader == null ? null : reader.get();
    }

    /** What reads a tensor; null if there is no such tensor. */
    private @Nullable Supplier<FMatrixRMaj> reader(String name) {
        HalfMatrix half = halves.get(name);
        FMatrixRMaj whole = values.get(name);
        return half != null ? half::floats : whole == null ? null : () -> whole;
    }

    /** A tensor that is held in 16 bits; null if it is held in 32. */
    @Nullable
    HalfMatrix half(String name) {
        return halves.get(name);
    }

    /** The embedding, [V, D]. */
    public FMatrixRMaj wE() {
        return get(EMBEDDING);
    }

    /** A token's row of the embedding, a copy, [D]. */
    public float[] embedding(int token) {
        return part(EMBEDDING, token, token + 1, 0, width()).data;
    }

    /** Copies the embedding of a token, [D], into {@code out}, where it begins at {@code at}. */
    void embed(int token, float[] out, int at) {
        HalfMatrix half = halves.get(EMBEDDING);
        if (half != null) {
            half.copyRow(token, out, at);
            return;
        }
        FMatrixRMaj embedding = values.get(EMBEDDING);
        System.arraycopy(embedding.data, token * embedding.numCols, out, at, embedding.numCols);
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
        return LayerWeights.norm(this::reader, "ln_final");
    }

    /** The unembedding, [D, V]. */
    public FMatrixRMaj wU() {
        return get(UNEMBEDDING);
    }

    /** A token's column of the unembedding, a copy, [D]. */
    public float[] unembedding(int token) {
        return part(UNEMBEDDING, 0, width(), token, token + 1).data;
    }

    /** D, from the embedding, which is the first of the tensors. */
    private int width() {
        return tensors.getFirst().columns();
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

    /** A copy that shares no array with this but those in 16 bits, which nobody writes to. */
    public Weights copy() {
        Map<String, FMatrixRMaj> copies = new LinkedHashMap<>();
        values.forEach((name, value) -> copies.put(name, value.copy()));
        return new Weights(tensors, copies, halves);
    }

    /** @throws Refusal naming the first tensor that a model of this configuration has otherwise */
    public void check(Config config) {
        for (Tensor tensor : tensors(config)) {
            HalfMatrix half = halves.get(tensor.name());
            FMatrixRMaj whole = half == null ? get(tensor.name()) : null;
            int rows = half == null ? whole.numRows : half.rows();
            int columns = half == null ? whole.numCols : half.columns();
            if (rows != tensor.rows() || columns != tensor.columns()) {
                throw new Refusal(tensor.name() + " is [" + rows + ", " + columns + "]; expected " + tensor.shape());
            }
        }
        if (tensors.size() != tensors(config).size()) {
            throw new Refusal("there are " + tensors.size() + " tensors; expected "
                    + tensors(config).size());
        }
    }

    /** The memory that the weights take, in bytes. */
    public long bytes() {
        return floatBytes() + HalfMatrix.bytes(halves.values());
    }

    /** The memory that those take which are held in 32 bits: products copy them. */
    public long floatBytes() {
        return values.values().stream().mapToLong(value -> value.data.length).sum() * Float.BYTES;
    }
}
