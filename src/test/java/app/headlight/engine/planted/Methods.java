package app.headlight.engine.planted;

import app.headlight.engine.circuits.Acdc;
import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.EdgeEffects;
import app.headlight.engine.circuits.EdgeTask;
import app.headlight.engine.transformer.Progress;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How well each method tells the edges of a known circuit from the others. */
public final class Methods {

    /** The thresholds of ACDC, in logits. */
    public static final List<Double> THRESHOLDS = List.of(0.1, 0.5, 2.0);

    private Methods() {}

    /**
     * What a method says of a circuit.
     *
     * @param area under the ROC curve of edges: how likely a random edge of the circuit is ranked above a random other one,
     *     where a tie counts as half
     * @param found how many edges of the circuit are among the first of the method, as many as the circuit has
     */
    public record Score(double area, int found) {}

    /** The score of each method, by its name. */
    public static Map<String, Score> scores(PlantedCircuit circuit) {
        List<EdgeTask> tasks = circuit.tasks();
        Map<String, Score> scores = new LinkedHashMap<>();
        scores.put("exact", ofEffects(circuit, tasks, task -> EdgeEffects.exact(task, Progress.UNWATCHED)));
        scores.put("EAP", ofEffects(circuit, tasks, task -> EdgeEffects.eap(task, Progress.UNWATCHED)));
        scores.put(
                "EAP-IG",
                ofEffects(circuit, tasks, task -> EdgeEffects.eapIg(task, EdgeEffects.POINTS, Progress.UNWATCHED)));
        for (double threshold : THRESHOLDS) {
            scores.put("ACDC, τ = " + threshold, ofAcdc(circuit, tasks, threshold));
        }
        return scores;
    }

    /** By the size of the mean effect over the pairs, as the page ranks them. */
    private static Score ofEffects(
            PlantedCircuit circuit, List<EdgeTask> tasks, Function<EdgeTask, EdgeEffects> method) {
        Map<Edge, Double> effects =
                EdgeEffects.mean(tasks.stream().map(method).toList()).of();
        return score(
                circuit.edges(),
                effects.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, effect -> Math.abs(effect.getValue()))));
    }

    /** By the number of pairs on which an edge is kept. */
    private static Score ofAcdc(PlantedCircuit circuit, List<EdgeTask> tasks, double threshold) {
        Map<Edge, Double> kept = new LinkedHashMap<>();
        Edge.all(circuit.model().config()).forEach(edge -> kept.put(edge, 0.));
        for (EdgeTask task : tasks) {
            Acdc.of(task, threshold, Progress.UNWATCHED).kept().forEach(edge -> kept.merge(edge, 1., Double::sum));
        }
        return score(circuit.edges(), kept);
    }

    /** @param ranks by edge, all edges of a model; the higher the more a method takes it for one of the circuit */
    static Score score(Set<Edge> circuit, Map<Edge, Double> ranks) {
        double sum = 0;
        for (Edge inside : circuit) {
            for (Map.Entry<Edge, Double> outside : ranks.entrySet()) {
                if (!circuit.contains(outside.getKey())) {
                    int order = Double.compare(ranks.get(inside), outside.getValue());
                    sum += order > 0 ? 1 : order == 0 ? 0.5 : 0;
                }
            }
        }
        long found = ranks.entrySet().stream()
                .sorted(Comparator.comparingDouble(rank -> -rank.getValue()))
                .limit(circuit.size())
                .filter(rank -> circuit.contains(rank.getKey()))
                .count();
        return new Score(sum / circuit.size() / (ranks.size() - circuit.size()), (int) found);
    }
}
