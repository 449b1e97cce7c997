package app.headlight.web.explore.attention;

import app.headlight.engine.circuits.PooledPattern;
import app.headlight.engine.circuits.ValueWeighting;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.HeadId;
import app.headlight.web.explore.shown.Exploration;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Patterns made small: each pixel is the strongest of the entries that it stands for, so that no line is lost. Of a
 * difference, each is the largest change, up or down.
 */
public final class Thumbnail {

    public static final int LARGEST_EDGE = 40;

    /** The byte of no change, and those that a change of all adds to it. */
    private static final int NONE = 128;

    private static final int ALL = 127;

    private Thumbnail() {}

    /** A byte a pixel, 255 for weight 1: [heads, edge, edge]. */
    static String patterns(Exploration exploration, List<HeadId> heads, int edge) {
        return pixels(
                exploration, heads, edge, (shown, head) -> shown.computed().pattern(head), 1);
    }

    /** The value-weighted patterns, 255 for the strongest entry of any head. */
    static String effects(Exploration exploration, List<HeadId> heads, int edge) {
        return pixels(
                exploration,
                heads,
                edge,
                (shown, head) -> ValueWeighting.of(shown.model().transformer(), shown.computed(), head)
                        .pattern(),
                0);
    }

    /** @param most the value of the strongest pixel; 0: the largest of all */
    private static String pixels(
            Exploration exploration,
            List<HeadId> heads,
            int edge,
            BiFunction<Exploration, HeadId, Matrix> values,
            float most) {
        boolean change = exploration.isDifference();
        return pixels(
                heads,
                edge,
                head -> change
                        ? values.apply(exploration.withEdits(), head)
                                .minus(values.apply(exploration.withoutEdits(), head))
                        : values.apply(exploration, head),
                most,
                change);
    }

    /**
     * The thumbnails of any values, [heads, edge, edge].
     *
     * @param values each [T, T]
     * @param most the value of the strongest pixel; 0: the largest of all
     * @param change whether they are changes, which may be negative
     */
    public static String pixels(
            List<HeadId> heads, int edge, Function<HeadId, Matrix> values, float most, boolean change) {
        List<float[]> pooled = new ArrayList<>();
        float strongest = most;
        for (HeadId head : heads) {
            float[] pixels = PooledPattern.of(values.apply(head), edge).toArray();
            for (float pixel : pixels) {
                strongest = most == 0 ? Math.max(strongest, Math.abs(pixel)) : most;
            }
            pooled.add(pixels);
        }
        ByteBuffer bytes = ByteBuffer.allocate(heads.size() * edge * edge);
        for (float[] pixels : pooled) {
            for (float pixel : pixels) {
                float share = strongest == 0 ? 0 : Math.clamp(pixel / strongest, -1, 1);
                bytes.put((byte) Math.round(change ? NONE + ALL * share : 255 * share));
            }
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
