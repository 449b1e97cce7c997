package app.headlight.services.search;

import app.headlight.services.models.ModelRef;
import app.headlight.services.search.CircuitSearch.Method;
import org.jspecify.annotations.Nullable;

/**
 * What a long search computes, as it is stored: a number of edges of a model on one pair of sentences.
 *
 * @param model whose hash says which weights: a search of others is another one
 * @param method whose effects of all edges are computed; null: the edges that ACDC keeps
 * @param threshold of ACDC; null for a method
 */
public record SearchRequest(
        ModelRef model,
        SearchTask task,
        @Nullable Method method,
        @Nullable Double threshold) {

    public static SearchRequest effects(ModelRef model, SearchTask task, Method method) {
        return new SearchRequest(model, task, method, null);
    }

    public static SearchRequest acdc(ModelRef model, SearchTask task, double threshold) {
        return new SearchRequest(model, task, null, threshold);
    }
}
