package app.headlight.engine.transformer;

import org.ejml.data.FMatrixRMaj;

/**
 * The activations of one attention layer.
 *
 * @param q [T, H·K], and likewise {@code k}, {@code v}, {@code z}
 * @param scores [T, T] for each head, and likewise {@code pattern}
 * @param result [T, D] for each head
 */
record RunLayer(
        FMatrixRMaj q,
        FMatrixRMaj k,
        FMatrixRMaj v,
        FMatrixRMaj z,
        FMatrixRMaj[] scores,
        FMatrixRMaj[] pattern,
        FMatrixRMaj[] result) {

    long floats() {
        long floats = 4L * q.data.length;
        for (int h = 0; h < result.length; h++) {
            floats += 2L * scores[h].data.length + result[h].data.length;
        }
        return floats;
    }
}
