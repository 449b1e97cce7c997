package app.headlight.engine.residual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.ReferenceModel;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogitLensTest {

    private final Transformer model = ReferenceModel.load("random-3l-standard").model();
    private final int vocabulary = model.config().dVocab();
    // Longer than what is computed at once.
    private final Run run =
            model.run(IntStream.range(0, 24).map(t -> t * 7 % 11).toArray());
    private final LogitLens lens = LogitLens.of(model, run, vocabulary);

    @Test
    void probabilitiesOfAllTokensSumToOneAndFall() {
        for (int l = 0; l <= 3; l++) {
            for (int t = 0; t < run.length(); t++) {
                var top = lens.at(l, t).top();
                assertThat(top).hasSize(vocabulary);
                assertThat(top.stream()
                                .mapToDouble(LogitLens.TokenProbability::probability)
                                .sum())
                        .isCloseTo(1, within(1e-9));
                assertThat(top).isSortedAccordingTo((a, b) -> Double.compare(b.probability(), a.probability()));
            }
        }
    }

    @Test
    void rankAndProbabilityAreThoseOfTheNextToken() {
        for (int t = 0; t + 1 < run.length(); t++) {
            LogitLens.Cell cell = lens.at(1, t);
            LogitLens.TokenProbability atRank = cell.top().get(cell.rank().orElseThrow() - 1);
            assertThat(atRank.token()).isEqualTo(run.tokens()[t + 1]);
            assertThat(atRank.probability()).isEqualTo(cell.probability());
        }
        LogitLens.Cell last = lens.at(1, run.length() - 1);
        assertThat(last.rank()).isEmpty();
        assertThat(last.probability()).isNaN();
        assertThat(last.divergence()).isPositive();
    }

    @Test
    void divergenceIsFromTheFinalDistribution() {
        double expected = 0;
        for (var token : lens.at(3, 5).top()) {
            double q = lens.at(1, 5).top().stream()
                    .filter(other -> other.token() == token.token())
                    .findFirst()
                    .orElseThrow()
                    .probability();
            expected += token.probability() * Math.log(token.probability() / q);
        }
        assertThat(lens.at(1, 5).divergence()).isCloseTo(expected, within(1e-6)).isPositive();
    }
}
