package app.headlight.engine.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.circuits.HeadOverSentences.Asked;
import app.headlight.engine.circuits.HeadOverSentences.Quantity;
import app.headlight.engine.circuits.HeadOverSentences.Role;
import app.headlight.engine.circuits.HeadOverSentences.Summary;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.EjmlProducts;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Edit;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.InductionByHand;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Transformer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HeadOverSentencesTest {

    private static final List<int[]> SENTENCES = List.of(
            new int[] {3, 1, 7, 3, 1, 1, 9}, new int[] {5, 5}, new int[] {4}, new int[] {0, 2, 4, 6}, new int[] {
                8, 2, 8, 2, 8, 2, 0, 8
            });

    static Stream<Config> kinds() {
        return RandomModels.kinds();
    }

    /** Each sentence by itself, with plain loops over what is already checked elsewhere: patterns, logits, results. */
    @ParameterizedTest
    @MethodSource("kinds")
    void theNumbersAreThoseOfEachSentenceByItself(Config config) {
        Transformer model = new Transformer(config, RandomModels.weights(config, 3), new EjmlProducts());
        for (HeadId head : List.of(new HeadId(0, 1), new HeadId(1, 2))) {
            HeadOverSentences found = HeadOverSentences.of(model, head, SENTENCES, Progress.UNWATCHED);
            for (Quantity quantity : Quantity.values()) {
                for (Role role : Role.values()) {
                    Asked asked = new Asked(quantity, role);
                    List<Double> plain = SENTENCES.stream()
                            .map(tokens -> plain(model, head, tokens, asked))
                            .toList();
                    assertSame(asked, found, plain);
                }
            }
        }
    }

    private static void assertSame(Asked asked, HeadOverSentences found, List<Double> plain) {
        double sum = 0;
        double squares = 0;
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        int count = 0;
        for (int i = 0; i < plain.size(); i++) {
            double value = plain.get(i);
            double own = found.values(asked).get(i);
            assertThat(Double.isNaN(own)).as(asked + " of sentence " + i).isEqualTo(Double.isNaN(value));
            if (!Double.isNaN(value)) {
                assertThat(own).as(asked + " of sentence " + i).isCloseTo(value, within(1e-4));
                sum += value;
                squares += value * value;
                least = Math.min(least, value);
                most = Math.max(most, value);
                count++;
            }
        }
        Summary summary = found.summary(asked);
        assertThat(summary.count()).isEqualTo(count).isGreaterThan(1);
        assertThat(summary.spread().mean()).isCloseTo(sum / count, within(1e-4));
        double variance = (squares - sum * sum / count) / (count - 1);
        assertThat(summary.spread().deviation()).isCloseTo(Math.sqrt(Math.max(0, variance)), within(1e-3));
        assertThat(summary.least()).isCloseTo(least, within(1e-4));
        assertThat(summary.most()).isCloseTo(most, within(1e-4));
    }

    private static double plain(Transformer model, HeadId head, int[] tokens, Asked asked) {
        return switch (asked.quantity()) {
            case ATTENTION -> plainAttention(model.run(tokens), head, asked.role());
            case ATTRIBUTION -> plainAttribution(model, head, tokens);
            case CUT_NEXT -> plainCut(model, head, tokens)[0];
            case CUT_TOP -> plainCut(model, head, tokens)[1];
        };
    }

    private static double plainAttention(Run run, HeadId head, Role role) {
        int[] tokens = run.tokens();
        double sum = 0;
        int positions = 0;
        for (int t = 1; t < tokens.length; t++) {
            int last = -1;
            double same = 0;
            for (int s = 0; s < t; s++) {
                if (tokens[s] == tokens[t]) {
                    last = s;
                    same += run.pattern(head).get(t, s);
                }
            }
            boolean counts = switch (role) {
                case SAME -> last >= 0;
                case INDUCTION -> last >= 0 && last + 1 < t;
                default -> true;
            };
            if (counts) {
                positions++;
                sum += switch (role) {
                    case PREVIOUS -> run.pattern(head).get(t, t - 1);
                    case FIRST -> run.pattern(head).get(t, 0);
                    case SAME -> same;
                    case INDUCTION -> run.pattern(head).get(t, last + 1);
                    case ITSELF -> run.pattern(head).get(t, t);
                };
            }
        }
        return positions == 0 ? Double.NaN : sum / positions;
    }

    /**
     * The head's result is what it writes; the direction of the logit over mean is found by asking the unembedding about
     * each dimension, with the scale of the norm as the run has it. Centring is linear, so the result itself is centred.
     */
    private static double plainAttribution(Transformer model, HeadId head, int[] tokens) {
        Run run = model.run(tokens);
        int last = tokens.length - 1;
        int top = likeliest(run, last);
        float[] written = run.result(head).row(last);
        Config config = model.config();
        double mean = 0;
        for (float value : written) {
            mean += value / written.length;
        }
        double scale = run.normScale(config.nLayers())[last];
        boolean centred = config.norm().name().startsWith("LN") && !config.finalRms();
        double value = 0;
        for (int d = 0; d < written.length; d++) {
            double normalised = (written[d] - (centred ? mean : 0)) * scale;
            if (config.norm().isWeighted()) {
                normalised *= model.weights().get("ln_final.w").data[d];
            }
            double unembedded = 0;
            double all = 0;
            for (int v = 0; v < config.dVocab(); v++) {
                all += model.weights().wU().get(d, v) / (double) config.dVocab();
                unembedded = v == top ? model.weights().wU().get(d, v) : unembedded;
            }
            value += normalised * (unembedded - all);
        }
        return value;
    }

    /** The head cut at another site: its mixed values instead of its result. */
    private static double[] plainCut(Transformer model, HeadId head, int[] tokens) {
        Run run = model.run(tokens);
        Run cut = model.run(tokens, List.of(new Edit.Zero(Site.of(Site.Kind.Z, head), Edit.At.ALL)));
        int last = tokens.length - 1;
        int top = likeliest(run, last);
        double change = 0;
        for (int t = 0; t < last; t++) {
            change += logProbability(cut, t, tokens[t + 1]) - logProbability(run, t, tokens[t + 1]);
        }
        double others = 0;
        for (int v = 0; v < model.config().dVocab(); v++) {
            others += cut.logits().get(last, v) - run.logits().get(last, v);
        }
        double raised = cut.logits().get(last, top) - run.logits().get(last, top);
        return new double[] {
            last == 0 ? Double.NaN : change / last,
            raised - others / model.config().dVocab()
        };
    }

    private static double logProbability(Run run, int position, int token) {
        double sum = 0;
        for (float logit : run.logits().row(position)) {
            sum += Math.exp(logit);
        }
        return run.logits().get(position, token) - Math.log(sum);
    }

    private static int likeliest(Run run, int position) {
        float[] logits = run.logits().row(position);
        int likeliest = 0;
        for (int v = 0; v < logits.length; v++) {
            if (logits[v] > logits[likeliest]) {
                likeliest = v;
            }
        }
        return likeliest;
    }

    /** On the model made by hand the numbers are known: L1H0 looks at what followed, and without it that is not expected. */
    @Test
    void theInductionHeadMadeByHandDoesWhatItWasMadeFor() {
        Transformer model =
                new Transformer(InductionByHand.config(), InductionByHand.weights(), MatrixProducts.fastest());
        List<int[]> passages = List.of(
                new int[] {0, 10, 20, 30, 10, 20, 30}, new int[] {0, 40, 50, 60, 40, 50}, new int[] {0, 11, 21, 31});
        HeadOverSentences induction = HeadOverSentences.of(model, new HeadId(1, 0), passages, Progress.UNWATCHED);
        Summary looks = induction.summary(new Asked(Quantity.ATTENTION, Role.INDUCTION));
        assertThat(looks.count()).isEqualTo(2); // in the third nothing comes again
        assertThat(looks.least()).isGreaterThan(0.99);
        assertThat(induction
                        .values(new Asked(Quantity.ATTENTION, Role.INDUCTION))
                        .get(2))
                .isNaN();
        assertThat(induction.sentences().get(0).top()).isEqualTo(10);
        assertThat(induction.sentences().get(1).top()).isEqualTo(60);
        assertThat(induction.summary(new Asked(Quantity.CUT_NEXT, Role.ITSELF)).least())
                .isLessThan(-0.5);
        HeadOverSentences previous = HeadOverSentences.of(model, new HeadId(0, 0), passages, Progress.UNWATCHED);
        Summary before = previous.summary(new Asked(Quantity.ATTENTION, Role.PREVIOUS));
        assertThat(before.count()).isEqualTo(3);
        assertThat(before.least()).isGreaterThan(0.99);
    }

    @Test
    void whatCannotBeMeasuredIsRefusedAndACancelledMeasurementEnds() {
        Config config = RandomModels.kinds().findFirst().orElseThrow();
        Transformer model = new Transformer(config, RandomModels.weights(config, 3), new EjmlProducts());
        HeadId head = new HeadId(0, 1);
        assertThatThrownBy(() -> HeadOverSentences.of(model, head, List.of(), Progress.UNWATCHED))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("no sentence");
        assertThatThrownBy(() -> HeadOverSentences.of(model, new HeadId(7, 0), SENTENCES, Progress.UNWATCHED))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("L7H0");
        List<Double> told = new ArrayList<>();
        assertThatThrownBy(() -> HeadOverSentences.of(model, head, SENTENCES, done -> {
                    told.add(done);
                    return told.size() < 3;
                }))
                .isInstanceOf(CancellationException.class);
        assertThat(told).containsExactly(0.0, 0.2, 0.4);
    }
}
