package app.headlight.engine.residual;

import static app.headlight.ReferenceModel.doubles;
import static app.headlight.ReferenceModel.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.ReferenceModel;
import app.headlight.engine.residual.LogitLens.TokenProbability;
import app.headlight.engine.residual.Neighbours.Neighbour;
import app.headlight.engine.transformer.Run;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every quantity of the residual stream in expected.json, for each reference model. */
@ParameterizedClass(name = "{0}")
@MethodSource("models")
class ResidualReferenceTest {

    @Parameter
    ReferenceModel reference;

    static Stream<ReferenceModel> models() {
        return ReferenceModel.all();
    }

    @Test
    void logitLensByLayer() {
        for (JsonNode sentence : reference.expected().get("sentences")) {
            Run run = reference.model().run(ints(sentence.get("tokens")));
            LogitLens lens = LogitLens.of(reference.model(), run, 5);
            JsonNode expected = sentence.get("logit_lens_top5");
            assertThat(lens.cells()).hasSize(expected.size());
            for (int l = 0; l < expected.size(); l++) {
                for (int t = 0; t < run.length(); t++) {
                    assertThat(lens.at(l, t).top())
                            .extracting(TokenProbability::token)
                            .containsExactly(Arrays.stream(ints(expected.get(l).get(t)))
                                    .boxed()
                                    .toArray(Integer[]::new));
                }
            }
        }
    }

    @Test
    void lastLayerOfTheLogitLensIsTheModel() {
        for (JsonNode sentence : reference.expected().get("sentences")) {
            Run run = reference.model().run(ints(sentence.get("tokens")));
            LogitLens lens = LogitLens.of(reference.model(), run, 5);
            double[] losses = doubles(sentence.get("loss"));
            for (int t = 0; t < losses.length; t++) {
                LogitLens.Cell cell = lens.at(run.config().nLayers(), t);
                assertThat(-Math.log(cell.probability())).isCloseTo(losses[t], within(1e-3));
                assertThat(cell.divergence()).isZero();
                JsonNode best = sentence.get("top5_by_position").get(t).get(0);
                assertThat(Math.log(cell.top().getFirst().probability()))
                        .isCloseTo(best.get(1).asDouble(), within(1e-4));
            }
        }
    }

    @Test
    void normsOfTheStream() {
        for (JsonNode sentence : reference.expected().get("sentences")) {
            StreamNorms norms = StreamNorms.of(reference.model().run(ints(sentence.get("tokens"))));
            JsonNode expected = sentence.get("resid_norm");
            assertThat(norms.norms()).hasNumberOfRows(expected.size());
            for (int l = 0; l < expected.size(); l++) {
                assertThat(norms.norms()[l]).containsExactly(doubles(expected.get(l)), within(1e-4));
            }
        }
    }

    @Test
    void varianceOfThePrincipalComponents() {
        for (JsonNode sentence : reference.expected().get("sentences")) {
            Pca pca = Pca.of(reference.model().run(ints(sentence.get("tokens"))), 5);
            double[] expected = doubles(sentence.get("residual_pca_explained"));
            for (int i = 0; i < expected.length; i++) {
                assertThat(pca.explained().get(i)).isCloseTo(expected[i], within(1e-6));
            }
        }
    }

    @Test
    void neighboursInTheEmbedding() {
        for (Map.Entry<String, JsonNode> token :
                reference.expected().get("neighbours").properties()) {
            JsonNode expected = token.getValue();
            List<Neighbour> neighbours =
                    Neighbours.inEmbedding(reference.model(), Integer.parseInt(token.getKey()), expected.size());
            for (int i = 0; i < expected.size(); i++) {
                assertThat(neighbours.get(i).token())
                        .isEqualTo(expected.get(i).get(0).asInt());
                assertThat(neighbours.get(i).cosine())
                        .isCloseTo(expected.get(i).get(1).asDouble(), within(1e-6));
            }
        }
    }
}
