package app.headlight.web.api;

import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.EdgeCircuit;
import app.headlight.engine.circuits.EdgeEffects;
import app.headlight.engine.circuits.EdgeTask.Measure;
import app.headlight.engine.refusal.Refusal;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Answers {@code /api/v1/models/{name}/circuit}: what a circuit of some edges does. */
@RestController
class CircuitController {

    private final Laboratory lab;
    private final CircuitSearch search;
    private final AskedModel asked;
    private final AskedEdges edges;

    CircuitController(Laboratory lab, AskedModel asked, AskedEdges edges) {
        this.lab = lab;
        search = new CircuitSearch(lab);
        this.asked = asked;
        this.edges = edges;
    }

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
            summary = "What a circuit does",
            description =
                    "Runs the clean sentence with every edge patched that is not of the circuit. The circuit is given"
                            + " by its edges (keep), by the others (drop), by the number of its edges (top) or by a"
                            + " threshold.")
    @PostMapping(
            path = "/api/v1/models/{name}/circuit",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    CircuitAnswer circuit(@PathVariable String name, @RequestBody CircuitRequest request) {
        OpenModel model = asked.open(name);
        SearchTask task = AskedEdges.task(
                model,
                request.clean(),
                request.corrupt(),
                request.answer(),
                request.wrong(),
                request.position(),
                request.metric());
        Set<Edge> kept = kept(model, task, request);
        EdgeCircuit found = lab.get(search.circuits(model, task, List.of(kept))).getFirst();
        Ends ends = edges.ends(model, task);
        return new CircuitAnswer(
                metric(task, found),
                found.kl(),
                ends.clean(),
                ends.corrupt(),
                EdgeCircuit.faithfulness(metric(task, found), ends.clean(), ends.corrupt()),
                kept.stream().map(Edge::toString).toList());
    }

    private static double metric(SearchTask task, EdgeCircuit circuit) {
        return task.measure() == Measure.KL ? circuit.kl() : circuit.difference();
    }

    private Set<Edge> kept(OpenModel model, SearchTask task, CircuitRequest request) {
        LongSearches.Asked asked = new LongSearches.Asked("circuit", request);
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
            if (!(request.threshold() > 0)) {
                throw Refusal.of("“threshold”", request.threshold(), "a number above 0");
            }
            return edges.acdc(model, task, request.threshold(), asked).keySet();
        }
        if (request.top() != null) {
            if (request.top() < 0) {
                throw Refusal.of("“top”", request.top(), "0 at least");
            }
            Method method = AskedEdges.method(request.method());
            Set<Edge> strongest = new EdgeEffects(edges.effects(model, task, method, asked))
                    .strongest().stream().limit(request.top()).collect(Collectors.toSet());
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
