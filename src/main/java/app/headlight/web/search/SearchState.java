package app.headlight.web.search;

import app.headlight.engine.circuits.EdgeTask.Measure;
import app.headlight.services.models.OpenModel;
import app.headlight.services.search.CircuitSearch.Method;
import app.headlight.web.view.Address;
import app.headlight.web.view.AskedPairs;
import app.headlight.web.view.AskedPairs.Made;
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
    static final Parameter<Made> TASK = Parameter.choice("task", Made.INDUCTION);
    /** How many. */
    static final Parameter<Integer> PAIRS = Parameter.whole("pairs", 8);
    /** With which of all such pairs they begin. */
    static final Parameter<Integer> SEED = Parameter.whole("seed", 1);
    /** The pairs, for {@link Made#OWN}, as rows of CSV or lines of JSON. */
    static final Parameter<String> OWN = Parameter.text("own");
    /** What is measured. */
    static final Parameter<Measure> METRIC = Parameter.choice("metric", Measure.LOGIT_DIFF);
    /** The method whose circuit is drawn. */
    static final Parameter<Way> METHOD = Parameter.choice("method", Way.EXACT);
    /** Of {@link Way#ACDC}: edges are dropped that move the metric by less, in logits or nats. */
    static final Parameter<Double> THRESHOLD = Parameter.positive("threshold", 0.1);
    /** How many of its strongest edges the circuit has; negative: the page chooses. */
    static final Parameter<Integer> KEPT = Parameter.whole("kept", -1);
    /** The edge that is selected, such as {@code L0H0->L1H3.k}; empty: none. */
    static final Parameter<String> EDGE = Parameter.text("edge");

    /** Heads and MLPs that people have named together. */
    static final Parameter<NodeGroups> GROUPS = NodeGroups.PARAMETER;

    static final SearchState FIRST = new SearchState(Query.of(
            List.of(MODEL, STEP, WEIGHTS, TASK, PAIRS, SEED, OWN, METRIC, METHOD, THRESHOLD, KEPT, EDGE, GROUPS)));

    /** How a circuit is found. */
    enum Way {
        EXACT("exact", "Each edge patched"),
        EAP("EAP", "Estimated by the derivative at the clean run"),
        EAP_IG("EAP-IG", "By the mean of derivatives between both sentences"),
        ACDC("ACDC", "From the logits backwards, edges are dropped that move the metric by less than a threshold");

        private final String label;
        private final String meaning;

        Way(String label, String meaning) {
            this.label = label;
            this.meaning = meaning;
        }

        /** That finds an effect of each edge. */
        static Way of(Method method) {
            return valueOf(method.name());
        }

        /** As people call it. */
        String label() {
            return label;
        }

        String meaning() {
            return meaning;
        }
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

    /** The pairs that it asks for. */
    AskedPairs pairs() {
        return new AskedPairs(get(TASK), get(PAIRS), get(SEED), get(OWN));
    }

    /** Other pairs; what was chosen of the circuit belongs to the old ones and is dropped. */
    SearchState withPairs(AskedPairs asked) {
        return withTask(TASK, asked.made())
                .with(PAIRS, asked.count())
                .with(SEED, asked.seed())
                .with(OWN, asked.own());
    }

    /** Another model, on such pairs of its own words; pairs that a person wrote stay. */
    SearchState withModel(String other) {
        return withTask(MODEL, other).with(STEP, (int) OpenModel.FINISHED).with(WEIGHTS, "");
    }

    /** What an address says that was written before. */
    static SearchState at(String address) {
        return of(Address.of(address).parameters()).readable();
    }

    /** What is searched, and how, of whatever model. */
    SearchState task() {
        return FIRST.withTaskOf(this);
    }

    /** The same model with the pairs, the metric and the method of another. */
    SearchState withTaskOf(SearchState other) {
        SearchState changed = with(KEPT, -1).with(EDGE, "");
        for (Parameter<?> parameter : List.of(TASK, PAIRS, SEED, OWN, METRIC, METHOD, THRESHOLD)) {
            changed = changed.copied(parameter, other);
        }
        return changed;
    }

    private <T> SearchState copied(Parameter<T> parameter, SearchState other) {
        return with(parameter, other.get(parameter));
    }

    /** The step; {@link OpenModel#FINISHED} where none is given. */
    long step() {
        return get(STEP);
    }
}
