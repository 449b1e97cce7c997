package app.headlight.engine.planted;

import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.PatchingMap.Metric;
import app.headlight.engine.planted.PlantedCircuit.Pair;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.InductionByHand;
import app.headlight.engine.transformer.Transformer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The induction circuit of {@link InductionByHand}, on random tokens that the first ones of come again: what followed the
 * last of them follows again. All of a pair's tokens differ, so that each of the circuit's edges carries a difference.
 */
final class PlantedInduction {

    private static final int PASSAGE = 8;
    private static final int AGAIN = 4;
    private static final int PAIRS = 24;
    private static final int WORDS = 2; // the first id that is neither start nor unknown

    private PlantedInduction() {}

    static PlantedCircuit circuit() {
        Set<Edge> edges = new LinkedHashSet<>();
        Stream.of("embed->L0H0.v", "embed->L1H0.q", "L0H0->L1H0.k", "embed->L1H0.v", "L1H0->logits")
                .map(name -> Edge.parse(name, InductionByHand.config()))
                .forEach(edges::add);
        return new PlantedCircuit(
                "induction-by-hand",
                new Transformer(InductionByHand.config(), InductionByHand.weights(), MatrixProducts.fastest()),
                edges,
                pairs());
    }

    private static List<Pair> pairs() {
        Random random = new Random(5);
        List<Pair> pairs = new ArrayList<>();
        while (pairs.size() < PAIRS) {
            int[] words = random.ints(WORDS, InductionByHand.config().dVocab())
                    .distinct()
                    .limit(2L * PASSAGE)
                    .toArray();
            int[] clean = sentence(words, 0);
            int[] corrupt = sentence(words, PASSAGE);
            int answer = words[AGAIN];
            int wrong = words[PASSAGE + AGAIN];
            if (isOfTheCircuitAlone(clean, answer, wrong) && isOfTheCircuitAlone(corrupt, answer, wrong)) {
                pairs.add(new Pair(clean, corrupt, new Metric(PASSAGE + AGAIN, answer, wrong)));
            }
        }
        return pairs;
    }

    /** Whether the model's direct path, which knows neighbours, says nothing of these two tokens. */
    private static boolean isOfTheCircuitAlone(int[] tokens, int answer, int wrong) {
        List<String> vocabulary = InductionByHand.vocabulary();
        String last = vocabulary.get(tokens[tokens.length - 1]);
        return InductionByHand.sentences().stream()
                .noneMatch(sentence -> IntStream.range(0, sentence.size() - 1)
                        .anyMatch(t -> sentence.get(t).equals(last)
                                && List.of(vocabulary.get(answer), vocabulary.get(wrong))
                                        .contains(sentence.get(t + 1))));
    }

    private static int[] sentence(int[] words, int from) {
        return IntStream.concat(
                        IntStream.of(0), IntStream.range(0, PASSAGE + AGAIN).map(t -> words[from + t % PASSAGE]))
                .toArray();
    }
}
