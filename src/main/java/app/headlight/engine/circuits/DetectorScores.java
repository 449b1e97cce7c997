package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Hooks;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.RecordedRun;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Site.Kind;
import app.headlight.engine.transformer.Transformer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;

/**
 * The scores of a head by four detectors: its attention to the places that four known kinds of head attend to, as means
 * over the last N positions t = T-N .. T-1 of a text of period N, in [0, 1] (Olsson et al. 2022, "In-context Learning
 * and Induction Heads").
 *
 * @param previous attention to the token before: A[t, t-1]
 * @param duplicate to the same token one period earlier: A[t, t-N]
 * @param induction to the token after that one, prefix matching: A[t, t-N+1]
 * @param first to the first token: A[t, 0]
 */
public record DetectorScores(double previous, double duplicate, double induction, double first) {

    /** So many texts are read at once: more need more memory, and take hardly less time. */
    private static final int AT_ONCE = 5;

    /**
     * The scores of every head in a run, by layer and head; empty for a model without heads.
     *
     * @param period N, the number of tokens after which the text repeats
     * @throws Refusal if the run is too short for the period: T &lt; 2N
     */
    public static Map<HeadId, DetectorScores> of(Run run, int period) {
        if (period < 1 || period > run.length() / 2) {
            throw new Refusal("a period of " + period + " in a run of " + run.length()
                    + " tokens; expected at least 1 and at most half of the run");
        }
        Map<HeadId, DetectorScores> scores = new LinkedHashMap<>();
        for (int layer = 0; layer < run.config().nLayers(); layer++) {
            for (int head = 0; head < run.config().nHeads(); head++) {
                HeadId id = new HeadId(layer, head);
                scores.put(id, of(run.pattern(id), period));
            }
        }
        return Collections.unmodifiableMap(scores);
    }

    /**
     * The mean scores of every head over some runs of period N of a model, by layer and head; empty for a model without
     * heads.
     */
    public static Map<HeadId, DetectorScores> of(Transformer model, RepeatedTokens texts) {
        Map<HeadId, DetectorScores> means = new LinkedHashMap<>();
        if (model.config().nLayers() == 0) {
            return means;
        }
        double share = 1.0 / texts.sequences().size();
        for (int from = 0; from < texts.sequences().size(); from += AT_ONCE) {
            List<int[]> some =
                    texts.sequences().subList(from, Math.min(texts.sequences().size(), from + AT_ONCE));
            Patterns patterns = new Patterns(model.config(), some.size(), texts.period());
            model.watch(some, patterns);
            for (DetectorScores[] ofText : patterns.scores) {
                for (HeadId id : model.heads()) {
                    DetectorScores scores = ofText[patterns.index(id.layer(), id.head())];
                    means.merge(id, scores.times(share), DetectorScores::plus);
                }
            }
        }
        return Collections.unmodifiableMap(means);
    }

    /** The scores of every head on each of some texts, which a pass leaves here. */
    private static final class Patterns implements Hooks {

        private final Config config;
        private final int period;
        private final DetectorScores[][] scores; // by text and head

        Patterns(Config config, int texts, int period) {
            this.config = config;
            this.period = period;
            this.scores = new DetectorScores[texts][config.nLayers() * config.nHeads()];
        }

        int index(int layer, int head) {
            return layer * config.nHeads() + head;
        }

        @Override
        public boolean wants(Kind kind, int layer, int head) {
            return kind == Kind.PATTERN;
        }

        @Override
        public boolean at(Site site, int sequence, FMatrixRMaj values) {
            scores[sequence][index(site.layer(), site.head())] = of(Matrix.of(values), period);
            return false;
        }
    }

    /**
     * The same four on any text: attention to the token before, to the same token anywhere earlier, to the tokens that
     * followed it there, and to the first token. They are means over the positions t &gt; 0, for duplicate and
     * induction only over those whose token was there before, NaN if there are none. Empty for a model without heads.
     *
     * @param windows the windows of the text, each run by itself
     * @param progress told before each window and at the end
     */
    public static Map<HeadId, DetectorScores> onText(Transformer model, List<int[]> windows, Progress progress) {
        Map<HeadId, DetectorScores> sums = new LinkedHashMap<>();
        long positions = 0;
        long returning = 0;
        for (int i = 0; i < windows.size() && !model.heads().isEmpty(); i++) {
            progress.report(i, windows.size());
            Run run = model.run(windows.get(i));
            Returns returns = Returns.of(run.tokens());
            positions += run.length() - 1;
            returning += returns.count();
            model.heads().forEach(head -> sums.merge(head, returns.sums(run.pattern(head)), DetectorScores::plus));
        }
        progress.report(1, 1);
        return means(sums, positions, returning);
    }

    /**
     * The same of one run that was recorded elsewhere; all NaN where it has one token alone.
     *
     */
    public static Map<HeadId, DetectorScores> onText(RecordedRun run) {
        Returns returns = Returns.of(run.ids());
        Map<HeadId, DetectorScores> sums = new LinkedHashMap<>();
        run.heads().forEach(head -> sums.put(head, returns.sums(run.pattern(head))));
        return means(sums, run.length() - 1L, returns.count());
    }

    private static Map<HeadId, DetectorScores> means(Map<HeadId, DetectorScores> sums, long positions, long returning) {
        double each = positions == 0 ? Double.NaN : 1.0 / positions;
        double eachReturning = returning == 0 ? Double.NaN : 1.0 / returning;
        sums.replaceAll((head, sum) -> new DetectorScores(
                sum.previous * each, sum.duplicate * eachReturning, sum.induction * eachReturning, sum.first * each));
        return Collections.unmodifiableMap(sums);
    }

    private static DetectorScores of(Matrix pattern, int period) {
        DetectorScores sum = new DetectorScores(0, 0, 0, 0);
        for (int t = pattern.rows() - period; t < pattern.rows(); t++) {
            sum = sum.plus(new DetectorScores(
                    pattern.get(t, t - 1),
                    pattern.get(t, t - period),
                    pattern.get(t, t - period + 1),
                    pattern.get(t, 0)));
        }
        return sum.times(1.0 / period);
    }

    DetectorScores plus(DetectorScores other) {
        return new DetectorScores(
                previous + other.previous,
                duplicate + other.duplicate,
                induction + other.induction,
                first + other.first);
    }

    private DetectorScores times(double factor) {
        return new DetectorScores(previous * factor, duplicate * factor, induction * factor, first * factor);
    }
}
