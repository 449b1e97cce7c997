package app.headlight.web.search;

import app.headlight.engine.circuits.EdgeTask.Measure;
import app.headlight.services.models.OpenModel;
import app.headlight.services.search.CircuitSearch.Method;
import app.headlight.web.view.ExploreAddress;
import app.headlight.web.view.Parameter;
import app.headlight.web.view.Query;
import java.util.List;
import java.util.Map;

/** What the address of the page of circuit search says that it shows. */
record SearchState(Query query) {

    static final String PATH = "search";

    /** The model's name; empty: the first one. */
    static final Parameter<String> MODEL = ExploreAddress.MODEL;
    /** Of the model's training; negative: the finished model. */
    static final Parameter<Integer> STEP = Parameter.whole("step", (int) OpenModel.FINISHED);
    /** Which weights the address was made with, as {@link app.headlight.services.lab.WeightsMark} names them; empty: any. */
    static final Parameter<String> WEIGHTS = Parameter.text("w");
    /** How the pairs of sentences are made. */
    static final Parameter<Task> TASK = Parameter.choice("task", Task.INDUCTION);
    /** How many. */
    static final Parameter<Integer> PAIRS = Parameter.whole("pairs", 8);
    /** With which of all such pairs they begin. */
    static final Parameter<Integer> SEED = Parameter.whole("seed", 1);
    /** The pairs, for {@link Task#OWN}, as rows of CSV. */
    static final Parameter<String> OWN = Parameter.text("own");
    /** What is measured. */
    static final Parameter<Measure> METRIC = Parameter.choice("metric", Measure.LOGIT_DIFF);
    /** The method whose circuit is drawn. */
    static final Parameter<Method> METHOD = Parameter.choice("method", Method.EXACT);
    /** How many of its strongest edges the circuit has; negative: the page chooses. */
    static final Parameter<Integer> KEPT = Parameter.whole("kept", -1);
    /** The edge that is selected, such as {@code L0H0->L1H3.k}; empty: none. */
    static final Parameter<String> EDGE = Parameter.text("edge");

    static final SearchState FIRST = new SearchState(
            Query.of(List.of(MODEL, STEP, WEIGHTS, TASK, PAIRS, SEED, OWN, METRIC, METHOD, KEPT, EDGE)));

    /** How the pairs of sentences are made. */
    enum Task {
        /** A passage comes again. */
        INDUCTION,
        /** Of two names one comes again. */
        TWO_NAMES,
        /** As a person writes them. */
        OWN
    }

    static SearchState of(Map<String, String> parameters) {
        return new SearchState(FIRST.query.read(parameters));
    }

    String address() {
        return query.at(PATH);
    }

    <T> T get(Parameter<T> parameter) {
        return query.get(parameter);
    }

    <T> SearchState with(Parameter<T> parameter, T value) {
        return new SearchState(query.with(parameter, value));
    }

    /** Without what cannot be read. */
    SearchState readable() {
        return new SearchState(query.readable());
    }

    /** Another task; what was chosen of the circuit belongs to the old one and is dropped. */
    <T> SearchState withTask(Parameter<T> parameter, T value) {
        return with(parameter, value).with(KEPT, -1).with(EDGE, "");
    }

    /** Another model, on such pairs of its own words; pairs that a person wrote stay. */
    SearchState withModel(String other) {
        return withTask(MODEL, other).with(STEP, (int) OpenModel.FINISHED).with(WEIGHTS, "");
    }

    /** The step; {@link OpenModel#FINISHED} where none is given. */
    long step() {
        return get(STEP);
    }
}
