package app.headlight.engine.transformer;

import app.headlight.engine.tensor.Prepared;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;

/** The derivatives by every weight, as a backward pass finds them one after another. */
final class WeightGradients {

    private final PassShape shape;
    private final Map<String, Prepared> products = new LinkedHashMap<>();
    private final Map<String, float[]> sums = new LinkedHashMap<>(); // of what no matrix product gives

    WeightGradients(PassShape shape) {
        this.shape = shape;
    }

    /** Forgets all sums. */
    void begin() {
        sums.values().forEach(sum -> Arrays.fill(sum, 0));
    }

    /**
     * x W: the derivative by W is xᵀ times that by x W.
     *
     * @param keep 1 to add to what is there
     */
    void ofMatrix(String tensor, Prepared x, Prepared change, float keep) {
        Prepared gradient = products.computeIfAbsent(tensor, name -> shape.blank(x.columns(), change.columns()));
        shape.products().multiply(x, true, change, false, keep, gradient);
    }

    /** A bias that is added to each row, if it is one of {@code weights}. */
    void ofBias(PreparedWeights weights, String tensor, Prepared change, float keep) {
        if (weights.bias(tensor) != null) {
            shape.sumOfRows(change, keep, products.computeIfAbsent(tensor, name -> shape.blank(1, change.columns())));
        }
    }

    /** Room for sums of a tensor, to be added to. */
    float[] sums(String tensor, int size) {
        return sums.computeIfAbsent(tensor, name -> new float[size]);
    }

    /** Writes all of them; what has no derivative is 0. */
    void read(Weights out) {
        for (Weights.Tensor tensor : out.tensors()) {
            FMatrixRMaj into = out.get(tensor.name());
            Prepared product = products.get(tensor.name());
            float[] sum = sums.get(tensor.name());
            if (product != null) {
                product.read(into, 0);
            } else if (sum != null) {
                System.arraycopy(sum, 0, into.data, 0, sum.length);
            } else {
                into.zero();
            }
        }
    }
}
