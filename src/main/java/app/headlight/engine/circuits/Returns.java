package app.headlight.engine.circuits;

import app.headlight.engine.tensor.Matrix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The earlier positions of the tokens of a text.
 *
 * @param earlier by position, the earlier positions of the same token
 */
record Returns(List<List<Integer>> earlier) {

    static Returns of(int[] tokens) {
        Map<Integer, List<Integer>> places = new HashMap<>();
        List<List<Integer>> earlier = new ArrayList<>();
        for (int t = 0; t < tokens.length; t++) {
            List<Integer> before = places.computeIfAbsent(tokens[t], token -> new ArrayList<>());
            earlier.add(List.copyOf(before));
            before.add(t);
        }
        return new Returns(earlier);
    }

    /** The number of positions whose token was there before. */
    long count() {
        return earlier.stream().filter(places -> !places.isEmpty()).count();
    }

    /** The attention to the places that the detectors measure, summed over the positions of a pattern {@code [T, T]}. */
    DetectorScores sums(Matrix pattern) {
        double previous = 0;
        double duplicate = 0;
        double induction = 0;
        double first = 0;
        for (int t = 1; t < earlier.size(); t++) {
            previous += pattern.get(t, t - 1);
            first += pattern.get(t, 0);
            for (int s : earlier.get(t)) {
                duplicate += pattern.get(t, s);
                induction += s + 1 < t ? pattern.get(t, s + 1) : 0;
            }
        }
        return new DetectorScores(previous, duplicate, induction, first);
    }
}
