package app.headlight.engine.transformer;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.Site.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An edit of one site of a run ({@code docs/maths.md}, "Interventions"). Edits apply in the order of the forward pass;
 * means, scales and removals take the value in the edited run. A position beyond the last token changes nothing.
 */
public sealed interface Edit {

    Site site();

    /** The positions, or destinations, that are edited. */
    At at();

    /**
     * Positions of a site.
     *
     * @param positions null: all
     */
    record At(@Nullable List<Integer> positions) {

        public static final At ALL = new At(null);

        /** @throws Refusal if there is none, or one is negative */
        public At {
            positions = positions == null ? null : List.copyOf(positions);
            if (positions != null && (positions.isEmpty() || positions.stream().anyMatch(t -> t < 0))) {
                throw new Refusal(
                        "positions " + positions + " cannot be edited; expected at least one, counted from 0");
            }
        }

        public static At position(int position) {
            return new At(List.of(position));
        }

        boolean includes(int position) {
            return positions == null || positions.contains(position);
        }

        private boolean meets(At other) {
            return positions == null
                    || other.positions == null
                    || positions.stream().anyMatch(other.positions::contains);
        }
    }

    /** The value becomes 0. */
    record Zero(Site site, At at) implements Edit {}

    /** The value becomes its mean over all positions of the sentence. */
    record Mean(Site site, At at) implements Edit {}

    /**
     * The value becomes that of another run, or another that is given; a pattern is frozen that way.
     *
     * @param values of all positions, as large as the site
     */
    record Patch(Site site, At at, Matrix values) implements Edit {}

    /** A vector, as long as the site is wide, is added. */
    record Add(Site site, At at, List<Float> vector) implements Edit {

        public Add {
            vector = List.copyOf(vector);
        }
    }

    /** What the value has along a direction, as long as the site is wide, is removed. */
    record Remove(Site site, At at, List<Float> direction) implements Edit {

        /** @throws Refusal if the direction is 0 */
        public Remove {
            direction = List.copyOf(direction);
            if (direction.stream().allMatch(value -> value == 0)) {
                throw new Refusal("the direction that is removed is 0");
            }
        }
    }

    /** The value is multiplied by a number. */
    record Scale(Site site, At at, float by) implements Edit {}

    /** One entry of a pattern or of scores gets a value; the rest of its row stays as it was. */
    record Put(Site site, int destination, int source, float value) implements Edit {

        /** @throws Refusal naming a position that is negative, or a source after its destination */
        public Put {
            checkEntry(destination, source);
        }

        @Override
        public At at() {
            return At.position(destination);
        }
    }

    /**
     * One entry of a head's pattern becomes 0.
     *
     * @param renormalise whether the rest of its row is then divided by its sum; if not, it stays as it was
     */
    record Cut(HeadId head, int destination, int source, boolean renormalise) implements Edit {

        /** @throws Refusal naming a position that is negative, or a source after its destination */
        public Cut {
            checkEntry(destination, source);
        }

        @Override
        public Site site() {
            return Site.of(Kind.PATTERN, head);
        }

        @Override
        public At at() {
            return At.position(destination);
        }
    }

    /** The head writes nothing. */
    static Edit zero(HeadId head) {
        return new Zero(Site.of(Kind.RESULT, head), At.ALL);
    }

    /** One entry of a head's pattern becomes 0; the rest of its row stays as it was. */
    static Edit cut(HeadId head, int destination, int source) {
        return new Cut(head, destination, source, false);
    }

    /** The pattern of a head is that of another run, on as many tokens. */
    static Edit freeze(HeadId head, Matrix pattern) {
        return new Patch(Site.of(Kind.PATTERN, head), At.ALL, pattern);
    }

    /** Whether both change the same entry of the same activation. */
    default boolean overlaps(Edit other) {
        return site().equals(other.site())
                && at().meets(other.at())
                && (source() < 0 || other.source() < 0 || source() == other.source());
    }

    private int source() {
        return switch (this) {
            case Put put -> put.source;
            case Cut cut -> cut.source;
            default -> -1;
        };
    }

    private static void checkEntry(int destination, int source) {
        if (destination < 0 || source < 0) {
            throw new Refusal("attention from position " + destination + " to " + source
                    + " cannot be edited; positions are counted from 0");
        }
        if (source > destination) {
            throw new Refusal("position " + destination + " does not see " + source
                    + ", which comes after it; there is no attention to edit");
        }
    }
}
