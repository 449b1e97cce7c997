package app.headlight.services.measures;

import app.headlight.engine.circuits.Composition;
import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.EdgeTask;
import app.headlight.engine.circuits.HeadLabel;
import app.headlight.engine.circuits.StreamWriter;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.search.ReadyPair.Template;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What can be measured about a model, as a number; {@code docs/maths.md}, "Claims that are measured". Each has one written
 * form, which {@link #parse} reads and {@link #toString} writes. A measure does not know any model: whether a model has
 * such a head is found out when it is measured.
 */
public sealed interface Measure {

    /** What a detector looks for in a head. */
    enum Detector {
        /** Attention to the token before. */
        PREVIOUS,
        /** Attention to the same token one period earlier. */
        DUPLICATE,
        /** Attention to the token after that one. */
        INDUCTION,
        /** Attention to the first token. */
        FIRST,
        /** By how much the head raises the logits of the tokens that it attends to, by their rank, in [-1, 1]. */
        COPYING;

        /** The detector of a kind of head. */
        public static Detector of(HeadLabel.Kind kind) {
            return switch (kind) {
                case PREVIOUS -> PREVIOUS;
                case DUPLICATE -> DUPLICATE;
                case INDUCTION -> INDUCTION;
                case FIRST -> FIRST;
            };
        }
    }

    /**
     * {@code score(L1H3, induction)}: what a detector finds on ten texts of random tokens, the same again after them, that
     * are drawn from the seed. In [0, 1], for copying in [-1, 1].
     */
    record Score(HeadId head, Detector detector) implements Measure {

        @Override
        public String toString() {
            return "score(" + head + ", " + word(detector) + ")";
        }
    }

    /**
     * {@code copying(L1H3)}: Σλ / Σ|λ| of the eigenvalues of the head's full OV circuit, in [-1, 1]. It is of the weights
     * alone: no seed changes it.
     */
    record Copying(HeadId head) implements Measure {

        @Override
        public String toString() {
            return "copying(" + head + ")";
        }
    }

    /**
     * {@code composition(K, L0H1, L1H3)}: the composition of two heads minus that of random matrices of the same shapes,
     * which are drawn from the seed.
     */
    record Composed(Composition kind, HeadId earlier, HeadId later) implements Measure {

        /** @throws Refusal if {@code earlier} is not in an earlier layer than {@code later} */
        public Composed {
            if (earlier.layer() >= later.layer()) {
                throw new Refusal("“" + earlier + "” does not come before “" + later
                        + "”; heads compose only with heads of later layers, and the earlier one is written first");
            }
        }

        @Override
        public String toString() {
            return "composition(" + kind + ", " + earlier + ", " + later + ")";
        }
    }

    /**
     * {@code ablating(L0H1, induction)}: by how much logit(answer) − logit(wrong) falls on the clean sentences of some
     * pairs, drawn from the seed, where a head or an MLP writes zeros.
     *
     * @param site a head, such as L0H1, or an MLP, such as MLP0
     */
    record Ablating(StreamWriter site, Template pairs) implements Measure {

        /** @throws Refusal if it is another writer */
        public Ablating {
            if (site.kind() != StreamWriter.Kind.HEAD && site.kind() != StreamWriter.Kind.MLP) {
                throw new Refusal("“" + site + "” cannot be set to zero here; expected a head, such as L0H1, or an"
                        + " MLP, such as MLP0");
            }
        }

        @Override
        public String toString() {
            return "ablating(" + site + ", " + word(pairs) + ")";
        }
    }

    /**
     * {@code circuit(induction, logit_diff, L0H0->L1H3.k, L1H3->logits)}: the faithfulness of a set of edges on some pairs
     * that are drawn from the seed: 1 as the whole model, 0 as with every edge patched.
     *
     * @param edges that are kept, at least one, each once
     */
    record Circuit(Template pairs, EdgeTask.Measure metric, List<Edge> edges) implements Measure {

        /** @throws Refusal if there is no edge, or one twice */
        public Circuit {
            edges = List.copyOf(edges);
            if (edges.isEmpty()) {
                throw new Refusal("the circuit has no edge; expected at least one, such as embed->L0H0.q");
            }
            if (edges.stream().distinct().count() < edges.size()) {
                throw new Refusal("the circuit has an edge twice");
            }
        }

        @Override
        public String toString() {
            return edges.stream()
                    .map(Edge::toString)
                    .collect(Collectors.joining(", ", "circuit(" + word(pairs) + ", " + word(metric) + ", ", ")"));
        }
    }

    /** Whether the seed changes the value: if not, measuring again gives the same number, and no spread. */
    default boolean isDrawn() {
        return !(this instanceof Copying);
    }

    /** The heads that it is about, in the order in which it names them; of a circuit none. */
    default List<HeadId> heads() {
        return switch (this) {
            case Score score -> List.of(score.head());
            case Copying copying -> List.of(copying.head());
            case Composed composed -> List.of(composed.earlier(), composed.later());
            case Ablating ablating ->
                ablating.site().head() == null
                        ? List.of()
                        : List.of(ablating.site().head());
            case Circuit circuit -> List.of();
        };
    }

    /**
     * The measure of that written form; spaces between its parts do not matter.
     *
     * @throws Refusal naming what cannot be read and what would be right
     */
    static Measure parse(String text) {
        return MeasureReading.of(text);
    }

    /** The word that stands for a value in a written measure. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
