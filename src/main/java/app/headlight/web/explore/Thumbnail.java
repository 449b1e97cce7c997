package app.headlight.web.explore;

import app.headlight.engine.circuits.ValueWeighting;
import app.headlight.engine.transformer.HeadId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/** Patterns made small: each pixel is the strongest of the entries that it stands for, so that no line is lost. */
final class Thumbnail {

    static final int LARGEST_EDGE = 40;

    private Thumbnail() {}

    /** A byte a pixel, 255 for weight 1: [heads, edge, edge]. */
    static String patterns(Exploration exploration, List<HeadId> heads, int edge) {
        return pooled(
                heads.stream().map(head -> exploration.computed().pattern(head)).toList(), edge, 1);
    }

    /** The value-weighted patterns, 255 for the strongest entry of any head. */
    static String effects(Exploration exploration, List<HeadId> heads, int edge) {
        List<FMatrixRMaj> weighted = new ArrayList<>();
        float most = 0;
        for (HeadId head : heads) {
            FMatrixRMaj pattern = ValueWeighting.of(exploration.model().transformer(), exploration.computed(), head)
                    .pattern();
            for (float value : pattern.data) {
                most = Math.max(most, value);
            }
            weighted.add(pattern);
        }
        return pooled(weighted, edge, most);
    }

    private static String pooled(List<FMatrixRMaj> matrices, int edge, float most) {
        byte[] pixels = new byte[matrices.size() * edge * edge];
        for (int i = 0; i < matrices.size(); i++) {
            FMatrixRMaj matrix = matrices.get(i);
            int n = matrix.numRows;
            for (int t = 0; t < n; t++) {
                for (int s = 0; s <= t; s++) {
                    int at = (i * edge + t * edge / n) * edge + s * edge / n;
                    int shade = most == 0 ? 0 : Math.round(255 * Math.min(1, matrix.data[t * n + s] / most));
                    pixels[at] = (byte) Math.max(pixels[at] & 0xff, shade);
                }
            }
        }
        return Base64.getEncoder().encodeToString(pixels);
    }
}
