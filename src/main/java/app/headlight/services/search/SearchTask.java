package app.headlight.services.search;

import app.headlight.engine.circuits.EdgeTask.Measure;
import app.headlight.engine.circuits.PatchingMap.Metric;
import app.headlight.engine.refusal.Refusal;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.Prompt;
import app.headlight.services.models.TokenNames;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

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

    /**
     * A pair as a model reads it; what is measured stands at the last position.
     *
     * @throws Refusal in words for people, if a sentence cannot be read, the two are of different length, or a word is
     *     no single token
     */
    public static SearchTask read(OpenModel model, ReadyPair pair, Measure measure) {
        int[] clean = Prompt.whole(model, pair.clean(), null).tokens();
        int[] corrupt = Prompt.whole(model, pair.corrupt(), null).tokens();
        if (clean.length != corrupt.length) {
            throw new Refusal("the sentences have " + clean.length + " and " + corrupt.length + " tokens, "
                    + labels(model, listed(clean)) + " and " + labels(model, listed(corrupt))
                    + "; to patch one into the other they need as many.");
        }
        if (clean.length == 0) {
            throw new Refusal("the sentences are empty.");
        }
        Metric metric =
                new Metric(clean.length - 1, TokenNames.id(model, pair.answer()), TokenNames.id(model, pair.wrong()));
        if (metric.answer() == metric.wrong()) {
            throw new Refusal("“" + pair.answer() + "” and “" + pair.wrong()
                    + "” are one token, so that their logits never differ.");
        }
        return of(clean, corrupt, metric, measure);
    }

    /** Tokens as people read them: {@code A | ·b | ·c}. */
    public static String labels(OpenModel model, List<Integer> tokens) {
        return tokens.stream()
                .map(token -> model.tokenizer().piece(token).label())
                .collect(Collectors.joining(" | "));
    }

    private static List<Integer> listed(int[] tokens) {
        return Arrays.stream(tokens).boxed().toList();
    }

    /** With the sentences exchanged. */
    public SearchTask reversed() {
        return new SearchTask(corrupt, clean, metric, measure);
    }

    public int[] cleanTokens() {
        return array(clean);
    }

    int[] corruptTokens() {
        return array(corrupt);
    }

    private static int[] array(List<Integer> tokens) {
        return tokens.stream().mapToInt(Integer::intValue).toArray();
    }
}
