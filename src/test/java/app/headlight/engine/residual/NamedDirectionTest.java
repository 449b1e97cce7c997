package app.headlight.engine.residual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.ReferenceModel;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.residual.Neighbours.Neighbour;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class NamedDirectionTest {

    private final Transformer model = ReferenceModel.load("random-3l-standard").model();
    private final Run run = model.run(new int[] {3, 1, 4, 1, 5});

    /** Without a norm, what lies along a token's unembedding times its length is the token's logit less its bias. */
    @Test
    void projectionOnAnUnembeddingIsTheTokensLogit() {
        NamedDirection direction = NamedDirection.unembedding(model, 7, "seven");
        FMatrixRMaj wU = model.weights().wU();
        double length = 0;
        for (int d = 0; d < wU.numRows; d++) {
            length += wU.get(d, 7) * wU.get(d, 7);
        }
        double[] along = direction.project(run).byLayer()[3];
        for (int t = 0; t < run.length(); t++) {
            double logit = run.logits().get(t, 7) - model.weights().bU()[7];
            assertThat(along[t] * Math.sqrt(length)).isCloseTo(logit, within(1e-4));
        }
    }

    @Test
    void projectionOnADifferenceOrdersTwoLogits() {
        double[][] along =
                NamedDirection.difference(model, 7, 2, "7 – 2").project(run).byLayer();
        for (int t = 0; t < run.length(); t++) {
            double difference = run.logits().get(t, 7)
                    - model.weights().bU()[7]
                    - run.logits().get(t, 2)
                    + model.weights().bU()[2];
            assertThat(Math.signum(along[3][t])).isEqualTo(Math.signum(difference));
        }
    }

    /** u^T W_OV = σ v^T: what the head reads along its first left vector it writes along its first right one. */
    @Test
    void aHeadWritesAlongItsRightVectorWhatItReadsAlongItsLeft() {
        HeadId id = new HeadId(1, 1);
        var head = model.head(id);
        double[] read = NamedDirection.readBy(model, id).unit();
        double[] written = NamedDirection.writtenBy(model, id).unit();
        double sigma = head.ov().svd().s()[0];
        for (int out = 0; out < written.length; out++) {
            double sum = 0;
            for (int d = 0; d < read.length; d++) {
                for (int k = 0; k < head.wV().columns(); k++) {
                    sum += read[d] * head.wV().get(d, k) * head.wO().get(k, out);
                }
            }
            assertThat(sum).isCloseTo(sigma * written[out], within(1e-4));
        }
        assertThat(NamedDirection.readBy(model, id).name()).isEqualTo("L1H1 reads");
    }

    @Test
    void refusesADirectionWithoutLength() {
        assertThatThrownBy(() -> NamedDirection.difference(model, 7, 7, "nothing"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("nothing");
        assertThatThrownBy(() -> NamedDirection.unembedding(model, 5000, "x")).hasMessageContaining("token 5000");
    }

    @Test
    void neighboursInTheUnembeddingAreTheNearestColumns() {
        FMatrixRMaj wU = model.weights().wU();
        List<Neighbour> neighbours = Neighbours.inUnembedding(model, 4, 3);
        assertThat(neighbours).hasSize(3).isSortedAccordingTo((a, b) -> Double.compare(b.cosine(), a.cosine()));
        double dot = 0;
        double own = 0;
        double other = 0;
        int token = neighbours.getFirst().token();
        for (int d = 0; d < wU.numRows; d++) {
            dot += wU.get(d, 4) * wU.get(d, token);
            own += wU.get(d, 4) * wU.get(d, 4);
            other += wU.get(d, token) * wU.get(d, token);
        }
        assertThat(neighbours.getFirst().cosine()).isCloseTo(dot / Math.sqrt(own * other), within(1e-6));
        assertThat(Neighbours.inUnembedding(model, 4, 100_000))
                .hasSize(model.config().dVocab() - 1);
        assertThatThrownBy(() -> Neighbours.inEmbedding(model, -1, 3)).hasMessageContaining("token -1");
    }
}
