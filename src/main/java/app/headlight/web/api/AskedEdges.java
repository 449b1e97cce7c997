package app.headlight.web.api;

import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.EdgeEffects;
import app.headlight.engine.circuits.EdgeTask.Measure;
import app.headlight.engine.circuits.PatchingMap.Metric;
import app.headlight.engine.refusal.Fields;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.models.OpenModel;
import app.headlight.services.search.CircuitSearch;
import app.headlight.services.search.CircuitSearch.Ends;
import app.headlight.services.search.CircuitSearch.Method;
import app.headlight.services.search.SearchRequest;
import app.headlight.services.search.SearchTask;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What requests about edges have in common: two sentences with a metric, and a method. */
@Component
class AskedEdges {

    private static final Map<String, Measure> MEASURES = Map.of("logit_diff", Measure.LOGIT_DIFF, "kl", Measure.KL);
    private static final Map<String, Method> METHODS =
            Map.of("exact", Method.EXACT, "eap", Method.EAP, "eap-ig", Method.EAP_IG);

    private final Laboratory lab;
    private final CircuitSearch search;
    private final LongSearches searches;

    AskedEdges(Laboratory lab, LongSearches searches) {
        this.lab = lab;
        this.searches = searches;
        search = new CircuitSearch(lab);
    }

    static SearchTask task(
            OpenModel model,
            @Nullable SentenceRequest clean,
            @Nullable SentenceRequest corrupt,
            @Nullable Integer answer,
            @Nullable Integer wrong,
            @Nullable Integer position,
            @Nullable String metric) {
        int[] tokens = Fields.needed("clean", clean).prompt(model).tokens();
        Measure measure = Fields.oneOf("metric", metric == null ? "logit_diff" : metric, MEASURES);
        boolean optional = measure == Measure.KL;
        return SearchTask.of(
                tokens,
                Fields.needed("corrupt", corrupt).prompt(model).tokens(),
                new Metric(
                        position == null ? tokens.length - 1 : position,
                        answer == null && optional ? 0 : Fields.needed("answer", answer),
                        wrong == null && optional ? 0 : Fields.needed("wrong", wrong)),
                measure);
    }

    /** The method of that name; exact where none is given. */
    static Method method(@Nullable String name) {
        return Fields.oneOf("method", name == null ? "exact" : name, METHODS);
    }

    /**
     * The effect of every edge.
     *
     * @throws QueuedException if that takes long and is not done
     */
    Map<Edge, Double> effects(OpenModel model, SearchTask task, Method method, LongSearches.Asked asked) {
        ends(model, task); // refuses what cannot be computed, before there is a job
        if (method == Method.EAP) {
            EdgeEffects.checkEap(task.measure());
        }
        return searches.numbers(
                model,
                SearchRequest.effects(model.ref(), task, method),
                CircuitSearch.effectsSeconds(model, task, method),
                asked,
                () -> lab.get(search.effects(model, task, method)).of());
    }

    /**
     * The edges that ACDC keeps, and how far each moved the metric.
     *
     * @throws QueuedException if that takes long and is not done
     */
    Map<Edge, Double> acdc(OpenModel model, SearchTask task, double threshold, LongSearches.Asked asked) {
        ends(model, task);
        return searches.numbers(
                model,
                SearchRequest.acdc(model.ref(), task, threshold),
                CircuitSearch.acdcSeconds(model, task),
                asked,
                () -> lab.get(search.acdc(model, task, threshold)).moves());
    }

    /** The metric of both runs. */
    Ends ends(OpenModel model, SearchTask task) {
        return lab.get(search.ends(model, task));
    }
}
