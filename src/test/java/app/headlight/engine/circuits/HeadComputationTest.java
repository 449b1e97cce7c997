package app.headlight.engine.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.ReferenceModel;
import app.headlight.engine.circuits.HeadComputation.Source;
import app.headlight.engine.transformer.Head;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HeadComputationTest {

    static Stream<ReferenceModel> models() {
        return ReferenceModel.all()
                .filter(reference -> reference.model().config().nLayers() > 0);
    }

    @ParameterizedTest
    @MethodSource("models")
    void itsPartsAreTheHeadsComputationDoneByHand(ReferenceModel reference) {
        int[] tokens =
                ReferenceModel.ints(reference.expected().get("sentences").get(0).get("tokens"));
        Run run = reference.model().run(tokens);
        int destination = tokens.length - 1;
        for (HeadId id : reference.heads()) {
            Head head = reference.model().head(id);
            HeadComputation all = HeadComputation.of(reference.model(), run, id, destination, tokens.length);
            double weights = 0;
            float[] z = new float[all.z().length];
            for (Source source : all.sources()) {
                double dot = 0;
                for (int i = 0; i < z.length; i++) {
                    dot += (double) all.q()[i] * source.k()[i];
                    z[i] += source.weight() * source.v()[i];
                }
                assertThat(dot / Math.sqrt(z.length)).isCloseTo(source.score(), within(1e-3));
                weights += source.weight();
            }
            assertThat(weights).isCloseTo(1, within(1e-5));
            assertThat(all.z()).containsExactly(z, within(1e-4f));
            for (int i = 0; i < all.result().length; i++) {
                double written = 0;
                for (int k = 0; k < z.length; k++) {
                    written += (double) z[k] * head.wO().get(k, i);
                }
                assertThat(written).isCloseTo(all.result()[i], within(1e-3));
            }
            // The value of the destination itself comes from x.
            Source own = all.sources().getLast();
            for (int k = 0; k < z.length; k++) {
                double value = head.bV().get(k);
                for (int i = 0; i < all.x().length; i++) {
                    value += (double) all.x()[i] * head.wV().get(i, k);
                }
                assertThat(value).isCloseTo(own.v()[k], within(1e-3));
            }
            HeadComputation strongest = HeadComputation.of(reference.model(), run, id, destination, 2);
            assertThat(strongest.sources()).hasSize(2).isSortedAccordingTo((a, b) -> a.position() - b.position());
        }
        assertThatThrownBy(() -> HeadComputation.of(reference.model(), run, new HeadId(0, 0), tokens.length, 2))
                .hasMessageContaining("no position");
    }
}
