package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Edit;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What one head does in each of several sentences, and how far these differ ({@code docs/maths.md}, "A head over many
 * sentences").
 *
 * @param sentences one at least, in the order in which they were given
 */
public record HeadOverSentences(HeadId head, List<InSentence> sentences) {

    public HeadOverSentences {
        sentences = List.copyOf(sentences);
    }

    /** Which tokens a position can attend to. */
    public enum Role {
        /** The token before. */
        PREVIOUS,
        /** The first token of the sentence. */
        FIRST,
        /** The same token, wherever it stands earlier. */
        SAME,
        /** The token after the last earlier place of the same token: where an induction head looks. */
        INDUCTION,
        /** The position itself. */
        ITSELF
    }

    /** What is measured of a head in a sentence. */
    public enum Quantity {
        /** The attention to tokens of a role, in [0, 1]. */
        ATTENTION,
        /** What the head writes at the last position adds to the logit over mean of the likeliest next token there. */
        ATTRIBUTION,
        /** By how much the mean log-probability of the tokens that follow changes where the head writes nothing, in nats. */
        CUT_NEXT,
        /** By how much the logit over mean of that token changes where the head writes nothing. */
        CUT_TOP
    }

    /**
     * One quantity.
     *
     * @param role of the tokens that are attended to; of other quantities it has no meaning
     */
    public record Asked(Quantity quantity, Role role) {}

    /**
     * What the head does in one sentence.
     *
     * @param attention by role, the mean over those positions after the first that have such a token; NaN if none has
     * @param top the likeliest next token at the last position
     * @param attribution of {@link Quantity#ATTRIBUTION}
     * @param cutNext of {@link Quantity#CUT_NEXT}; NaN in a sentence of one token
     * @param cutTop of {@link Quantity#CUT_TOP}
     */
    public record InSentence(Map<Role, Double> attention, int top, double attribution, double cutNext, double cutTop) {

        public InSentence {
            attention = Map.copyOf(attention);
        }

        /** NaN where the sentence has no such value. */
        public double value(Asked asked) {
            return switch (asked.quantity()) {
                case ATTENTION -> attention.get(asked.role());
                case ATTRIBUTION -> attribution;
                case CUT_NEXT -> cutNext;
                case CUT_TOP -> cutTop;
            };
        }
    }

    /**
     * A quantity over those sentences that have it.
     *
     * @param least NaN where none has it
     * @param most likewise
     * @param count how many have it
     */
    public record Summary(Spread spread, double least, double most, int count) {}

    /**
     * Runs each sentence twice: as it is, and with what the head writes set to 0.
     *
     * @param sentences tokens, one at least each
     * @param progress told before each sentence
     * @throws Refusal if there is no sentence, or no such head
     */
    public static HeadOverSentences of(Transformer model, HeadId head, List<int[]> sentences, Progress progress) {
        model.head(head); // refused before the first run
        if (sentences.isEmpty()) {
            throw new Refusal("there is no sentence; expected one at least");
        }
        List<InSentence> found = new ArrayList<>();
        for (int[] tokens : sentences) {
            progress.report(found.size(), sentences.size());
            found.add(inSentence(model, head, tokens));
        }
        return new HeadOverSentences(head, found);
    }

    private static InSentence inSentence(Transformer model, HeadId head, int[] tokens) {
        Run run = model.run(tokens);
        Run cut = model.rerun(run, List.of(Edit.zero(head)));
        int last = run.length() - 1;
        int top = largest(run.logits(), last);
        LogitDirection direction = LogitDirection.overMean(model, run, last, top);
        return new InSentence(
                attention(run.pattern(head), tokens),
                top,
                LogitAttribution.ofHead(model, run, head, direction).value(),
                mean(run.loss()) - mean(cut.loss()),
                overMean(cut.logits(), last, top) - overMean(run.logits(), last, top));
    }

    private static double overMean(Matrix logits, int row, int token) {
        double sum = 0;
        for (int v = 0; v < logits.columns(); v++) {
            sum += logits.get(row, v);
        }
        return logits.get(row, token) - sum / logits.columns();
    }

    private static Map<Role, Double> attention(Matrix pattern, int[] tokens) {
        List<List<Integer>> earlier = Returns.of(tokens).earlier();
        Map<Role, Double> means = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            double sum = 0;
            int positions = 0;
            for (int t = 1; t < tokens.length; t++) {
                List<Integer> sources = sources(role, t, earlier.get(t));
                for (int s : sources) {
                    sum += pattern.get(t, s);
                }
                positions += sources.isEmpty() ? 0 : 1;
            }
            means.put(role, positions == 0 ? Double.NaN : sum / positions);
        }
        return means;
    }

    /** @param earlier the earlier places of the token at the position, rising */
    private static List<Integer> sources(Role role, int position, List<Integer> earlier) {
        return switch (role) {
            case PREVIOUS -> List.of(position - 1);
            case FIRST -> List.of(0);
            case SAME -> earlier;
            case INDUCTION ->
                earlier.isEmpty() || earlier.getLast() == position - 1 ? List.of() : List.of(earlier.getLast() + 1);
            case ITSELF -> List.of(position);
        };
    }

    private static int largest(Matrix logits, int row) {
        int largest = 0;
        for (int v = 1; v < logits.columns(); v++) {
            largest = logits.get(row, v) > logits.get(row, largest) ? v : largest;
        }
        return largest;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** A quantity in each sentence, in their order; NaN where a sentence has none. */
    public List<Double> values(Asked asked) {
        return sentences.stream().map(sentence -> sentence.value(asked)).toList();
    }

    /** A quantity over the sentences that have it. */
    public Summary summary(Asked asked) {
        List<Double> defined =
                values(asked).stream().filter(value -> !Double.isNaN(value)).toList();
        return new Summary(
                Spread.of(defined),
                defined.stream().min(Double::compare).orElse(Double.NaN),
                defined.stream().max(Double::compare).orElse(Double.NaN),
                defined.size());
    }

    /** How many multiplications the two runs of a sentence take, about. */
    public static double operations(Config config, int length) {
        double attention = 2.0 * config.dModel() * (config.packedHeads() + config.packedKeys());
        double layers = config.nLayers() * (attention + EdgeEffects.ofMlp(config));
        return 2 * length * (layers + (double) config.dModel() * config.dVocab());
    }
}
