package app.headlight.web.models;

import app.headlight.library.OpenModel;
import app.headlight.residual.EmbeddingComparison;
import app.headlight.residual.EmbeddingComparison.Common;
import app.headlight.residual.EmbeddingComparison.Space;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.PreDestroy;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.stereotype.Service;

/** Compares the embeddings of two models, one pair at a time, each pair once whoever asks. */
@Service
class Comparisons {

    /** How many neighbours are looked at. */
    static final int K = 10;

    /** Tokens of all comparisons that are kept together: some 500 bytes each. */
    private static final long KEPT = 200_000;

    private record Key(String first, String second, Space space) {}

    private final Cache<Key, Comparison> known = Caffeine.newBuilder()
            .maximumWeight(KEPT)
            .<Key, Comparison>weigher((key, comparison) -> comparison.size())
            .build();
    private final ExecutorService turn = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("comparison").factory());

    /**
     * The comparison over some common tokens, begun if it was not yet.
     *
     * @param common {@link CommonVocabulary} of the two, more than {@link #K}
     */
    Comparison of(OpenModel first, OpenModel second, Space space, List<Common> common) {
        Key key = new Key(first.key(), second.key(), space);
        known.asMap().computeIfPresent(key, (same, comparison) -> comparison.isCancelled() ? null : comparison);
        return known.get(key, asked -> {
            Comparison comparison = new Comparison(common.size());
            turn.submit(() -> compute(comparison, first, second, space, common));
            return comparison;
        });
    }

    private static void compute(
            Comparison comparison, OpenModel first, OpenModel second, Space space, List<Common> common) {
        try {
            comparison.complete(
                    EmbeddingComparison.of(first.transformer(), second.transformer(), common, space, K, comparison));
        } catch (CancellationException nobodyWaits) {
            // Forgotten at the next request.
        } catch (RuntimeException failed) {
            comparison.fail(failed);
        }
    }

    @PreDestroy
    void close() {
        turn.shutdownNow();
    }
}
