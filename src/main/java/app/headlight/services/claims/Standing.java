package app.headlight.services.claims;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the claims of a finding, or of several, stand on the weights that their models have now; without those withdrawn.
 *
 * @param counts of each verdict that there is
 */
public record Standing(Map<Verdict, Integer> counts) {

    public static final Standing NONE = new Standing(Map.of());

    public Standing {
        counts = Map.copyOf(counts);
    }

    public static Standing of(Collection<Verdict> verdicts) {
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        verdicts.forEach(verdict -> counts.merge(verdict, 1, Integer::sum));
        return new Standing(counts);
    }

    public Standing plus(Standing other) {
        Map<Verdict, Integer> sum = new EnumMap<>(Verdict.class);
        counts.forEach(sum::put);
        other.counts.forEach((verdict, count) -> sum.merge(verdict, count, Integer::sum));
        return new Standing(sum);
    }

    /** The verdict to tell first; empty without claims. */
    public Optional<Verdict> first() {
        return Verdict.first(counts.keySet());
    }

    public int count(Verdict verdict) {
        return counts.getOrDefault(verdict, 0);
    }

    public int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** {@code 2 claims: 1 fails, 1 holds}; {@code the claim holds}; empty without claims. */
    public String inWords() {
        if (total() == 0) {
            return "";
        }
        if (total() == 1) {
            return "the claim " + verb(first().orElseThrow(), 1);
        }
        if (counts.size() == 1) {
            return "all " + total() + " claims " + verb(first().orElseThrow(), total());
        }
        List<String> parts = new ArrayList<>();
        new EnumMap<>(counts).forEach((verdict, count) -> parts.add(count + " " + verb(verdict, count)));
        return total() + " claims: " + String.join(", ", parts);
    }

    private static String verb(Verdict verdict, int count) {
        return switch (verdict) {
            case HOLDS -> count == 1 ? "holds" : "hold";
            case FAILS -> count == 1 ? "fails" : "fail";
            case IMPOSSIBLE -> "cannot be measured";
            case UNDECIDED -> (count == 1 ? "is" : "are") + " undecided";
            case UNMEASURED -> (count == 1 ? "is" : "are") + " not measured yet";
        };
    }
}
