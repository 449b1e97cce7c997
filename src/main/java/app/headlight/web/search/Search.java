package app.headlight.web.search;

import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.EdgeTask.Measure;
import app.headlight.engine.circuits.MeanCurve;
import app.headlight.services.models.OpenModel;
import app.headlight.services.search.CircuitSearch.Method;
import app.headlight.services.search.CircuitSearch.Results;
import app.headlight.services.search.SearchResult;
import app.headlight.web.view.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What the page shows at the moment: the task with its pairs, and what the methods found. */
record Search(OpenModel model, SearchState state, SearchPairs pairs, Results results) {

    /** A circuit that the page chooses keeps at least this share of the behaviour on the pairs where it was found. */
    private static final double FAITHFUL = 0.8;

    /** More edges are not drawn. */
    static final int MOST_DRAWN = 500;

    static String name(Method method) {
        return switch (method) {
            case EXACT -> "exact";
            case EAP -> "EAP";
            case EAP_IG -> "EAP-IG";
        };
    }

    Measure measure() {
        return state.get(SearchState.METRIC);
    }

    String measureInWords() {
        return measure() == Measure.KL ? "KL" : "logit difference";
    }

    /** The method whose circuit is drawn: the one that is asked for, or the first there is. */
    Method method() {
        Method asked = state.get(SearchState.METHOD);
        return results.by().containsKey(asked)
                ? asked
                : results.by().keySet().iterator().next();
    }

    SearchResult result() {
        return Objects.requireNonNull(results.by().get(method()));
    }

    int edges() {
        return Edge.all(model.config()).size();
    }

    /** The edges of the circuit's method, the strongest first, as many as are drawn. */
    List<Edge> strongest() {
        return Objects.requireNonNull(result().effects()).strongest().stream()
                .limit(MOST_DRAWN)
                .toList();
    }

    double effect(Edge edge) {
        return Objects.requireNonNull(result().effects()).of().get(edge);
    }

    /** How many edges the circuit has: as asked for, else the fewest of the curve's that are faithful. */
    int kept() {
        int asked = state.get(SearchState.KEPT);
        int most = Math.min(edges(), MOST_DRAWN);
        if (asked >= 0) {
            return Math.min(asked, most);
        }
        return result().found().strongest().points().stream()
                .filter(point -> point.faithfulness().mean() >= FAITHFUL)
                .mapToInt(MeanCurve.Point::kept)
                .map(kept -> Math.min(kept, most))
                .findFirst()
                .orElse(most);
    }

    /** The edge that is selected; empty where none is, or it is not among those that are drawn. */
    Optional<Edge> selected() {
        String asked = state.get(SearchState.EDGE);
        return strongest().stream()
                .filter(edge -> edge.toString().equals(asked))
                .findFirst();
    }

    /** For people, what the address asks for of the circuit and is not there. */
    List<String> notThere() {
        List<String> notices = new ArrayList<>();
        if (state.get(SearchState.KEPT) > strongest().size()) {
            notices.add("The address says kept=" + state.get(SearchState.KEPT) + "; the circuit has "
                    + strongest().size() + " edges at most, which are kept.");
        }
        if (!state.get(SearchState.EDGE).isEmpty() && selected().isEmpty()) {
            notices.add("The address says edge=" + Parameter.shortened(state.get(SearchState.EDGE))
                    + ", which is not among the strongest edges of this circuit; none is selected.");
        }
        int alike = alike();
        if (alike > 0) {
            notices.add(
                    "On " + alike + " of " + pairs.pairs().size() + " pairs the clean and the corrupt run are alike in"
                            + " what is measured. There is nothing to keep of no difference; the curves leave them out.");
        }
        return notices;
    }

    /** Of how many pairs the two runs are alike. */
    private int alike() {
        return result().found().strongest().alike()
                + (result().heldOut() == null
                        ? 0
                        : result().heldOut().strongest().alike());
    }

    /** What the pictures depend on, besides what is chosen of the circuit. */
    List<Object> key() {
        return List.of(model.ref(), pairs.set(), results.by().keySet());
    }
}
