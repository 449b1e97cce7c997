package app.headlight.web.circuits;

import app.headlight.library.OpenModel;
import app.headlight.web.ExploreAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * What the page shows: its address.
 *
 * @param model empty: the first one
 * @param step of the model's training; −1: the finished model
 * @param head such as {@code L1H2}; empty: the page chooses
 * @param edge a composition, such as {@code L0H0-K-L1H3}; empty: none
 * @param token that the skip-trigrams are about; empty: the strongest of all
 * @param role which of the three it is: source, destination or output
 * @param find what the bigrams are searched for
 */
record CircuitsState(String model, long step, String head, String edge, String token, String role, String find) {

    static CircuitsState of(Map<String, List<String>> parameters) {
        return new CircuitsState(
                single(parameters, "model"),
                step(single(parameters, "step")),
                single(parameters, "head"),
                single(parameters, "edge"),
                single(parameters, "token"),
                single(parameters, "role"),
                single(parameters, "find"));
    }

    String address() {
        Map<String, String> written = new LinkedHashMap<>();
        written.put("model", model);
        written.put("step", step < 0 ? "" : Long.toString(step));
        written.put("head", head);
        written.put("edge", edge);
        written.put("token", token);
        written.put("role", role);
        written.put("find", find);
        StringJoiner address = new StringJoiner("&", "circuits?", "");
        written.forEach((key, value) -> {
            if (!value.isEmpty()) {
                address.add(key + "=" + ExploreAddress.escaped(value));
            }
        });
        return address.toString();
    }

    /** Another model; what was selected is another's. */
    CircuitsState withModel(String other) {
        return new CircuitsState(other, OpenModel.FINISHED, "", "", "", "", "");
    }

    CircuitsState withStep(long other) {
        return new CircuitsState(model, other, head, edge, token, role, find);
    }

    CircuitsState withHead(String other) {
        return new CircuitsState(model, step, other, edge, "", "", find);
    }

    CircuitsState withEdge(String other) {
        return new CircuitsState(model, step, head, other, token, role, find);
    }

    CircuitsState withToken(int id, String as) {
        return new CircuitsState(model, step, head, edge, Integer.toString(id), as, find);
    }

    CircuitsState withoutToken() {
        return new CircuitsState(model, step, head, edge, "", "", find);
    }

    CircuitsState withFind(String query) {
        return new CircuitsState(model, step, head, edge, token, role, query);
    }

    /** The token's id; −1 where none, or no number, is given. */
    int tokenId() {
        return token.matches("\\d{1,8}") ? Integer.parseInt(token) : -1;
    }

    private static long step(String written) {
        return written.matches("\\d{1,9}") ? Long.parseLong(written) : OpenModel.FINISHED;
    }

    private static String single(Map<String, List<String>> parameters, String key) {
        List<String> values = parameters.getOrDefault(key, List.of());
        return values.isEmpty() ? "" : values.getFirst();
    }
}
