package app.headlight.services.measures;

import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.EdgeCircuit;
import app.headlight.engine.circuits.EdgeTask;
import app.headlight.engine.circuits.StreamWriter;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Edit;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.Site;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.measures.Measure.Ablating;
import app.headlight.services.measures.Measure.Circuit;
import app.headlight.services.models.OpenModel;
import app.headlight.services.search.CircuitSearch;
import app.headlight.services.search.ReadyPair;
import app.headlight.services.search.ReadyPair.Template;
import app.headlight.services.search.SearchTask;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Measures what needs pairs of sentences: the mean over {@value #PAIRS} pairs that are drawn from the seed. */
final class PairMeasures {

    /** Of one seed. */
    static final int PAIRS = 4;

    private static final int TRIES = 20;

    private final Laboratory lab;
    private final CircuitSearch search;

    PairMeasures(Laboratory lab) {
        this.lab = lab;
        search = new CircuitSearch(lab);
    }

    /** How far the logit difference falls. */
    double ablating(OpenModel model, Ablating ablating, long seed, Progress progress) {
        StreamWriter writer = ablating.site();
        Edit zero = writer.head() == null
                ? new Edit.Zero(Site.of(Site.Kind.MLP_OUT, writer.layer()), Edit.At.ALL)
                : Edit.zero(writer.head());
        List<SearchTask> pairs = pairs(model, ablating.pairs(), EdgeTask.Measure.LOGIT_DIFF, seed);
        double sum = 0;
        for (int i = 0; i < pairs.size(); i++) {
            progress.report(i, pairs.size());
            int[] tokens = pairs.get(i).cleanTokens();
            sum += pairs.get(i).metric().of(lab.run(model, tokens))
                    - pairs.get(i).metric().of(lab.run(model, tokens, List.of(zero)));
        }
        return sum / pairs.size();
    }

    /** The faithfulness; pairs on which it is not defined are left out, unless it is so on all. */
    double circuit(OpenModel model, Circuit circuit, long seed, Progress progress) {
        Set<Edge> kept = new HashSet<>();
        circuit.edges().forEach(edge -> kept.add(edge.in(model.config())));
        List<Double> found = new ArrayList<>();
        List<SearchTask> pairs = pairs(model, circuit.pairs(), circuit.metric(), seed);
        for (int i = 0; i < pairs.size(); i++) {
            progress.report(i, pairs.size());
            Double faithfulness = faithfulness(model, pairs.get(i), kept);
            if (faithfulness != null) {
                found.add(faithfulness);
            }
        }
        if (found.isEmpty()) {
            throw new Refusal("the clean and the corrupt sentences give the same metric, so that there is nothing to"
                    + " be faithful to");
        }
        return found.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private @Nullable Double faithfulness(OpenModel model, SearchTask pair, Set<Edge> kept) {
        CircuitSearch.Ends ends = lab.get(search.ends(model, pair));
        EdgeCircuit circuit =
                lab.get(search.circuits(model, pair, List.of(kept))).getFirst();
        return EdgeCircuit.faithfulness(
                pair.measure() == EdgeTask.Measure.KL ? circuit.kl() : circuit.difference(),
                ends.clean(),
                ends.corrupt());
    }

    /** @throws Refusal if there are none */
    static List<SearchTask> pairs(OpenModel model, Template template, EdgeTask.Measure metric, long seed) {
        Random random = new Random(seed);
        List<SearchTask> pairs = new ArrayList<>();
        for (int i = 0; i < TRIES && pairs.size() < PAIRS; i++) {
            Optional<ReadyPair> pair = ReadyPair.of(model, template, random.nextLong());
            pair.ifPresent(found -> pairs.add(SearchTask.read(model, found, metric)));
        }
        if (pairs.isEmpty()) {
            throw new Refusal("the model's vocabulary has too few of the words of the pairs “"
                    + Measure.word(template) + "”, or its"
                    + " context is too short for them");
        }
        return pairs;
    }
}
