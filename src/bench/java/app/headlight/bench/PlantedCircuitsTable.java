package app.headlight.bench;

import app.headlight.engine.circuits.Edge;
import app.headlight.engine.planted.Methods;
import app.headlight.engine.planted.Methods.Score;
import app.headlight.engine.planted.PlantedCircuit;
import java.util.Locale;
import java.util.Map;

/** Prints how well each method finds the circuits that are known of some models. */
public final class PlantedCircuitsTable {

    private PlantedCircuitsTable() {}

    public static void main(String[] arguments) {
        boolean first = true;
        for (PlantedCircuit circuit : PlantedCircuit.all()) {
            Map<String, Score> scores = Methods.scores(circuit);
            if (first) {
                System.out.println("| model | edges | " + String.join(" | ", scores.keySet()) + " |");
                System.out.println("| --- | --- |" + " --- |".repeat(scores.size()));
                first = false;
            }
            System.out.printf(
                    "| `%s` | %d of %d |",
                    circuit.name(),
                    circuit.edges().size(),
                    Edge.all(circuit.model().config()).size());
            scores.values()
                    .forEach(score -> System.out.printf(Locale.ROOT, " %.3f (%d) |", score.area(), score.found()));
            System.out.println();
        }
    }
}
