package app.headlight.services.search;

import app.headlight.services.models.ModelRef;
import app.headlight.services.search.CircuitSearch.Method;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a long search computes, as it is stored: a number of edges of a model on one pair of sentences, as programs ask for
 * it; or circuits on several pairs, as pages do.
 *
 * @param model whose hash says which weights: a search of others is another one
 * @param task the one pair; null where there are several
 * @param method whose effects of all edges are computed; null: the edges that ACDC keeps
 * @param threshold of ACDC; null for a method
 * @param pairs null where there is one pair
 * @param methods whose circuits on the pairs are computed; empty: those of ACDC; null where there is one pair
 */
public record SearchRequest(
        ModelRef model,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SearchTask task,
        @Nullable Method method,
        @Nullable Double threshold,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable PairSet pairs,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Method> methods) {

    public SearchRequest {
        methods = methods == null ? null : List.copyOf(methods);
    }

    public static SearchRequest effects(ModelRef model, SearchTask task, Method method) {
        return new SearchRequest(model, task, method, null, null, null);
    }

    public static SearchRequest acdc(ModelRef model, SearchTask task, double threshold) {
        return new SearchRequest(model, task, null, threshold, null, null);
    }

    /** What {@link CircuitSearch#results} computes. */
    public static SearchRequest results(ModelRef model, PairSet pairs, List<Method> methods) {
        return new SearchRequest(model, null, null, null, pairs, methods);
    }

    /** What {@link CircuitSearch#acdc(app.headlight.services.models.OpenModel, PairSet, double)} computes. */
    public static SearchRequest acdc(ModelRef model, PairSet pairs, double threshold) {
        return new SearchRequest(model, null, null, threshold, pairs, List.of());
    }
}
