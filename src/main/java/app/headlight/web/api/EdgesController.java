package app.headlight.web.api;

import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.EdgeEffects;
import app.headlight.engine.refusal.Refusal;
import app.headlight.services.models.OpenModel;
import app.headlight.services.search.CircuitSearch.Ends;
import app.headlight.services.search.SearchTask;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers {@code /api/v1/models/{name}/edges}: which edge between the parts of a model carries what one sentence has and
 * another has not.
 */
@RestController
class EdgesController {

    /** So many edges are a page. */
    static final int PAGE = 10_000;

    private final AskedModel asked;
    private final AskedEdges edges;

    EdgesController(AskedModel asked, AskedEdges edges) {
        this.asked = asked;
        this.edges = edges;
    }

    /** The answer about edges. */
    record EdgesAnswer(
            @JsonProperty("clean_metric") double cleanMetric,
            @JsonProperty("corrupt_metric") double corruptMetric,

            @Schema(
                    description =
                            "The metric of the clean run with that edge alone patched, minus that of the clean run,"
                                    + " by edge, such as embed->L0H0.q, L0H0->L1H3.k, MLP0->logits.")
            Map<String, Double> edges,

            @Schema(description = "Where there are more edges: the number of the page with the next ones.")
            @JsonProperty("next_page")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            Integer nextPage) {}

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
        OpenModel model = asked.open(name);
        List<Map.Entry<Edge, Double>> all = all(model, request);
        int page = request.page() == null ? 0 : request.page();
        Ends ends = edges.ends(model, task(model, request));
        Map<String, Double> shown = new LinkedHashMap<>();
        page(all, page).forEach(edge -> shown.put(edge.getKey().toString(), edge.getValue()));
        return new EdgesAnswer(ends.clean(), ends.corrupt(), shown, (page + 1L) * PAGE < all.size() ? page + 1 : null);
    }

    /** The same as a table, which is shorter where there are hundreds of thousands; all of them where no page is given. */
    @PostMapping(
            path = "/api/v1/models/{name}/edges",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = "text/csv;charset=UTF-8")
    String edgesTable(@PathVariable String name, @RequestBody EdgesRequest request) throws IOException {
        List<Map.Entry<Edge, Double>> all = all(asked.open(name), request);
        StringBuilder table = new StringBuilder();
        try (CSVPrinter rows = new CSVPrinter(table, CSVFormat.RFC4180)) {
            rows.printRecord("writer", "reader", "effect");
            for (Map.Entry<Edge, Double> edge : request.page() == null ? all : page(all, request.page())) {
                rows.printRecord(edge.getKey().writer(), edge.getKey().reader(), edge.getValue());
            }
        }
        return table.toString();
    }

    private static List<Map.Entry<Edge, Double>> page(List<Map.Entry<Edge, Double>> all, int page) {
        if (page < 0 || page > 0 && (long) page * PAGE >= all.size()) {
            throw Refusal.of("“page”", page, "0 to " + Math.max(0, (all.size() - 1) / PAGE));
        }
        return all.subList(page * PAGE, Math.min(all.size(), (page + 1) * PAGE));
    }

    private List<Map.Entry<Edge, Double>> all(OpenModel model, EdgesRequest request) {
        if (request.top() != null && request.top() < 1) {
            throw Refusal.of("“top”", request.top(), "1 at least");
        }
        EdgeEffects effects = new EdgeEffects(edges.effects(
                model,
                task(model, request),
                AskedEdges.method(request.method()),
                new LongSearches.Asked("edges", request.withoutPage())));
        return request.top() == null
                ? List.copyOf(effects.of().entrySet())
                : effects.strongest().stream()
                        .limit(request.top())
                        .map(edge -> Map.entry(edge, effects.of().get(edge)))
                        .toList();
    }

    private static SearchTask task(OpenModel model, EdgesRequest request) {
        return AskedEdges.task(
                model,
                request.clean(),
                request.corrupt(),
                request.answer(),
                request.wrong(),
                request.position(),
                request.metric());
    }
}
