package app.headlight.services.search;

import app.headlight.engine.circuits.EdgeTask.Measure;
import app.headlight.engine.circuits.PatchingMap.Metric;
import java.util.Arrays;
import java.util.List;

/**
 * What a circuit is searched for, by its tokens.
 *
 * @param corrupt as many as {@code clean}
 * @param metric at which position, and of which two tokens
 */
public record SearchTask(List<Integer> clean, List<Integer> corrupt, Metric metric, Measure measure) {

    public SearchTask {
        clean = List.copyOf(clean);
        corrupt = List.copyOf(corrupt);
    }

    public static SearchTask of(int[] clean, int[] corrupt, Metric metric, Measure measure) {
        return new SearchTask(listed(clean), listed(corrupt), metric, measure);
    }

    private static List<Integer> listed(int[] tokens) {
        return Arrays.stream(tokens).boxed().toList();
    }

    int[] cleanTokens() {
        return array(clean);
    }

    int[] corruptTokens() {
        return array(corrupt);
    }

    private static int[] array(List<Integer> tokens) {
        return tokens.stream().mapToInt(Integer::intValue).toArray();
    }
}
