package app.headlight.engine.residual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.engine.residual.EmbeddingComparison.Change;
import app.headlight.engine.residual.EmbeddingComparison.Common;
import app.headlight.engine.residual.EmbeddingComparison.Space;
import app.headlight.engine.residual.Neighbours.Neighbour;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Positions;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.Transformer;
import app.headlight.engine.transformer.Weights;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EmbeddingComparisonTest {

    /** More tokens than a block has. */
    private static final Config CONFIG =
            Config.builder().sizes(0, 6, 1, 4, 300, 8).positions(Positions.NONE).build();

    private static final List<Common> ALL =
            IntStream.range(0, 300).mapToObj(v -> new Common(v, v)).toList();

    private final Transformer first = model(RandomModels.weights(CONFIG, 1));
    private final Transformer second = model(RandomModels.weights(CONFIG, 2));

    @ParameterizedTest
    @EnumSource(Space.class)
    void overlapsAreThoseOfTheNeighboursTokenByToken(Space space) {
        EmbeddingComparison comparison = EmbeddingComparison.of(first, second, ALL, space, 8, share -> true);
        assertThat(comparison.changes()).hasSize(300);
        for (Change change : comparison.changes()) {
            List<Integer> a = nearest(first, change.token().first(), space);
            List<Integer> b = nearest(second, change.token().second(), space);
            assertThat(change.nearestFirst()).isEqualTo(a);
            assertThat(change.nearestSecond()).isEqualTo(b);
            Set<Integer> both = new HashSet<>(a);
            both.retainAll(b);
            Set<Integer> either = new HashSet<>(a);
            either.addAll(b);
            assertThat(change.overlap()).isEqualTo((double) both.size() / either.size());
        }
        assertThat(comparison.changes()).isSortedAccordingTo(Comparator.comparingDouble(Change::overlap));
    }

    @Test
    void aTokenThatMovedComesFirst() {
        Weights moved = RandomModels.weights(CONFIG, 1);
        for (int d = 0; d < 6; d++) {
            moved.wE().data[270 * 6 + d] *= -1;
        }
        EmbeddingComparison comparison =
                EmbeddingComparison.of(first, model(moved), ALL, Space.EMBEDDING, 5, share -> true);
        assertThat(comparison.changes().getFirst().token()).isEqualTo(new Common(270, 270));
        assertThat(comparison.changes().getFirst().overlap()).isZero();
        assertThat(comparison.changes().getLast().overlap()).isEqualTo(1);
    }

    @Test
    void otherIdsOfTheSameTokensChangeNothing() {
        Weights renamed = RandomModels.weights(CONFIG, 1);
        float[] original = RandomModels.weights(CONFIG, 1).wE().data;
        List<Common> common = new ArrayList<>();
        for (int v = 0; v < 300; v++) {
            System.arraycopy(original, v * 6, renamed.wE().data, (299 - v) * 6, 6);
            if (v % 3 != 0) {
                common.add(new Common(v, 299 - v));
            }
        }
        EmbeddingComparison comparison =
                EmbeddingComparison.of(first, model(renamed), common, Space.EMBEDDING, 4, share -> true);
        assertThat(comparison.changes()).hasSize(200).allSatisfy(change -> {
            assertThat(change.overlap()).isEqualTo(1);
            assertThat(change.nearestFirst()).noneMatch(v -> v % 3 == 0);
            assertThat(change.nearestSecond())
                    .isEqualTo(change.nearestFirst().stream().map(v -> 299 - v).toList());
        });
    }

    @Test
    void tellsHowFarItIsAndEndsWhenItIsToldTo() {
        List<Double> shares = new ArrayList<>();
        EmbeddingComparison.of(first, second, ALL, Space.EMBEDDING, 1, shares::add);
        assertThat(shares).containsExactly(0.0, 256.0 / 300, 1.0);
        assertThatThrownBy(() -> EmbeddingComparison.of(first, second, ALL, Space.EMBEDDING, 1, share -> share < 0.5))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void saysWhatCannotBeCompared() {
        assertThatThrownBy(() -> EmbeddingComparison.of(first, second, ALL, Space.EMBEDDING, 300, share -> true))
                .hasMessageContaining("300 neighbours");
        List<Common> beyond = List.of(new Common(0, 1), new Common(1, 300));
        assertThatThrownBy(() -> EmbeddingComparison.of(first, second, beyond, Space.EMBEDDING, 1, share -> true))
                .hasMessageContaining("token 300");
    }

    private static List<Integer> nearest(Transformer model, int token, Space space) {
        List<Neighbour> neighbours = space == Space.EMBEDDING
                ? Neighbours.inEmbedding(model, token, 8)
                : Neighbours.inUnembedding(model, token, 8);
        return neighbours.stream().map(Neighbour::token).toList();
    }

    private static Transformer model(Weights weights) {
        return new Transformer(CONFIG, weights, MatrixProducts.fastest());
    }
}
