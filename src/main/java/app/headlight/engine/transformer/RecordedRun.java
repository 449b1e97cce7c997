package app.headlight.engine.transformer;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.Vector;
import app.headlight.engine.transformer.Site.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What another program recorded of a run of any model, whose weights are not here: the patterns of all heads, and of
 * other sites what it gave, by the names of TransformerLens. T is the number of tokens.
 */
public final class RecordedRun {

    private final List<String> tokens;
    private final int @Nullable [] given;
    private final int layers;
    private final int heads;
    private final Map<Site, Matrix> squares;
    private final Map<Site, Vector> norms;

    /**
     * A run with checked activations.
     *
     * @param tokens the text of each, [T]
     * @param given their ids in the model's vocabulary, [T]; null if they are not known
     * @param squares of the kinds {@link Kind#PATTERN}, for every head, and {@link Kind#SCORES}, for every head or none:
     *     each [T destinations, T sources]
     * @param norms of other sites, the length of their vector at each position, [T]
     */
    public RecordedRun(
            List<String> tokens,
            int @Nullable [] given,
            int layers,
            int heads,
            Map<Site, Matrix> squares,
            Map<Site, Vector> norms) {
        this.tokens = List.copyOf(tokens);
        this.given = given == null ? null : given.clone();
        this.layers = layers;
        this.heads = heads;
        this.squares = Map.copyOf(squares);
        this.norms = Map.copyOf(norms);
    }

    /** The text of each token, [T]. */
    public List<String> tokens() {
        return tokens;
    }

    /** T. */
    public int length() {
        return tokens.size();
    }

    /** The ids of the tokens in the model's vocabulary, [T]; empty if they were not given. */
    public Optional<int[]> givenIds() {
        return Optional.ofNullable(given).map(int[]::clone);
    }

    /** Numbers by which the same token is known again, [T]: the given ids, or else one for each text. */
    public int[] ids() {
        if (given != null) {
            return given.clone();
        }
        Map<String, Integer> known = new HashMap<>();
        return tokens.stream()
                .mapToInt(token -> known.computeIfAbsent(token, any -> known.size()))
                .toArray();
    }

    public int nLayers() {
        return layers;
    }

    /** Of each layer. */
    public int nHeads() {
        return heads;
    }

    /** All heads, layer by layer. */
    public List<HeadId> heads() {
        List<HeadId> all = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            for (int head = 0; head < heads; head++) {
                all.add(new HeadId(layer, head));
            }
        }
        return all;
    }

    /**
     * The attention pattern, [T destinations, T sources]; rows sum to 1.
     *
     * @throws Refusal if there is no such head
     */
    public Matrix pattern(HeadId head) {
        Matrix found = squares.get(Site.of(Kind.PATTERN, head));
        if (found == null) {
            throw Refusal.of("the head", head, "L0H0 to L" + (layers - 1) + "H" + (heads - 1));
        }
        return found;
    }

    /** The scores of a head as they were recorded, [T, T], −∞ where the source is not seen; empty if none were given. */
    public Optional<Matrix> scores(HeadId head) {
        return Optional.ofNullable(squares.get(Site.of(Kind.SCORES, head)));
    }

    /** The length of the vector at a site at each position, [T]; empty if it was not given. */
    public Optional<Vector> norms(Site site) {
        return Optional.ofNullable(norms.get(site));
    }

    /** Whether no head looks at a token that comes later. */
    public boolean isCausal() {
        return heads().stream().allMatch(this::isCausal);
    }

    /** Whether a head looks at no token that comes later. */
    public boolean isCausal(HeadId head) {
        Matrix pattern = pattern(head);
        return IntStream.range(0, length())
                .allMatch(t -> IntStream.range(t + 1, length()).allMatch(s -> pattern.get(t, s) == 0));
    }
}
