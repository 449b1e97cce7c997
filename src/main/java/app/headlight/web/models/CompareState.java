package app.headlight.web.models;

import app.headlight.engine.residual.EmbeddingComparison.Space;
import app.headlight.web.view.Parameter;
import app.headlight.web.view.Query;
import java.util.List;
import java.util.Map;

/** What the address of the page of models says of its panel of embeddings. */
record CompareState(Query query) {

    static final String PATH = "models";

    enum Order {
        MOST,
        LEAST
    }

    /** The names of two models; the second is empty for one by itself. */
    private record Pair(String first, String second) {

        static Pair read(String text) {
            String[] models = text.split(",", 2);
            return new Pair(models[0].strip(), models.length < 2 ? "" : models[1].strip());
        }

        String written() {
            return second.isEmpty() ? first : first + "," + second;
        }
    }

    private static final Parameter<Pair> COMPARED =
            new Parameter<>("compare", new Pair("", ""), (text, notices) -> Pair.read(text), Pair::written, false);
    private static final Parameter<Space> SPACE = Parameter.choice("space", Space.EMBEDDING);
    private static final Parameter<Order> ORDER = Parameter.choice("order", Order.MOST);
    private static final Parameter<String> TOKEN = Parameter.text("token");
    private static final Parameter<String> FIND = Parameter.text("find");

    static final CompareState FIRST = new CompareState(Query.of(List.of(COMPARED, SPACE, ORDER, TOKEN, FIND)));

    static CompareState of(Map<String, String> parameters) {
        return new CompareState(FIRST.query.read(parameters));
    }

    String address() {
        return query.at(PATH);
    }

    /** A model's name; empty: the page chooses. */
    String first() {
        return query.get(COMPARED).first();
    }

    /** Another's; empty: the first by itself. */
    String second() {
        return query.get(COMPARED).second();
    }

    /** Where the neighbours of two models are looked for. */
    Space space() {
        return query.get(SPACE);
    }

    /** Whether the most or the least changed tokens come first. */
    Order order() {
        return query.get(ORDER);
    }

    /** The token whose neighbours are shown, as it is written; empty: the page chooses. */
    String token() {
        return query.get(TOKEN);
    }

    /** What the list of tokens is searched for. */
    String find() {
        return query.get(FIND);
    }

    /** Without what cannot be read. */
    CompareState readable() {
        return new CompareState(query.readable());
    }

    CompareState withModels(String one, String other) {
        return with(COMPARED, new Pair(one, other));
    }

    CompareState withSpace(Space other) {
        return with(SPACE, other);
    }

    CompareState withOrder(Order other) {
        return with(ORDER, other);
    }

    CompareState withToken(String other) {
        return with(TOKEN, other);
    }

    CompareState withFind(String other) {
        return with(FIND, other);
    }

    private <T> CompareState with(Parameter<T> parameter, T value) {
        return new CompareState(query.with(parameter, value));
    }
}
