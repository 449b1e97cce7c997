package app.headlight.web.circuits;

import app.headlight.services.models.OpenModel;
import app.headlight.web.view.ExploreAddress;
import app.headlight.web.view.Parameter;
import app.headlight.web.view.Query;
import java.util.List;
import java.util.Map;

/** What the address of the page of circuits says that it shows. */
record CircuitsState(Query query) {

    static final String PATH = "circuits";

    /** The model's name; empty: the first one. */
    static final Parameter<String> MODEL = ExploreAddress.MODEL;
    /** Of the model's training; negative: the finished model. */
    static final Parameter<Integer> STEP = Parameter.whole("step", (int) OpenModel.FINISHED);
    /** Which weights the address was made with, as {@link app.headlight.services.lab.WeightsMark} names them; empty: any. */
    static final Parameter<String> WEIGHTS = Parameter.text("w");
    /** What the tables are about, such as {@code L1H2}; empty: the page chooses. */
    static final Parameter<String> HEAD = Parameter.text("head");
    /** How composition is drawn. */
    static final Parameter<CompositionMatrix.Drawn> DRAWN = Parameter.choice("drawn", CompositionMatrix.Drawn.GRAPH);
    /** A composition, such as {@code L0H0-K-L1H3}; empty: none. */
    static final Parameter<String> EDGE = Parameter.text("edge");
    /** How the head's tokens are listed. */
    static final Parameter<Listing> LIST = Parameter.choice("list", Listing.USUAL);
    /** Id of the token that the skip-trigrams are about; negative: the strongest of all. */
    static final Parameter<Integer> TOKEN = Parameter.whole("token", -1);
    /** Which of the three it is. */
    static final Parameter<Role> ROLE = Parameter.choice("role", Role.SOURCE);
    /** What the bigrams are searched for. */
    static final Parameter<String> FIND = Parameter.text("find");
    /** The text that the model is measured on. */
    static final Parameter<On> ON = Parameter.choice("on", On.NOTHING);
    /** The text, for {@link On#TEXT}. */
    static final Parameter<String> TEXT = Parameter.text("text");

    /** The neuron of a model of modular addition that is drawn; negative: the page chooses. */
    static final Parameter<Integer> NEURON = Parameter.whole("neuron", -1);

    static final CircuitsState FIRST = new CircuitsState(
            Query.of(List.of(MODEL, STEP, WEIGHTS, HEAD, DRAWN, EDGE, LIST, TOKEN, ROLE, FIND, ON, TEXT, NEURON)));

    /** How skip-trigrams are listed: as the model's layers make usual, one a row, or by their source. */
    enum Listing {
        USUAL,
        TRIGRAMS,
        SOURCES
    }

    /** The places of a token in a skip-trigram. */
    enum Role {
        SOURCE,
        DESTINATION,
        OUTPUT
    }

    /** What text a model is measured on: none, its own validation text, or one that is given. */
    enum On {
        NOTHING,
        UNSEEN,
        TEXT
    }

    static CircuitsState of(Map<String, String> parameters) {
        return new CircuitsState(FIRST.query.read(parameters));
    }

    String address() {
        return query.at(PATH);
    }

    <T> T get(Parameter<T> parameter) {
        return query.get(parameter);
    }

    <T> CircuitsState with(Parameter<T> parameter, T value) {
        return new CircuitsState(query.with(parameter, value));
    }

    /** Without what cannot be read. */
    CircuitsState readable() {
        return new CircuitsState(query.readable());
    }

    /** Another model; the selection belongs to the old one and is dropped. */
    CircuitsState withModel(String other) {
        return FIRST.with(MODEL, other)
                .with(DRAWN, get(DRAWN))
                .with(ON, get(ON))
                .with(TEXT, get(TEXT));
    }

    CircuitsState withStep(long step) {
        return with(STEP, (int) step).with(WEIGHTS, "");
    }

    CircuitsState withHead(String other) {
        return with(HEAD, other).withoutToken();
    }

    CircuitsState withToken(int id, Role role) {
        return with(TOKEN, id).with(ROLE, role);
    }

    CircuitsState withoutToken() {
        return withToken(-1, Role.SOURCE);
    }

    /** The step; {@link OpenModel#FINISHED} where none is given. */
    long step() {
        return get(STEP);
    }

    /** The token's id; −1 where none is given. */
    int token() {
        return get(TOKEN);
    }
}
