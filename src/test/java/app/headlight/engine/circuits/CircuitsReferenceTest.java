package app.headlight.engine.circuits;

import static app.headlight.ReferenceModel.doubles;
import static app.headlight.ReferenceModel.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.ReferenceModel;
import app.headlight.engine.tensor.Complex;
import app.headlight.engine.tensor.TopK;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every circuit quantity of expected.json, for each reference model. */
@ParameterizedClass(name = "{0}")
@MethodSource("models")
class CircuitsReferenceTest {

    @Parameter
    ReferenceModel reference;

    static Stream<ReferenceModel> models() {
        return ReferenceModel.all();
    }

    @Test
    void spectraOfTheOvCircuits() {
        for (HeadId head : reference.heads()) {
            Spectrum spectrum = OvCircuit.of(reference.model(), head).spectrum();
            assertSameEigenvalues(spectrum.eigenvalues(), reference.circuit("ov_eigenvalues", head));
            assertThat(spectrum.score())
                    .isCloseTo(reference.circuit("copying_score", head).asDouble(), within(1e-4));
        }
    }

    @Test
    void spectraOfTheQkCircuits() {
        for (HeadId head : reference.heads()) {
            Spectrum spectrum = QkCircuit.of(reference.model(), head).spectrum();
            assertSameEigenvalues(spectrum.eigenvalues(), reference.circuit("qk_eigenvalues", head));
            assertThat(spectrum.score())
                    .isCloseTo(reference.circuit("qk_matching_score", head).asDouble(), within(1e-4));
        }
    }

    @Test
    void largestEntriesOfTheOvCircuits() {
        for (HeadId head : reference.heads()) {
            List<TopK.Cell> entries = OvCircuit.of(reference.model(), head).largestEntries(20);
            JsonNode expected = reference.circuit("ov_top_entries", head);
            assertThat(entries).hasSize(expected.size());
            for (int i = 0; i < expected.size(); i++) {
                assertThat(entries.get(i).row())
                        .isEqualTo(expected.get(i).get(0).asInt());
                assertThat(entries.get(i).column())
                        .isEqualTo(expected.get(i).get(1).asInt());
                assertThat((double) entries.get(i).value())
                        .isCloseTo(expected.get(i).get(2).asDouble(), within(1e-4));
            }
        }
    }

    @Test
    void geometryOfTheHeads() {
        for (HeadId head : reference.heads()) {
            HeadGeometry geometry = HeadGeometry.of(reference.model().head(head));
            assertThat(geometry.ovNorm())
                    .isCloseTo(reference.circuit("ov_norm", head).asDouble(), within(1e-4));
            assertThat(geometry.qkNorm())
                    .isCloseTo(reference.circuit("qk_norm", head).asDouble(), within(1e-4));
            assertThat(geometry.ovEffectiveDimension())
                    .isCloseTo(reference.circuit("ov_effective_dimension", head).asDouble(), within(1e-4));
            double[] expected = doubles(reference.circuit("ov_singular_values", head));
            assertThat(geometry.ovSingularValues()).hasSize(expected.length);
            for (int i = 0; i < expected.length; i++) {
                assertThat(geometry.ovSingularValues().get(i)).isCloseTo(expected[i], within(1e-4));
            }
        }
    }

    @Test
    void rawCompositionScores() {
        int pairs = 0;
        for (Composition kind : Composition.values()) {
            JsonNode expected =
                    reference.expected().get("circuits").get("composition_raw").get(kind.name());
            for (HeadId earlier : reference.heads()) {
                for (HeadId later : reference.heads()) {
                    if (earlier.layer() < later.layer()) {
                        double raw = kind.raw(
                                reference.model().head(earlier),
                                reference.model().head(later));
                        assertThat(raw)
                                .isCloseTo(expected.get(earlier + "->" + later).asDouble(), within(1e-5));
                        pairs++;
                    }
                }
            }
            pairs -= expected.size();
        }
        assertThat(pairs).isZero();
    }

    @Test
    void detectorScores() {
        JsonNode expected = reference.expected().get("detectors");
        Run run = reference.model().run(ints(expected.get("tokens")));
        Map<HeadId, DetectorScores> scores =
                DetectorScores.of(run, expected.get("period").asInt());
        assertThat(scores.keySet()).containsExactlyElementsOf(reference.heads());
        scores.forEach((head, actual) -> {
            JsonNode wanted = expected.get("scores").get(head.toString());
            assertThat(actual.previous()).isCloseTo(wanted.get("previous").asDouble(), within(1e-5));
            assertThat(actual.duplicate()).isCloseTo(wanted.get("duplicate").asDouble(), within(1e-5));
            assertThat(actual.induction()).isCloseTo(wanted.get("induction").asDouble(), within(1e-5));
            assertThat(actual.first()).isCloseTo(wanted.get("first").asDouble(), within(1e-5));
        });
    }

    @Test
    void valueWeightedLastRows() {
        for (JsonNode sentence : reference.expected().get("sentences")) {
            Run run = reference.model().run(ints(sentence.get("tokens")));
            for (HeadId head : reference.heads()) {
                ValueWeighting weighting = ValueWeighting.of(reference.model(), run, head);
                double[] row = doubles(sentence.get("value_weighted_row_last").get(head.toString()));
                assertThat(row).hasSize(run.length());
                for (int s = 0; s < row.length; s++) {
                    assertThat((double) weighting.pattern().get(row.length - 1, s))
                            .isCloseTo(row[s], within(1e-4));
                }
            }
        }
    }

    /** The order within equal magnitudes (a complex pair) is free, so each expected one takes its nearest. */
    private static void assertSameEigenvalues(List<Complex> actual, JsonNode expected) {
        List<Complex> left = new ArrayList<>(actual);
        assertThat(actual).hasSize(expected.size());
        double tolerance = 1e-5 * Math.max(1, actual.getFirst().magnitude());
        for (int i = 0; i < expected.size(); i++) {
            double re = expected.get(i).get(0).asDouble();
            double im = expected.get(i).get(1).asDouble();
            assertThat(actual.get(i).magnitude()).isCloseTo(Math.hypot(re, im), within(tolerance));
            Complex nearest = left.stream()
                    .min((a, b) ->
                            Double.compare(Math.hypot(a.re() - re, a.im() - im), Math.hypot(b.re() - re, b.im() - im)))
                    .orElseThrow();
            left.remove(nearest);
            assertThat(Math.hypot(nearest.re() - re, nearest.im() - im)).isLessThan(tolerance);
        }
    }
}
