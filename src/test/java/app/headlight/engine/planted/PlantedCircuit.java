package app.headlight.engine.planted;

import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.EdgeTask;
import app.headlight.engine.circuits.EdgeTask.Measure;
import app.headlight.engine.circuits.PatchingMap.Metric;
import app.headlight.engine.transformer.Transformer;
import java.util.List;
import java.util.Set;

/**
 * A model whose circuit is known, with pairs of sentences to search it on.
 *
 * @param name of the model
 * @param edges all that carry what the pairs differ in
 */
public record PlantedCircuit(String name, Transformer model, Set<Edge> edges, List<Pair> pairs) {

    /** Two sentences of as many tokens; the metric is the logit difference. */
    public record Pair(int[] clean, int[] corrupt, Metric metric) {}

    /** All that there are, with the model by hand of the program itself. */
    public static List<PlantedCircuit> all() {
        return List.of(PlantedInduction.circuit(), SortThree.circuit(), Brackets.circuit());
    }

    /** One task for each pair. */
    public List<EdgeTask> tasks() {
        return pairs.stream()
                .map(pair -> new EdgeTask(
                        model, model.run(pair.clean()), model.run(pair.corrupt()), pair.metric(), Measure.LOGIT_DIFF))
                .toList();
    }
}
