package app.headlight.web.search;

import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.EdgeEffects;
import app.headlight.engine.circuits.EdgeTask.Measure;
import app.headlight.engine.circuits.MeanCurve;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.findings.Subject;
import app.headlight.services.models.OpenModel;
import app.headlight.services.search.CircuitSearch.Method;
import app.headlight.services.search.CircuitSearch.Results;
import app.headlight.services.search.ReadyPair;
import app.headlight.services.search.SearchResult;
import app.headlight.services.search.SearchTask;
import app.headlight.web.findings.Offered;
import app.headlight.web.pairs.ReadPairs;
import app.headlight.web.python.SearchPython;
import app.headlight.web.search.SearchState.Way;
import app.headlight.web.view.Parameter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows at the moment: the task with its pairs, and what the methods found.
 *
 * @param acdc what ACDC found by the threshold of the address; null where it is not asked for
 */
record Search(
        OpenModel model,
        SearchState state,
        ReadPairs pairs,
        Results results,
        @Nullable SearchResult acdc) {

    /** A circuit that the page chooses keeps at least this share of the behaviour on the pairs where it was found. */
    private static final double FAITHFUL = 0.8;

    /** An edge whose exact effect is at least this share of the largest matters. */
    private static final double MATTERS = 0.2;

    /** An estimate that is a smaller share of the exact effect says next to nothing. */
    private static final double VANISHED = 0.02;

    /** More edges are not drawn. */
    static final int MOST_DRAWN = 500;

    Measure measure() {
        return state.get(SearchState.METRIC);
    }

    String measureInWords() {
        return measure() == Measure.KL ? "KL" : "logit difference";
    }

    /** What each way found, in the order in which pictures show them. */
    Map<Way, SearchResult> found() {
        Map<Way, SearchResult> found = new EnumMap<>(Way.class);
        results.by().forEach((method, result) -> found.put(Way.of(method), result));
        if (acdc != null) {
            found.put(Way.ACDC, acdc);
        }
        return found;
    }

    /** The way whose circuit is drawn: the one that is asked for, or the first there is. */
    Way way() {
        Way asked = state.get(SearchState.METHOD);
        return found().containsKey(asked) ? asked : found().keySet().iterator().next();
    }

    double threshold() {
        return state.get(SearchState.THRESHOLD);
    }

    SearchResult result() {
        return Objects.requireNonNull(found().get(way()));
    }

    private EdgeEffects effects() {
        return Objects.requireNonNull(result().effects());
    }

    int edges() {
        return Edge.all(model.config()).size();
    }

    /** The edges of the circuit's method, the strongest first, as many as are drawn; of ACDC those that it keeps. */
    List<Edge> strongest() {
        return effects().strongest().stream()
                .filter(edge -> way() != Way.ACDC || effect(edge) != 0)
                .limit(MOST_DRAWN)
                .toList();
    }

    double effect(Edge edge) {
        return effects().of().get(edge);
    }

    /**
     * The strongest of the exact effects that the method, an estimate by derivatives, takes for next to nothing; empty where
     * there is none, or the exact effects are not known.
     */
    Optional<Edge> missed() {
        SearchResult exact = results.by().get(Method.EXACT);
        if (exact == null || exact.effects() == null || way() == Way.EXACT || way() == Way.ACDC) {
            return Optional.empty();
        }
        Map<Edge, Double> effects = exact.effects().of();
        List<Edge> strongest = exact.effects().strongest();
        double most = Math.abs(effects.get(strongest.getFirst()));
        return strongest.stream()
                .takeWhile(edge -> Math.abs(effects.get(edge)) > most * MATTERS)
                .filter(edge -> Math.abs(effect(edge)) < Math.abs(effects.get(edge)) * VANISHED)
                .findFirst();
    }

    /** The exact effect of an edge, where exact effects are known. */
    double exactEffect(Edge edge) {
        return Objects.requireNonNull(
                        Objects.requireNonNull(results.by().get(Method.EXACT)).effects())
                .of()
                .get(edge);
    }

    /** How many edges the circuit has: as asked for, else all of ACDC, else the fewest of the curve's that are faithful. */
    int kept() {
        int asked = state.get(SearchState.KEPT);
        int most = strongest().size();
        if (asked >= 0) {
            return Math.min(asked, most);
        }
        if (way() == Way.ACDC) {
            return most;
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
        List<String> gone = state.get(SearchState.GROUPS).notIn(model.config());
        if (!gone.isEmpty()) {
            notices.add(
                    "The address groups " + String.join(", ", gone) + ", which " + model.name() + " does not have.");
        }
        int alike = alike();
        if (alike > 0) {
            notices.add(
                    "On " + alike + " of " + pairs.pairs().size() + " pairs the clean and the corrupt run are alike in"
                            + " what is measured. There is nothing to keep of no"
                            + " difference; the curves leave them out.");
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

    /** The pairs as Python asks about them, of both halves or of that where circuits are found. */
    List<SearchPython.Pair> python(boolean both) {
        List<SearchPython.Pair> shown = new ArrayList<>();
        int found = pairs.set().found().size();
        for (int i = 0; i < (both ? pairs.pairs().size() : found); i++) {
            ReadyPair pair = pairs.pairs().get(i);
            SearchTask task = pairs.set().pairs().get(i);
            shown.add(new SearchPython.Pair(
                    i < found ? PairsTable.FOUND : PairsTable.HELD_OUT,
                    List.of(pair.clean(), pair.corrupt(), pair.answer(), pair.wrong()),
                    task.clean().stream().mapToInt(token -> token).toArray(),
                    task.corrupt().stream().mapToInt(token -> token).toArray(),
                    task.metric().answer(),
                    task.metric().wrong()));
        }
        return shown;
    }

    /** What a finding could be about: the two heads of the selected edge, the model. */
    List<Offered> subjects() {
        List<Offered> subjects = new ArrayList<>();
        HeadId writer = selected().map(edge -> edge.writer().head()).orElse(null);
        HeadId reader = selected()
                .filter(edge -> edge.reader().kind().isOfHead())
                .map(edge -> edge.reader().writes().head())
                .orElse(null);
        if (writer != null && reader != null) {
            subjects.add(Offered.of(Subject.ofPair(model.name(), writer, reader)));
        }
        subjects.add(Offered.of(Subject.ofModel(model.name())));
        return subjects;
    }

    /** What the pictures depend on, besides what is chosen of the circuit. */
    List<Object> key() {
        return List.of(model.ref(), pairs.set(), found().keySet(), acdc == null ? 0 : threshold());
    }
}
