package app.headlight.web.models;

import app.headlight.engine.residual.EmbeddingComparison.Space;
import app.headlight.web.ExploreAddress;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The state of the panel of embeddings, which is in the page's address.
 *
 * @param first a model's name; empty: the page chooses
 * @param second another's; empty: the first by itself
 * @param space where the neighbours of two models are looked for
 * @param order whether the most or the least changed tokens come first
 * @param token whose neighbours are shown, as it is written; empty: the page chooses
 * @param find what the list of tokens is searched for
 */
record CompareState(String first, String second, Space space, Order order, String token, String find) {

    enum Order {
        MOST,
        LEAST
    }

    static CompareState of(Map<String, String> parameters) {
        String[] models = single(parameters, "compare").split(",", 2);
        return new CompareState(
                models[0].strip(),
                models.length < 2 ? "" : models[1].strip(),
                "unembedding".equals(single(parameters, "space")) ? Space.UNEMBEDDING : Space.EMBEDDING,
                "least".equals(single(parameters, "order")) ? Order.LEAST : Order.MOST,
                single(parameters, "token"),
                single(parameters, "find"));
    }

    String address() {
        Map<String, String> written = new LinkedHashMap<>();
        written.put("compare", second.isEmpty() ? first : first + "," + second);
        if (!second.isEmpty()) {
            written.put("space", space.name().toLowerCase(Locale.ROOT));
            written.put("order", order == Order.MOST ? "" : "least");
        }
        written.put("token", token);
        written.put("find", find);
        StringJoiner address = new StringJoiner("&", "models?", "");
        written.forEach((key, value) -> {
            if (!value.isEmpty()) {
                address.add(key + "=" + ExploreAddress.escaped(value));
            }
        });
        return address.toString();
    }

    CompareState withModels(String one, String other) {
        return new CompareState(one, other, space, order, token, find);
    }

    CompareState withSpace(Space other) {
        return new CompareState(first, second, other, order, token, find);
    }

    CompareState withOrder(Order other) {
        return new CompareState(first, second, space, other, token, find);
    }

    CompareState withToken(String other) {
        return new CompareState(first, second, space, order, other, find);
    }

    CompareState withFind(String other) {
        return new CompareState(first, second, space, order, token, other);
    }

    private static String single(Map<String, String> parameters, String key) {
        return parameters.getOrDefault(key, "");
    }
}
