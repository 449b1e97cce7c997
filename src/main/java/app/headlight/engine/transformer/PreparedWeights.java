package app.headlight.engine.transformer;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.HalfMatrix;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.tensor.Prepared;
import app.headlight.engine.transformer.Weights.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a model with copies of them where its matrix products need them (for OpenBLAS in native memory, which
 * is freed when it is no longer reachable). After a change of the weights, {@link #refresh()} updates the copies; until
 * then, passes use the values of the last refresh, except for embeddings and norms, which have no copy.
 */
public final class PreparedWeights {

    private final Config config;
    private final Weights weights;
    private final Map<String, Prepared> copies = new LinkedHashMap<>();

    /**
     * Keeps the weights themselves, not a copy. A bias that is all zero takes no time.
     *
     * @throws Refusal if a weight's shape is not the configuration's
     */
    public static PreparedWeights of(Config config, Weights weights, MatrixProducts products) {
        return new PreparedWeights(config, weights, products, false);
    }

    /**
     * The same for weights that change.
     *
     * @param biases whether biases change too; if not, those that are zero remain so
     */
    public static PreparedWeights trainable(Config config, Weights weights, boolean biases, MatrixProducts products) {
        if (weights.bytes() > weights.floatBytes()) {
            throw new IllegalArgumentException("weights that are held in 16 bits cannot be trained");
        }
        return new PreparedWeights(config, weights, products, biases);
    }

    private PreparedWeights(Config config, Weights weights, MatrixProducts products, boolean zeroBiases) {
        weights.check(config);
        this.config = config;
        this.weights = weights;
        for (Tensor tensor : weights.tensors()) {
            HalfMatrix half = weights.half(tensor.name());
            boolean used = !tensor.bias() || zeroBiases || !isZero(weights.get(tensor.name()));
            if (used && isMultiplied(tensor.name(), config)) {
                copies.put(
                        tensor.name(),
                        half == null ? products.prepare(weights.get(tensor.name())) : products.prepare(half));
            }
        }
    }

    /** Whether a tensor takes part in products, or is added to what does. */
    private static boolean isMultiplied(String tensor, Config config) {
        return switch (tensor) {
            case "embed.W_E" -> false;
            case "pos_embed.W_pos" -> config.positions() == Positions.SHORTFORMER;
            default -> !tensor.endsWith(".w") && !tensor.endsWith(".b");
        };
    }

    /** Updates the copies from the weights; those in 16 bits do not change. */
    public void refresh() {
        copies.forEach((name, copy) -> {
            if (weights.half(name) == null) {
                copy.write(weights.get(name));
            }
        });
    }

    /** The memory that the copies take, in bytes. */
    public long bytes() {
        return copies.values().stream().mapToLong(Prepared::bytes).sum();
    }

    public Config config() {
        return config;
    }

    /** The weights themselves, to be changed. */
    public Weights weights() {
        return weights;
    }

    /** A matrix that the model has. */
    Prepared get(String tensor) {
        Prepared copy = copies.get(tensor);
        if (copy == null) {
            throw new IllegalArgumentException("there is no matrix " + tensor + " in these weights");
        }
        return copy;
    }

    /** A bias; null if it is zero. */
    @Nullable
    Prepared bias(String tensor) {
        return copies.get(tensor);
    }

    private static boolean isZero(FMatrixRMaj matrix) {
        for (float value : matrix.data) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }
}
