package app.headlight.engine.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import app.headlight.ReferenceModel;
import app.headlight.engine.circuits.SkipTrigrams.Bug;
import app.headlight.engine.circuits.SkipTrigrams.Source;
import app.headlight.engine.circuits.SkipTrigrams.Trigram;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.tensor.TopK;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Head;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Positions;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.Transformer;
import app.headlight.engine.transformer.Weights;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.junit.jupiter.api.Test;

class SkipTrigramsTest {

    private static final HeadId HEAD = new HeadId(1, 1);

    private final Transformer model = ReferenceModel.load("random-3l-standard").model();
    private final SkipTrigrams trigrams = SkipTrigrams.of(model, HEAD);
    private final FMatrixRMaj qk = denseQk();
    private final FMatrixRMaj ov = denseOv();

    @Test
    void aSourceHasTheStrongestOfItsColumnAndOfItsRow() {
        Source source = trigrams.from(7, 60);
        assertThat(source.destinations())
                .hasSize(60)
                .isSortedAccordingTo((a, b) -> Float.compare(b.value(), a.value()));
        assertThat(source.outputs()).hasSize(60).isSortedAccordingTo((a, b) -> Float.compare(b.value(), a.value()));
        source.destinations().forEach(d -> assertThat(d.value()).isCloseTo(qk.get(d.index(), 7), within(1e-4f)));
        source.outputs().forEach(o -> assertThat(o.value()).isCloseTo(ov.get(7, o.index()), within(1e-4f)));
        assertThat(trigrams.from(7, 3).outputs()).isEqualTo(source.outputs().subList(0, 3));
    }

    @Test
    void fromADestinationOrAnOutputTheSourcesComeFirst() {
        List<Trigram> at = trigrams.at(11, 5);
        assertThat(at).hasSize(5).isSortedAccordingTo((a, b) -> Double.compare(b.qk(), a.qk()));
        List<Trigram> to = trigrams.to(13, 5);
        assertThat(to).hasSize(5).isSortedAccordingTo((a, b) -> Double.compare(b.ov(), a.ov()));
        for (Trigram trigram : at) {
            assertIsInTheDenseCircuits(trigram);
            assertThat(trigram.destination()).isEqualTo(11);
            assertThat(trigram.ov()).isCloseTo(largestInRow(ov, trigram.source()), within(1e-4));
        }
        for (Trigram trigram : to) {
            assertIsInTheDenseCircuits(trigram);
            assertThat(trigram.output()).isEqualTo(13);
            assertThat(trigram.qk())
                    .isCloseTo(largestInRow(CommonOps_FDRM.transpose(qk, null), trigram.source()), within(1e-4));
        }
        assertThat(at.getFirst().qk()).isCloseTo(largestInRow(qk, 11), within(1e-4));
    }

    @Test
    void theStrongestAreTheLargestEntriesOfTheOvCircuit() {
        List<Trigram> strongest = trigrams.strongest(10, Progress.UNWATCHED);
        assertThat(strongest).hasSize(10).allSatisfy(this::assertIsInTheDenseCircuits);
        float largest = Float.NEGATIVE_INFINITY;
        for (float value : ov.data) {
            largest = Math.max(largest, value);
        }
        assertThat(strongest.getFirst().ov()).isCloseTo(largest, within(1e-4));
        assertIsInTheDenseCircuits(trigrams.of(3, 5, 8));
    }

    @Test
    void keepInMindAndKeepAtBayImplyTheCrossedPairs() {
        // The paper's example: 0 keep, 1 in, 2 at, 3 mind, 4 bay.
        Transformer paper = keepInMind();
        SkipTrigrams head = SkipTrigrams.of(paper, new HeadId(0, 0));
        List<Bug> bugs = head.bugs(0, Bigrams.of(paper), 2);
        assertThat(bugs).hasSize(1);
        assertThat(bugs.getFirst().meant())
                .extracting(Trigram::source, Trigram::destination, Trigram::output)
                .containsExactlyInAnyOrder(tuple(0, 1, 3), tuple(0, 2, 4));
        assertThat(bugs.getFirst().crossed())
                .extracting(Trigram::source, Trigram::destination, Trigram::output)
                .containsExactlyInAnyOrder(tuple(0, 1, 4), tuple(0, 2, 3));
        for (Trigram crossed : bugs.getFirst().crossed()) {
            assertThat(crossed).isEqualTo(head.of(0, crossed.destination(), crossed.output()));
            assertThat(crossed.qk()).isPositive();
            assertThat(crossed.ov()).isPositive();
        }
    }

    @Test
    void bigramsAreTheCentredDirectPath() {
        Bigrams bigrams = Bigrams.of(model);
        FMatrixRMaj dense =
                CommonOps_FDRM.mult(model.weights().wE(), model.weights().wU(), null);
        Submatrix.centreRows(dense);
        float largest = Float.NEGATIVE_INFINITY;
        for (int a = 0; a < dense.numRows; a++) {
            assertThat(bigrams.after(a)).containsExactly(CommonOps_FDRM.extractRow(dense, a, null).data, within(1e-4f));
            assertThat(bigrams.before(a))
                    .containsExactly(CommonOps_FDRM.extractColumn(dense, a, null).data, within(1e-4f));
            for (int b = 0; b < dense.numCols; b++) {
                largest = Math.max(largest, dense.get(a, b));
                assertThat(bigrams.raise(a, b)).isCloseTo(dense.get(a, b), within(1e-4));
            }
        }
        List<TopK.Cell> cells = bigrams.largest(12, Progress.UNWATCHED);
        assertThat(cells.getFirst().value()).isCloseTo(largest, within(1e-4f));
        assertThat(cells)
                .hasSize(12)
                .allSatisfy(cell ->
                        assertThat(cell.value()).isCloseTo(dense.get(cell.row(), cell.column()), within(1e-4f)));
    }

    @Test
    void namesATokenThatDoesNotExist() {
        assertThatThrownBy(() -> trigrams.from(60, 1)).hasMessageContaining("token 60");
        assertThatThrownBy(() -> trigrams.at(-1, 1)).hasMessageContaining("token -1");
        assertThatThrownBy(() -> trigrams.to(60, 1)).hasMessageContaining("token 60");
        assertThatThrownBy(() -> Bigrams.of(model).raise(0, 60)).hasMessageContaining("token 60");
    }

    private void assertIsInTheDenseCircuits(Trigram trigram) {
        assertThat(trigram.qk()).isCloseTo(qk.get(trigram.destination(), trigram.source()), within(1e-4));
        assertThat(trigram.ov()).isCloseTo(ov.get(trigram.source(), trigram.output()), within(1e-4));
    }

    private static double largestInRow(FMatrixRMaj matrix, int row) {
        return CommonOps_FDRM.elementMax(CommonOps_FDRM.extractRow(matrix, row, null));
    }

    private FMatrixRMaj denseQk() {
        Head head = model.head(HEAD);
        FMatrixRMaj small =
                CommonOps_FDRM.multTransB(head.wQ().copy(), head.wK().copy(), null);
        FMatrixRMaj left = CommonOps_FDRM.mult(model.weights().wE(), small, null);
        FMatrixRMaj scores = CommonOps_FDRM.multTransB(left, model.weights().wE(), null);
        CommonOps_FDRM.divide(scores, (float) Math.sqrt(model.config().dHead()));
        return scores;
    }

    private FMatrixRMaj denseOv() {
        Head head = model.head(HEAD);
        FMatrixRMaj small = CommonOps_FDRM.mult(head.wV().copy(), head.wO().copy(), null);
        FMatrixRMaj left = CommonOps_FDRM.mult(model.weights().wE(), small, null);
        FMatrixRMaj logits = CommonOps_FDRM.mult(left, model.weights().wU(), null);
        Submatrix.centreRows(logits);
        return logits;
    }

    /** One head in a stream of a dimension for each token; W_U also knows "in mind" and "at bay" as bigrams. */
    private static Transformer keepInMind() {
        Config config = Config.builder()
                .sizes(1, 5, 1, 5, 5, 8)
                .positions(Positions.NONE)
                .build();
        Weights weights = Weights.zeros(config);
        for (int v = 0; v < 5; v++) {
            weights.wE().set(v, v, 1);
            weights.wU().set(v, v, 1);
        }
        weights.wU().set(1, 3, 0.5f);
        weights.wU().set(2, 4, 0.5f);
        weights.layers().getFirst().wQ().set(1, 0, 3); // in and at look for …
        weights.layers().getFirst().wQ().set(2, 0, 2);
        weights.layers().getFirst().wK().set(0, 0, 1); // … keep
        weights.layers().getFirst().wV().set(0, 0, 1); // keep raises …
        weights.layers().getFirst().wO().set(0, 3, 2); // … mind
        weights.layers().getFirst().wO().set(0, 4, 3); // … and bay
        return new Transformer(config, weights, MatrixProducts.fastest());
    }
}
