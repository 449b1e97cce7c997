package app.headlight.services.lab;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.ReferenceModel;
import app.headlight.engine.circuits.Bigrams;
import app.headlight.engine.circuits.CompositionGraph;
import app.headlight.engine.circuits.CopyingHeads;
import app.headlight.engine.circuits.DetectorScores;
import app.headlight.engine.circuits.HeadComputation;
import app.headlight.engine.circuits.LogitAttribution;
import app.headlight.engine.circuits.LogitDirection;
import app.headlight.engine.circuits.LogitEffect;
import app.headlight.engine.circuits.OvCircuit;
import app.headlight.engine.circuits.PathExpansion;
import app.headlight.engine.circuits.PatternGradient;
import app.headlight.engine.circuits.QkCircuit;
import app.headlight.engine.circuits.RepeatedTokens;
import app.headlight.engine.circuits.ScoreParts;
import app.headlight.engine.circuits.SingularDirections;
import app.headlight.engine.circuits.SkipTrigrams;
import app.headlight.engine.circuits.Spectra;
import app.headlight.engine.circuits.TextMeasures;
import app.headlight.engine.circuits.ValueWeighting;
import app.headlight.engine.circuits.VirtualHead;
import app.headlight.engine.residual.Bandwidth;
import app.headlight.engine.residual.Deletion;
import app.headlight.engine.residual.LogitLens;
import app.headlight.engine.residual.NamedDirection;
import app.headlight.engine.residual.Neighbours;
import app.headlight.engine.residual.Pca;
import app.headlight.engine.residual.StreamNorms;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The laboratory gives one value to many: whatever one of them does with it, the others must still read the same. */
class SharedValuesTest {

    private static final HeadId EARLIER = new HeadId(0, 1);
    private static final HeadId HEAD = new HeadId(1, 0);

    static Stream<Object> values() {
        Transformer model = ReferenceModel.load("random-2l-shortformer-biases").model();
        int[] tokens = {3, 1, 4, 1, 5, 3, 1};
        Run run = model.run(tokens);
        LogitDirection logit = LogitDirection.logit(model, run, 5, 2);
        VirtualHead virtual = VirtualHead.of(model, List.of(EARLIER, HEAD));
        return Stream.of(
                run,
                run.logits(),
                LogitEffect.Targets.of(model, run),
                LogitEffect.of(model, run).of(HEAD),
                ValueWeighting.of(model, run, HEAD),
                PatternGradient.ofMeanLoss(model, run),
                logit,
                LogitAttribution.of(model, run, logit),
                PathExpansion.of(model, run, logit),
                ScoreParts.of(model, run, HEAD).at(5, 3),
                ScoreParts.of(model, run, HEAD).between(null, null),
                HeadComputation.of(model, run, HEAD, 5, 4),
                virtual.pattern(model, run),
                virtual.strongestWay(run, 5, 3),
                VirtualHead.extensions(model, List.of(HEAD)),
                OvCircuit.of(model, HEAD).between(tokens, true),
                OvCircuit.of(model, HEAD).spectrum(),
                QkCircuit.of(model, HEAD).between(tokens),
                SingularDirections.ofOv(model, HEAD, 3),
                SkipTrigrams.of(model, HEAD).from(3, 4),
                Spectra.of(model),
                CompositionGraph.of(model),
                CopyingHeads.of(model, run),
                Bigrams.of(model),
                Bigrams.of(model).next(3),
                DetectorScores.of(run, 3),
                DetectorScores.of(model, RepeatedTokens.of(model.config())),
                TextMeasures.of(model, List.of(tokens), Progress.UNWATCHED),
                LogitLens.of(model, run, 3),
                StreamNorms.of(run),
                Pca.of(run, 2),
                NamedDirection.readBy(model, HEAD),
                NamedDirection.readBy(model, HEAD).project(run),
                Deletion.of(run),
                Bandwidth.of(model),
                Neighbours.inEmbedding(model, 3, 4));
    }

    @ParameterizedTest
    @MethodSource("values")
    void nobodyCanChangeThem(Object value) {
        String before = new Visit(false).of(value);
        new Visit(true).of(value);
        assertThat(new Visit(false).of(value)).isEqualTo(before);
    }

    /** A value that hands out its own array, and one that hands out its own matrix. */
    private record Careless(double[] numbers, FMatrixRMaj matrix) {}

    @Test
    void seesWhatCouldBeChanged() {
        Careless value = new Careless(new double[] {1, 2}, new FMatrixRMaj(1, 1));
        String before = new Visit(false).of(value);
        assertThat(before).contains("1.0").contains("2.0");
        new Visit(true).of(value);
        assertThat(new Visit(false).of(value)).isNotEqualTo(before);
    }
}
