package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Edit;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Transformer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.ejml.data.FMatrixRMaj;

/**
 * The path expansion of a value of the logits: its exact split into the paths that end there, directly from the
 * embedding, through one head, or through several heads one after another, the virtual heads (Elhage et al. 2021, "A
 * Mathematical Framework for Transformer Circuits", Path Expansion of Logits). Patterns are frozen at those of the run;
 * the scale of each reader's norm at each position is frozen too, also that of the final norm.
 *
 * @param direction what is split
 * @param terms the paths in the order of their heads: direct, then those that begin with L0H0, and so on
 * @param byOrder for order 0 to L, the sum of all paths through that many heads, listed or not
 * @param biases what b_V, b_O and b_U add, on all paths
 * @param longer the sum of the paths through more heads than are listed; 0 if all are listed
 */
public record PathExpansion(
        LogitDirection direction, List<Term> terms, List<Double> byOrder, double biases, double longer) {

    /** The largest number of paths that are listed; two layers of 64 heads have fewer. */
    static final int MOST = 5_000;

    private static final Comparator<Term> BY_HEADS = (a, b) -> {
        for (int i = 0; i < Math.min(a.order(), b.order()); i++) {
            int first = a.heads().get(i).compareTo(b.heads().get(i));
            if (first != 0) {
                return first;
            }
        }
        return Integer.compare(a.order(), b.order());
    };

    /**
     * One path.
     *
     * @param heads that it passes through, the earliest first; none for the direct path
     * @param value what it adds to the value
     * @param bySource the same by the position of the embedding that it starts from, {@code [T]}
     */
    public record Term(List<HeadId> heads, double value, double[] bySource) {

        /** The number of heads that it passes through. */
        public int order() {
            return heads.size();
        }

        /** {@code direct}, {@code L0H1} or {@code L0H1->L1H0}. */
        public String name() {
            return heads.isEmpty()
                    ? "direct"
                    : heads.stream().map(HeadId::toString).collect(Collectors.joining("->"));
        }

        /** A copy. */
        @Override
        public double[] bySource() {
            return bySource.clone();
        }
    }

    /** Copies the lists. */
    public PathExpansion {
        terms = List.copyOf(terms);
        byOrder = List.copyOf(byOrder);
    }

    /**
     * Splits a value of a run of {@code model}. There are (1 + H)^L paths, and each takes T (D + T) K operations; if
     * there are more than {@value #MOST}, the longest are only summed.
     *
     * @throws Refusal if the model has MLPs, or the run an edit that puts something on the way
     */
    public static PathExpansion of(Transformer model, Run run, LogitDirection direction) {
        int listed = longestListed(model.config(), MOST);
        return of(model, run, direction, listed);
    }

    /** The same with paths of at most {@code listed} heads listed. */
    static PathExpansion of(Transformer model, Run run, LogitDirection direction, int listed) {
        requireLinear(model.config());
        if (!isPossible(run)) {
            throw new Refusal(
                    "an edit of the run puts something into the stream that no path from the embedding brings;"
                            + " expected a run without, or the direct attribution by component");
        }
        FrozenReaders frozen = new FrozenReaders(model, run);
        int nLayers = model.config().nLayers();
        PathOrders orders = PathOrders.of(frozen, direction, nLayers);
        List<Term> terms = new ArrayList<>();
        extend(frozen, List.of(), frozen.unembedding(direction), nLayers, listed, terms);
        terms.sort(BY_HEADS);
        double longer = 0;
        for (int order = listed + 1; order <= nLayers; order++) {
            longer += orders.values()[order];
        }
        List<Double> byOrder = new ArrayList<>();
        for (double value : orders.values()) {
            byOrder.add(value);
        }
        return new PathExpansion(direction, terms, byOrder, orders.biases(), longer);
    }

    /**
     * Whether the logits are a sum over paths once patterns and norms are frozen: not where an MLP, which is not linear,
     * is on them.
     */
    public static boolean isPossible(Config config) {
        return config.mlp() == null;
    }

    /**
     * Whether the logits of a run are such a sum. Edits of what is frozen (queries, keys, scores, patterns), of the
     * stream before the first layer, and of all that a head writes to zero keep it; any other puts something on the way.
     */
    public static boolean isPossible(Run run) {
        return isPossible(run.config()) && run.edits().stream().allMatch(edit -> isFrozen(edit, run));
    }

    private static boolean isFrozen(Edit edit, Run run) {
        Site site = edit.site();
        return switch (site.kind()) {
            case EMBED, POS_EMBED, Q, K, SCORES, PATTERN -> true;
            case RESID_PRE -> site.layer() == 0;
            case RESULT -> run.isZeroed(new HeadId(site.layer(), site.head()));
            default -> false;
        };
    }

    /** @throws Refusal if it is not {@link #isPossible} */
    static void requireLinear(Config config) {
        if (!isPossible(config)) {
            throw new Refusal(
                    "the model has MLPs, which are not linear, so its logits are no sum over paths through heads;"
                            + " expected a model without, or the direct attribution by component");
        }
    }

    /** Whether every path is listed. */
    public boolean isComplete() {
        return terms.stream().mapToInt(Term::order).max().orElse(0) == byOrder.size() - 1;
    }

    /** The sum of all parts, which should be the model's own value. */
    public double sum() {
        return terms.stream().mapToDouble(Term::value).sum() + longer + biases;
    }

    /** {@link #sum()} divided by the model's own value: 1 except for rounding, unless the value is about 0. */
    public double ratio() {
        return sum() / direction.value();
    }

    /** Adds the path through {@code heads}, and those with more heads in front, from layers before {@code layer}. */
    private static void extend(
            FrozenReaders frozen, List<HeadId> heads, FMatrixRMaj reader, int layer, int listed, List<Term> terms) {
        double[] bySource = frozen.embedding(reader);
        double value = 0;
        for (double atSource : bySource) {
            value += atSource;
        }
        terms.add(new Term(heads, value, bySource));
        for (int l = layer - 1; l >= 0 && heads.size() < listed; l--) {
            for (HeadId head : frozen.heads(l)) {
                List<HeadId> longer = new ArrayList<>(List.of(head));
                longer.addAll(heads);
                extend(frozen, List.copyOf(longer), frozen.through(head, reader).reader(), l, listed, terms);
            }
        }
    }

    /** The largest order n ≤ L for which there are no more than {@code most} paths of order ≤ n. */
    static int longestListed(Config config, int most) {
        double paths = 1;
        double ofOrder = 1; // (L choose n) H^n
        for (int order = 1; order <= config.nLayers(); order++) {
            ofOrder *= (double) (config.nLayers() - order + 1) / order * config.nHeads();
            paths += ofOrder;
            if (paths > most) {
                return order - 1;
            }
        }
        return config.nLayers();
    }
}
