package app.headlight.web.explore;

import app.headlight.engine.circuits.PooledPattern;
import app.headlight.engine.circuits.ValueWeighting;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.HeadId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Patterns made small: each pixel is the strongest of the entries that it stands for, so that no line is lost. */
final class Thumbnail {

    static final int LARGEST_EDGE = 40;

    private Thumbnail() {}

    /** A byte a pixel, 255 for weight 1: [heads, edge, edge]. */
    static String patterns(Exploration exploration, List<HeadId> heads, int edge) {
        return base64(
                heads.stream()
                        .map(head -> PooledPattern.of(exploration.computed().pattern(head), edge))
                        .toList(),
                edge,
                1);
    }

    /** The value-weighted patterns, 255 for the strongest entry of any head. */
    static String effects(Exploration exploration, List<HeadId> heads, int edge) {
        List<Matrix> pooled = new ArrayList<>();
        float most = 0;
        for (HeadId head : heads) {
            ValueWeighting weighting =
                    ValueWeighting.of(exploration.model().transformer(), exploration.computed(), head);
            Matrix pixels = PooledPattern.of(weighting.pattern(), edge);
            most = Math.max(most, pixels.largest());
            pooled.add(pixels);
        }
        return base64(pooled, edge, most);
    }

    private static String base64(List<Matrix> heads, int edge, float most) {
        ByteBuffer pixels = ByteBuffer.allocate(heads.size() * edge * edge);
        for (Matrix head : heads) {
            for (float weight : head.toArray()) {
                pixels.put((byte) (most == 0 ? 0 : Math.round(255 * Math.min(1, weight / most))));
            }
        }
        return Base64.getEncoder().encodeToString(pixels.array());
    }
}
