package app.headlight.web.api;

import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.EdgeCircuit;
import app.headlight.engine.circuits.EdgeEffects;
import app.headlight.engine.circuits.EdgeTask.Measure;
import app.headlight.engine.circuits.PatchingMap.Metric;
import app.headlight.engine.refusal.Fields;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.UncomputableException;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.models.OpenModel;
import app.headlight.services.search.CircuitSearch;
import app.headlight.services.search.CircuitSearch.Ends;
import app.headlight.services.search.CircuitSearch.Method;
import app.headlight.services.search.SearchTask;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers {@code /api/v1/models/{name}/edges} and {@code /circuit}: which edge between the parts of a model carries what
 * one sentence has and another has not, and what a circuit of some edges does.
 */
@RestController
class EdgesController {

    private static final Map<String, Measure> MEASURES = Map.of("logit_diff", Measure.LOGIT_DIFF, "kl", Measure.KL);
    private static final Map<String, Method> METHODS =
            Map.of("exact", Method.EXACT, "eap", Method.EAP, "eap-ig", Method.EAP_IG);

    private static final double MOST_SECONDS = 120;

    private final Laboratory lab;
    private final CircuitSearch search;
    private final AskedModel asked;

    EdgesController(Laboratory lab, AskedModel asked) {
        this.lab = lab;
        search = new CircuitSearch(lab);
        this.asked = asked;
    }

    /** The answer about edges. */
    record EdgesAnswer(
            @JsonProperty("clean_metric") double cleanMetric,
            @JsonProperty("corrupt_metric") double corruptMetric,

            @Schema(
                    description =
                            "The metric of the clean run with that edge alone patched, minus that of the clean run,"
                                    + " by edge, such as embed->L0H0.q, L0H0->L1H3.k, MLP0->logits.")
            Map<String, Double> edges) {}

    /** The answer about a circuit. */
    record CircuitAnswer(
            double metric,
            double kl,

            @Schema(description = "Of the clean run.") @JsonProperty("clean_metric")
            double cleanMetric,

            @JsonProperty("corrupt_metric") double corruptMetric,

            @Schema(
                    description =
                            "(metric − corrupt_metric) / (clean_metric − corrupt_metric); null where both differ by"
                                    + " less than 0.001.")
            @JsonInclude(JsonInclude.Include.ALWAYS)
            @Nullable
            Double faithfulness,

            @Schema(description = "The edges of the circuit.")
            List<String> keep) {}

    @Operation(
            summary = "The effect of every edge",
            description =
                    "Patches each edge between a writer of the residual stream and a reader of it: that reader alone"
                            + " reads what that writer writes in the corrupt run.")
    @PostMapping(
            path = "/api/v1/models/{name}/edges",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    EdgesAnswer edges(@PathVariable String name, @RequestBody EdgesRequest request) {
        EdgeEffects effects = effects(name, request);
        Ends ends = lab.get(search.ends(asked.open(name), task(asked.open(name), request)));
        Map<String, Double> edges = new LinkedHashMap<>();
        shown(effects, request)
                .forEach(edge -> edges.put(edge.toString(), effects.of().get(edge)));
        return new EdgesAnswer(ends.clean(), ends.corrupt(), edges);
    }

    /** The same as a table, which is shorter where there are hundreds of thousands. */
    @PostMapping(
            path = "/api/v1/models/{name}/edges",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = "text/csv;charset=UTF-8")
    String edgesTable(@PathVariable String name, @RequestBody EdgesRequest request) throws IOException {
        EdgeEffects effects = effects(name, request);
        StringBuilder table = new StringBuilder();
        try (CSVPrinter rows = new CSVPrinter(table, CSVFormat.RFC4180)) {
            rows.printRecord("writer", "reader", "effect");
            for (Edge edge : shown(effects, request).toList()) {
                rows.printRecord(edge.writer(), edge.reader(), effects.of().get(edge));
            }
        }
        return table.toString();
    }

    private static Stream<Edge> shown(EdgeEffects effects, EdgesRequest request) {
        return request.top() == null
                ? effects.of().keySet().stream()
                : effects.strongest().stream().limit(request.top());
    }

    private EdgeEffects effects(String name, EdgesRequest request) {
        OpenModel model = asked.open(name);
        SearchTask task = task(model, request);
        Method method = Fields.oneOf("method", request.method() == null ? "exact" : request.method(), METHODS);
        if (request.top() != null && request.top() < 1) {
            throw Refusal.of("“top”", request.top(), "1 at least");
        }
        if (method == Method.EXACT) {
            checkTime(model, task, "exact");
        }
        return lab.get(search.effects(model, task, method));
    }

    private static SearchTask task(OpenModel model, EdgesRequest request) {
        return task(
                model,
                request.clean(),
                request.corrupt(),
                request.answer(),
                request.wrong(),
                request.position(),
                request.metric());
    }

    @Operation(
            summary = "What a circuit does",
            description =
                    "Runs the clean sentence with every edge patched that is not of the circuit. The circuit is given"
                            + " by its edges (keep), by the others (drop), by the number of its edges (top) or by a threshold.")
    @PostMapping(
            path = "/api/v1/models/{name}/circuit",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    CircuitAnswer circuit(@PathVariable String name, @RequestBody CircuitRequest request) {
        OpenModel model = asked.open(name);
        SearchTask task = task(
                model,
                request.clean(),
                request.corrupt(),
                request.answer(),
                request.wrong(),
                request.position(),
                request.metric());
        Set<Edge> kept = kept(model, task, request);
        EdgeCircuit found = lab.get(search.circuits(model, task, List.of(kept))).getFirst();
        Ends ends = lab.get(search.ends(model, task));
        return new CircuitAnswer(
                metric(task, found),
                found.kl(),
                ends.clean(),
                ends.corrupt(),
                EdgeCircuit.faithfulness(metric(task, found), ends.clean(), ends.corrupt()),
                kept.stream().map(Edge::toString).toList());
    }

    /**
     * Refuses what would take far longer than a request waits.
     *
     * @throws UncomputableException saying how long it would take, and what is quicker
     */
    private static void checkTime(OpenModel model, SearchTask task, String method) {
        double seconds = CircuitSearch.exactSeconds(model, List.of(task));
        if (seconds > MOST_SECONDS) {
            throw new UncomputableException(String.format(
                    Locale.ROOT,
                    "“method” is “%s”, which runs this model for each of its %,d edges: about %,.0f minutes. “eap” and “eap-ig”"
                            + " estimate all of them in one pass and in five.",
                    method,
                    Edge.all(model.config()).size(),
                    seconds / 60));
        }
    }

    private static double metric(SearchTask task, EdgeCircuit circuit) {
        return task.measure() == Measure.KL ? circuit.kl() : circuit.difference();
    }

    private static SearchTask task(
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

    private Set<Edge> kept(OpenModel model, SearchTask task, CircuitRequest request) {
        boolean acdc = "acdc".equals(request.method());
        long given = Stream.of(request.keep(), request.drop(), request.top(), request.threshold())
                .filter(field -> field != null)
                .count();
        if (given != 1) {
            throw new Refusal("the circuit is given " + (given == 0 ? "in no way" : "in several ways")
                    + "; expected one of “keep”, “drop”, “top” and “threshold”");
        }
        if (request.method() != null && request.top() == null && request.threshold() == null) {
            throw new Refusal("“method” is “" + request.method()
                    + "” and there is nothing to find by it; expected “top” or" + " “threshold” with it");
        }
        if (acdc != (request.threshold() != null)) {
            throw new Refusal(
                    acdc
                            ? "“method” is “acdc” and “threshold” is missing"
                            : "“threshold” is given, which only the method “acdc” takes");
        }
        Set<Edge> all = new LinkedHashSet<>(Edge.all(model.config()));
        if (request.threshold() != null) {
            checkTime(model, task, "acdc");
            return lab.get(search.acdc(model, task, request.threshold())).kept();
        }
        if (request.top() != null) {
            if (request.top() < 0) {
                throw Refusal.of("“top”", request.top(), "0 at least");
            }
            Method method = Fields.oneOf("method", request.method() == null ? "exact" : request.method(), METHODS);
            if (method == Method.EXACT) {
                checkTime(model, task, "exact");
            }
            Set<Edge> strongest = lab.get(search.effects(model, task, method)).strongest().stream()
                    .limit(request.top())
                    .collect(Collectors.toSet());
            all.retainAll(strongest);
            return all;
        }
        Set<Edge> named = Stream.concat(
                        request.keep() == null ? Stream.of() : request.keep().stream(),
                        request.drop() == null ? Stream.of() : request.drop().stream())
                .map(edge -> Edge.parse(edge, model.config()))
                .collect(Collectors.toSet());
        if (request.keep() != null) {
            all.retainAll(named);
        } else {
            all.removeAll(named);
        }
        return all;
    }
}
