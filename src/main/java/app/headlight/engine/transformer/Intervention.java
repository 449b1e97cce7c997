package app.headlight.engine.transformer;

/** An intervention: an edit of one site of a run ({@code docs/maths.md}, "Interventions"). */
public sealed interface Intervention {

    HeadId head();

    /** The head writes nothing. */
    record ZeroHead(HeadId head) implements Intervention {}

    /**
     * One entry of a head's pattern becomes zero; the rest of its row stays as it was. Beyond the last token of a run it
     * changes nothing.
     */
    record CutAttention(HeadId head, int destination, int source) implements Intervention {

        /** @throws IllegalArgumentException if a position is negative */
        public CutAttention {
            if (destination < 0 || source < 0) {
                throw new IllegalArgumentException("attention from position " + destination + " to " + source
                        + " cannot be cut; positions are counted from 0");
            }
        }
    }
}
