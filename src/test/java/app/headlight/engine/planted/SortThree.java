package app.headlight.engine.planted;

import app.headlight.engine.circuits.PatchingMap.Metric;
import app.headlight.engine.planted.PlantedCircuit.Pair;
import app.headlight.engine.planted.Value.Read;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Transformer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A model of attention alone that sorts three different digits: after {@code start 5 2 7 >} it says 2, then 5, then 7.
 *
 * <ul>
 *   <li>L0H0 attends to the smallest of the three digits, L0H1 to the largest, L0H2 to all of them alike; each writes what
 *       it finds, one-hot.
 *   <li>L1H0 copies the smallest to the output at the first place after the digits, L1H2 the largest at the third. At the
 *       second L1H1 copies three times the average without the smallest and the largest: the one in the middle. At all
 *       other places they rest at the start, where nothing is written.
 * </ul>
 */
final class SortThree {

    static final int DIGITS = 8;
    static final int START = DIGITS;
    static final int SORT = DIGITS + 1;

    /** The position of {@link #SORT}, after which the smallest follows. */
    static final int FIRST = 4;

    private static final int HEADS = 4; // the fourth does nothing
    private static final int CONTEXT = 7;
    /** Between neighbours, so that the smaller of two digits gets e^4 times the attention. */
    private static final float SHARP = 4;
    /** More than all that digits can differ by. */
    private static final float PLACE = 45;

    private static final float GATE = 40;
    private static final float REST = 20;
    private static final float LOGIT = 10;
    private static final float NOISE = 0.01f;
    private static final int PAIRS = 24;

    private SortThree() {}

    static PlantedCircuit circuit() {
        Config config = Config.builder()
                .sizes(2, 72, HEADS, DIGITS, DIGITS + 2, CONTEXT)
                .attnScale(1)
                .build();
        PlantedProgram program = new PlantedProgram(config);
        Value token = program.token();
        Value worth = program.number(digits());
        Value position = program.position();
        Read isDigit = position.in(1, 2, 3).times(PLACE);
        Value smallest = program.head(0, 0)
                .score(isDigit)
                .score(worth.number().times(-SHARP))
                .average(ofDigits(token));
        Value largest = program.head(0, 1)
                .score(isDigit)
                .score(worth.number().times(SHARP))
                .average(ofDigits(token));
        Value all = program.head(0, 2).score(isDigit).average(ofDigits(token));
        Value first = gate(program, position, 0).average(each(smallest, 1));
        Value second = gate(program, position, 1).average(each(all, 3), each(smallest, -1), each(largest, -1));
        Value third = gate(program, position, 2).average(each(largest, 1));
        for (Value output : List.of(first, second, third)) {
            for (int digit = 0; digit < DIGITS; digit++) {
                program.addLogit(digit, output.in(digit).times(LOGIT));
            }
        }
        return new PlantedCircuit(
                "sort-three",
                new Transformer(config, program.weights(NOISE, 1), MatrixProducts.fastest()),
                program.edges(),
                pairs());
    }

    /** A head that attends to its own place at one of the three, and rests at the start at all others. */
    private static PlantedProgram.HeadInWork gate(PlantedProgram program, Value position, int place) {
        return program.head(1, place)
                .score(position.in(FIRST + place), position.in(FIRST + place).times(GATE))
                .score(position.in(0).times(REST));
    }

    private static List<Read> ofDigits(Value token) {
        return IntStream.range(0, DIGITS).mapToObj(token::in).toList();
    }

    private static List<Read> each(Value value, float factor) {
        return IntStream.range(0, value.width())
                .mapToObj(i -> value.in(i).times(factor))
                .toList();
    }

    private static float[] digits() {
        float[] digits = new float[DIGITS];
        for (int i = 0; i < DIGITS; i++) {
            digits[i] = i;
        }
        return digits;
    }

    /** The digits with what follows from them, but for the last. */
    static int[] sentence(int... digits) {
        int[] sorted = digits.clone();
        Arrays.sort(sorted);
        return new int[] {START, digits[0], digits[1], digits[2], SORT, sorted[0], sorted[1]};
    }

    /** Pairs of random digits, at each of the three places in turn where the answers differ. */
    private static List<Pair> pairs() {
        Random random = new Random(3);
        List<Pair> pairs = new ArrayList<>();
        while (pairs.size() < PAIRS) {
            int place = pairs.size() % 3;
            int[] clean = drawn(random);
            int[] corrupt = drawn(random);
            int answer = Arrays.stream(clean).sorted().toArray()[place];
            int wrong = Arrays.stream(corrupt).sorted().toArray()[place];
            if (answer != wrong) {
                pairs.add(new Pair(sentence(clean), sentence(corrupt), new Metric(FIRST + place, answer, wrong)));
            }
        }
        return pairs;
    }

    private static int[] drawn(Random random) {
        return random.ints(0, DIGITS).distinct().limit(3).toArray();
    }
}
