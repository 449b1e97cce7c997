package app.headlight.engine.circuits;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * The sums of all paths of a run by the number of heads that they pass through. They are computed layer by layer from
 * the last, at the cost of a few runs, however many paths there are.
 *
 * @param values for order 0 to L, what the paths through that many heads add
 * @param biases what b_V, b_O and b_U add, on all paths
 */
record PathOrders(double[] values, double biases) {

    static PathOrders of(FrozenReaders frozen, LogitDirection direction, int nLayers) {
        List<FMatrixRMaj> readers = new ArrayList<>(); // by order, of the stream before the layer at hand
        readers.add(frozen.unembedding(direction));
        double biases = direction.bias();
        for (int layer = nLayers - 1; layer >= 0; layer--) {
            List<FMatrixRMaj> before = new ArrayList<>();
            readers.forEach(reader -> before.add(reader.copy()));
            before.add(new FMatrixRMaj(readers.getFirst().numRows, readers.getFirst().numCols));
            for (int order = 0; order < readers.size(); order++) {
                biases += frozen.outputBias(layer, readers.get(order));
                for (var head : frozen.heads(layer)) {
                    FrozenReaders.Through through = frozen.through(head, readers.get(order));
                    biases += through.bias();
                    add(through.reader(), before.get(order + 1));
                }
            }
            readers = before;
        }
        double[] values = new double[nLayers + 1];
        for (int order = 0; order <= nLayers; order++) {
            for (double atSource : frozen.embedding(readers.get(order))) {
                values[order] += atSource;
            }
        }
        return new PathOrders(values, biases);
    }

    private static void add(FMatrixRMaj values, FMatrixRMaj sum) {
        for (int i = 0; i < sum.data.length; i++) {
            sum.data[i] += values.data[i];
        }
    }
}
