package app.headlight.services.measures;

import app.headlight.engine.circuits.CopyingHeads;
import app.headlight.engine.circuits.DetectorScores;
import app.headlight.engine.circuits.OvCircuit;
import app.headlight.engine.circuits.RandomComposition;
import app.headlight.engine.circuits.RepeatedTokens;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Head;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.Transformer;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.lab.Measurement;
import app.headlight.services.measures.Measured.Impossible;
import app.headlight.services.measures.Measured.Value;
import app.headlight.services.models.OpenModel;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;

/**
 * Measures a {@link Measure} of a model once, by the laboratory. Whatever is random in a measurement (texts, pairs of
 * sentences, the baseline) is drawn from the seed: equal seeds give equal numbers.
 */
@Service
public class Measures {

    private final Laboratory lab;
    private final PairMeasures onPairs;

    Measures(Laboratory lab) {
        this.lab = lab;
        onPairs = new PairMeasures(lab);
    }

    /** Measures now, and waits for it. */
    public Measured get(OpenModel model, Measure measure, long seed) {
        return lab.get(of(model, measure, seed));
    }

    /**
     * The question to the laboratory.
     *
     * @param seed without effect on a measure that is not {@linkplain Measure#isDrawn() drawn}
     */
    public Measurement<Measured> of(OpenModel model, Measure measure, long seed) {
        long drawn = measure.isDrawn() ? seed : 0;
        return Measurement.slow(
                model.ref(), "measure", List.of(measure, drawn), progress -> measured(model, measure, drawn, progress));
    }

    private Measured measured(OpenModel model, Measure measure, long seed, Progress progress) {
        try {
            double value = value(model, measure, seed, progress);
            return Double.isFinite(value) ? new Value(value) : new Impossible("the value is not finite");
        } catch (Refusal impossible) {
            return new Impossible(impossible.getMessage());
        }
    }

    private double value(OpenModel model, Measure measure, long seed, Progress progress) {
        Transformer transformer = model.transformer();
        return switch (measure) {
            case Measure.Score score -> score(model, score, seed, progress);
            case Measure.Copying copying ->
                OvCircuit.of(transformer, copying.head()).spectrum().score();
            case Measure.Composed composed -> {
                Head earlier = transformer.head(composed.earlier());
                Head later = transformer.head(composed.later());
                yield composed.kind().raw(earlier, later)
                        - RandomComposition.ofHeads(model.config(), transformer.products(), seed)
                                .mean();
            }
            case Measure.Ablating ablating -> onPairs.ablating(model, ablating, seed, progress);
            case Measure.Circuit circuit -> onPairs.circuit(model, circuit, seed, progress);
        };
    }

    private double score(OpenModel model, Measure.Score score, long seed, Progress progress) {
        HeadId head = model.transformer().head(score.head()).id();
        Config config = model.config();
        if (!RepeatedTokens.fits(config)) {
            throw new Refusal(
                    "the context of " + config.nCtx() + " tokens is too short for random tokens and the same again");
        }
        if (score.detector() == Measure.Detector.COPYING) {
            return CopyingHeads.of(model.transformer(), head, RepeatedTokens.of(config, seed), progress);
        }
        DetectorScores scores = scores(model, seed).get(head);
        return switch (score.detector()) {
            case PREVIOUS -> scores.previous();
            case DUPLICATE -> scores.duplicate();
            case INDUCTION -> scores.induction();
            case FIRST -> scores.first();
            case COPYING -> throw new IllegalStateException("copying is measured above");
        };
    }

    /** Of every head, since one pass gives all of them. */
    private Map<HeadId, DetectorScores> scores(OpenModel model, long seed) {
        return lab.get(Measurement.slow(
                model.ref(),
                "detector scores of a seed",
                List.of(seed),
                progress -> DetectorScores.of(model.transformer(), RepeatedTokens.of(model.config(), seed))));
    }
}
