package app.headlight.engine.planted;

import app.headlight.engine.circuits.PatchingMap.Metric;
import app.headlight.engine.planted.PlantedCircuit.Pair;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Mlp;
import app.headlight.engine.transformer.Positions;
import app.headlight.engine.transformer.Transformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A model with MLPs that says at each place whether the brackets so far are balanced, as tracr's {@code shuffle_dyck}
 * does. Its other tokens stand between them and count for nothing.
 *
 * <ul>
 *   <li>L0H0 attends to all places alike and averages +1 for each opening bracket, −1 for each closing one: the balance.
 *   <li>MLP0 says whether the balance is negative, and whether it is not zero, by steps.
 *   <li>L1H0 averages how often it was negative so far.
 *   <li>MLP1 says whether something is wrong: the balance is not zero, or was negative at some place.
 * </ul>
 */
final class Brackets {

    static final int OPEN = 0;
    static final int CLOSE = 1;
    static final int YES = 6;
    static final int NO = 7;
    static final int CONTEXT = 12;

    private static final int HEADS = 3; // two of them do nothing
    private static final int LETTERS = YES; // the first that is none
    private static final float LOGIT = 10;
    private static final float NOISE = 0.01f;
    /** A third of the least balance that is not zero: steps begin here, and end at two thirds. */
    private static final float LEAST = 1f / CONTEXT / 3;

    private static final int PAIRS = 24;

    private Brackets() {}

    static PlantedCircuit circuit() {
        Config config = Config.builder()
                .sizes(2, 20, HEADS, 4, 8, CONTEXT)
                .positions(Positions.NONE)
                .attnScale(1)
                .mlp(new Mlp(8, Mlp.Activation.RELU, false))
                .build();
        PlantedProgram program = new PlantedProgram(config);
        program.token(); // as other models have; nothing reads it
        Value opens = program.number(1, -1);
        Value balance = program.head(0, 0).average(List.of(opens.number()));
        Value negative = program.written(0);
        Value notZero = program.written(0);
        program.addStep(negative, LEAST, LEAST, balance.number().times(-1));
        program.addStep(notZero, LEAST, LEAST, balance.number().times(-1));
        program.addStep(notZero, LEAST, LEAST, balance.number());
        Value wasNegative = program.head(1, 0).average(List.of(negative.number()));
        Value isWrong = program.written(1);
        program.addStep(isWrong, LEAST, LEAST, notZero.number(), wasNegative.number());
        program.addLogit(YES, LOGIT);
        program.addLogit(YES, isWrong.number().times(-LOGIT));
        program.addLogit(NO, isWrong.number().times(LOGIT));
        return new PlantedCircuit(
                "brackets",
                new Transformer(config, program.weights(NOISE, 2), MatrixProducts.fastest()),
                program.edges(),
                pairs());
    }

    /** Whether all brackets are closed and none is closed that was not open. */
    static boolean isBalanced(int[] tokens, int to) {
        int open = 0;
        for (int t = 0; t <= to; t++) {
            open += tokens[t] == OPEN ? 1 : tokens[t] == CLOSE ? -1 : 0;
            if (open < 0) {
                return false;
            }
        }
        return open == 0;
    }

    /** Random brackets and letters. */
    static int[] drawn(Random random, int length) {
        return random.ints(length, 0, 2 * LETTERS)
                .map(drawn -> drawn < LETTERS ? drawn : drawn % 2)
                .toArray();
    }

    /** Pairs of which one sentence alone is balanced; which one takes turns. */
    private static List<Pair> pairs() {
        Random random = new Random(4);
        List<Pair> pairs = new ArrayList<>();
        while (pairs.size() < PAIRS) {
            int[] clean = drawn(random, CONTEXT);
            int[] corrupt = drawn(random, CONTEXT);
            boolean balanced = pairs.size() % 2 == 0;
            if (isBalanced(clean, CONTEXT - 1) == balanced && isBalanced(corrupt, CONTEXT - 1) != balanced) {
                pairs.add(new Pair(clean, corrupt, new Metric(CONTEXT - 1, balanced ? YES : NO, balanced ? NO : YES)));
            }
        }
        return pairs;
    }
}
