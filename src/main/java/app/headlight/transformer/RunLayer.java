package app.headlight.transformer;

import org.ejml.data.FMatrixRMaj;

/**
 * What one attention layer computed.
 *
 * @param q [T, H·K], and likewise {@code k}, {@code v}, {@code z}
 * @param scores a [T, T] for each head, and likewise {@code pattern}
 * @param result a [T, D] for each head
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
