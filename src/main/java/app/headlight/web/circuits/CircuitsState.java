package app.headlight.web.circuits;

import app.headlight.services.models.OpenModel;
import app.headlight.web.ExploreAddress;
import app.headlight.web.WeightsMark;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** The parameters of the page's address, which say what it shows; a parameter that is not given is empty. */
record CircuitsState(Map<String, String> parameters) {

    /** The model's name; empty: the first one. */
    static final String MODEL = "model";
    /** Of the model's training; empty: the finished model. */
    static final String STEP = "step";
    /** Which weights the address was made with, as {@link WeightsMark} names them; empty: any. */
    static final String WEIGHTS = "w";
    /** What the tables are about, such as {@code L1H2}; empty: the page chooses. */
    static final String HEAD = "head";
    /** How composition is drawn: {@code q}, {@code k}, {@code v}, {@code output}; empty: as a graph. */
    static final String DRAWN = "drawn";
    /** A composition, such as {@code L0H0-K-L1H3}; empty: none. */
    static final String EDGE = "edge";
    /** How the head's tokens are listed: {@code trigrams} or {@code sources}; empty: the page chooses. */
    static final String LIST = "list";
    /** Id of the token that the skip-trigrams are about; empty: the strongest of all. */
    static final String TOKEN = "token";
    /** Which of the three it is: source, destination or output. */
    static final String ROLE = "role";
    /** What the bigrams are searched for. */
    static final String FIND = "find";
    /**
     * The text that the model is measured on: {@code unseen}, its own; {@code text}, that of {@link #TEXT}; empty:
     * none.
     */
    static final String ON = "on";

    static final String TEXT = "text";

    private static final List<String> IN_ORDER =
            List.of(MODEL, STEP, WEIGHTS, HEAD, DRAWN, EDGE, LIST, TOKEN, ROLE, FIND, ON, TEXT);

    CircuitsState {
        Map<String, String> kept = new LinkedHashMap<>();
        for (String key : IN_ORDER) {
            String value = parameters.getOrDefault(key, "");
            if (!value.isEmpty()) {
                kept.put(key, value);
            }
        }
        parameters = Map.copyOf(kept);
    }

    String address() {
        StringJoiner address = new StringJoiner("&", "circuits?", "");
        for (String key : IN_ORDER) {
            if (parameters.containsKey(key)) {
                address.add(key + "=" + ExploreAddress.escaped(get(key)));
            }
        }
        return address.toString();
    }

    String get(String key) {
        return parameters.getOrDefault(key, "");
    }

    CircuitsState with(String key, String value) {
        Map<String, String> changed = new LinkedHashMap<>(parameters);
        changed.put(key, value);
        return new CircuitsState(changed);
    }

    /** Another model; the selection belongs to the old one and is dropped. */
    CircuitsState withModel(String other) {
        return new CircuitsState(Map.of(MODEL, other, DRAWN, get(DRAWN), ON, get(ON), TEXT, get(TEXT)));
    }

    CircuitsState withStep(long step) {
        return with(STEP, step < 0 ? "" : Long.toString(step)).with(WEIGHTS, "");
    }

    CircuitsState withHead(String other) {
        return with(HEAD, other).withToken(-1, "");
    }

    /** @param id negative: none */
    CircuitsState withToken(int id, String role) {
        return with(TOKEN, id < 0 ? "" : Integer.toString(id)).with(ROLE, role);
    }

    /** The step; {@link OpenModel#FINISHED} where none, or no number, is given. */
    long step() {
        return get(STEP).matches("\\d{1,9}") ? Long.parseLong(get(STEP)) : OpenModel.FINISHED;
    }

    /** The token's id; −1 where none, or no number, is given. */
    int token() {
        return get(TOKEN).matches("\\d{1,8}") ? Integer.parseInt(get(TOKEN)) : -1;
    }
}
