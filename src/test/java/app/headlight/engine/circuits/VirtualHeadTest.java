package app.headlight.engine.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.ReferenceModel;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualHeadTest {

    private static final List<HeadId> HEADS = List.of(new HeadId(0, 2), new HeadId(1, 0), new HeadId(2, 1));

    private final Transformer model = ReferenceModel.load("random-3l-standard").model();
    private final VirtualHead virtual = VirtualHead.of(model, HEADS);

    @Test
    void patternIsThatOfTheLaterHeadTimesThatOfTheEarlier() {
        Run run = model.run(new int[] {4, 9, 4, 30, 12, 9, 1});
        FMatrixRMaj pattern = virtual.pattern(model, run).copy();
        for (int t = 0; t < run.length(); t++) {
            double sum = 0;
            for (int s = 0; s < run.length(); s++) {
                double ways = 0;
                for (int i = 0; i < run.length(); i++) {
                    for (int j = 0; j < run.length(); j++) {
                        ways += run.pattern(HEADS.get(2)).get(t, i)
                                * run.pattern(HEADS.get(1)).get(i, j)
                                * run.pattern(HEADS.get(0)).get(j, s);
                    }
                }
                assertThat((double) pattern.get(t, s)).isCloseTo(ways, within(1e-6));
                assertThat(s > t && ways != 0).isFalse();
                sum += pattern.get(t, s);
            }
            assertThat(sum).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void ovCircuitIsTheDenseProduct() {
        FMatrixRMaj dense = dense();
        for (int source = 0; source < dense.numRows; source++) {
            float[] outputs = virtual.ovCircuit(model).outputsOf(source, false);
            for (int output = 0; output < dense.numCols; output++) {
                assertThat(outputs[output]).isCloseTo(dense.get(source, output), within(1e-4f));
            }
        }
    }

    @Test
    void eigenvaluesAreThoseOfTheDenseCircuit() {
        FMatrixRMaj dense = dense();
        DMatrixRMaj square = new DMatrixRMaj(dense.numRows, dense.numCols);
        for (int i = 0; i < dense.data.length; i++) {
            square.data[i] = dense.data[i];
        }
        var eigen = DecompositionFactory_DDRM.eig(square.numRows, false);
        assertThat(eigen.decompose(square)).isTrue();
        double[] magnitudes = IntStream.range(0, square.numRows)
                .mapToDouble(i -> -eigen.getEigenvalue(i).getMagnitude())
                .sorted()
                .toArray();
        Spectrum spectrum = virtual.ovCircuit(model).spectrum();
        assertThat(spectrum.eigenvalues()).hasSize(model.config().dHead());
        for (int i = 0; i < spectrum.eigenvalues().size(); i++) {
            assertThat(spectrum.eigenvalues().get(i).magnitude()).isCloseTo(-magnitudes[i], within(1e-3));
        }
        double trace = 0;
        for (int i = 0; i < dense.numRows; i++) {
            trace += dense.get(i, i);
        }
        assertThat(spectrum.eigenvalues().stream()
                        .mapToDouble(value -> value.re())
                        .sum())
                .isCloseTo(trace, within(1e-3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"random-3l-standard", "random-2l-lnpre-biases"})
    void effectOnLogitsIsThatOfThePathThroughItsHeads(String name) {
        Transformer other = ReferenceModel.load(name).model();
        Run run = other.run(new int[] {4, 9, 4, 30, 12, 9, 1});
        VirtualHead pair = VirtualHead.of(other, List.of(new HeadId(0, 1), new HeadId(1, 0)));
        LogitEffect effect = LogitEffect.of(other, run);
        FMatrixRMaj effects = effect.of(pair).copy();
        for (int t = 1; t < run.length(); t++) {
            int target = effect.target(t);
            LogitDirection direction = LogitDirection.difference(other, run, t, target, 0);
            PathExpansion.Term path = PathExpansion.of(other, run, direction).terms().stream()
                    .filter(term -> term.heads().equals(pair.heads()))
                    .findFirst()
                    .orElseThrow();
            double sum = 0;
            for (int s = 0; s <= t; s++) {
                float[] row = effect.row(pair, t, s);
                sum += row[target] - row[0];
                assertThat(row[target]).isCloseTo(effects.get(t, s), within(1e-4f));
            }
            // The path begins at the embedding, so what b_V of the first head adds is no part of it.
            double bias = biasThrough(other, run, pair, direction);
            assertThat(sum - bias).isCloseTo(path.value(), within(2e-4));
        }
    }

    /** What b_V of the first head becomes by way of both, without any of the engine's own products. */
    private static double biasThrough(Transformer model, Run run, VirtualHead pair, LogitDirection direction) {
        HeadId first = pair.heads().get(0);
        HeadId second = pair.heads().get(1);
        int d = model.config().dModel();
        boolean normed = model.config().norm() == Norm.LN_PRE;
        double[] written = new double[d];
        for (int j = 0; j < d; j++) {
            for (int k = 0; k < model.config().dHead(); k++) {
                written[j] +=
                        model.head(first).bV().get(k) * model.head(first).wO().get(k, j);
            }
        }
        double[] moved = new double[d];
        double[] read = normed ? centred(written) : written;
        for (int k = 0; k < model.config().dHead(); k++) {
            double value = 0;
            for (int i = 0; i < d; i++) {
                value += read[i] * model.head(second).wV().get(i, k);
            }
            for (int j = 0; j < d; j++) {
                moved[j] += value * model.head(second).wO().get(k, j);
            }
        }
        double[] last = normed ? centred(moved) : moved;
        double along = 0;
        for (int j = 0; j < d; j++) {
            along += last[j] * direction.vector()[j];
        }
        int t = direction.destination();
        double weight = 0;
        for (int m = 0; m <= t; m++) {
            weight += run.pattern(second).get(t, m) * run.normScale(second.layer())[m];
        }
        return along * weight * run.normScale(model.config().nLayers())[t];
    }

    private static double[] centred(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        return Arrays.stream(values).map(x -> x - mean).toArray();
    }

    @Test
    void theStrongestWayIsTheLargestOfAllProducts() {
        Run run = model.run(new int[] {4, 9, 4, 30, 12, 9, 1});
        for (int t = 0; t < run.length(); t++) {
            for (int s = 0; s <= t; s++) {
                double largest = -1;
                List<Integer> at = List.of();
                for (int i = 0; i < run.length(); i++) {
                    for (int j = 0; j < run.length(); j++) {
                        double product = (double) run.pattern(HEADS.get(2)).get(t, i)
                                * run.pattern(HEADS.get(1)).get(i, j)
                                * run.pattern(HEADS.get(0)).get(j, s);
                        if (product > largest) {
                            largest = product;
                            at = List.of(i, j);
                        }
                    }
                }
                VirtualHead.Way way = virtual.strongestWay(run, t, s);
                assertThat(way.weight()).isCloseTo(largest, within(1e-6));
                assertThat(way.positions()).isEqualTo(at);
            }
        }
        assertThatThrownBy(() -> virtual.strongestWay(run, 2, 3)).hasMessageContaining("source 3");
    }

    @Test
    void extensionsAreAllHeadsBeforeAndBehindTheStrongestFirst() {
        HeadId middle = new HeadId(1, 0);
        List<VirtualHead.Extension> extensions = VirtualHead.extensions(model, List.of(middle));
        assertThat(extensions).hasSize(2 * model.config().nHeads());
        for (int i = 0; i < extensions.size(); i++) {
            List<HeadId> heads = extensions.get(i).heads();
            assertThat(extensions.get(i).ratio())
                    .isCloseTo(Composition.V.raw(model.head(heads.get(0)), model.head(heads.get(1))), within(1e-6));
            assertThat(i == 0
                            || extensions.get(i - 1).ratio()
                                    >= extensions.get(i).ratio())
                    .isTrue();
        }
        assertThat(VirtualHead.extensions(model, List.of(middle, new HeadId(2, 1))))
                .hasSize(model.config().nHeads())
                .allSatisfy(extension ->
                        assertThat(extension.heads().getFirst().layer()).isZero());
        assertThat(VirtualHead.extensions(model, HEADS)).isEmpty();
    }

    @Test
    void isOfTwoHeadsOrMoreEachInALaterLayer() {
        assertThat(virtual.name()).isEqualTo("L0H2->L1H0->L2H1");
        assertThatThrownBy(() -> VirtualHead.of(model, HEADS.subList(0, 1))).hasMessageContaining("two heads");
        assertThatThrownBy(() -> VirtualHead.of(model, List.of(new HeadId(1, 0), new HeadId(1, 1))))
                .hasMessageContaining("does not come before");
        assertThatThrownBy(() -> VirtualHead.of(model, List.of(new HeadId(1, 0), new HeadId(3, 1))))
                .hasMessageContaining("no head L3H1");
    }

    private FMatrixRMaj dense() {
        FMatrixRMaj stream = model.weights().wE();
        for (HeadId id : HEADS) {
            stream = CommonOps_FDRM.mult(
                    stream,
                    CommonOps_FDRM.mult(
                            model.head(id).wV().copy(), model.head(id).wO().copy(), null),
                    null);
        }
        return CommonOps_FDRM.mult(stream, model.weights().wU(), null);
    }
}
