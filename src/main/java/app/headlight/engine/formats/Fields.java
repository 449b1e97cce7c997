package app.headlight.engine.formats;

import app.headlight.engine.refusal.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The fields of one configuration, as a {@link Family} asks for them; remembers which were asked for. A field may have
 * several names (of two generations of a tool); of a name with a dot, such as {@code rope_parameters.rope_theta}, the
 * second part is a field of the first. A field of the wrong kind is refused, never guessed.
 */
final class Fields {

    private final JsonNode root;
    private final Set<String> asked = new TreeSet<>();

    Fields(JsonNode root) {
        this.root = root;
    }

    /** The names of the outermost fields that were asked for, there or not. */
    Set<String> asked() {
        return asked;
    }

    /** Whether one of the names is there with a value other than null. */
    boolean has(String... names) {
        return !given(names).value().isMissingNode();
    }

    /** The value of a field as it is in the file; missing if it is not there. */
    JsonNode node(String name) {
        JsonNode node = root;
        int dot = name.indexOf('.');
        asked.add(dot < 0 ? name : name.substring(0, dot));
        for (String part : name.split("\\.")) {
            node = node.path(part);
        }
        return node;
    }

    /** A whole number that must be there. */
    int whole(String... names) {
        Given given = given(names);
        return given.value().isMissingNode() ? whole(names[0], node(names[0])) : whole(given.name(), given.value());
    }

    int wholeOr(int otherwise, String... names) {
        Given given = given(names);
        return given.value().isMissingNode() ? otherwise : whole(given.name(), given.value());
    }

    @Nullable
    Integer wholeOrNull(String... names) {
        Given given = given(names);
        return given.value().isMissingNode() ? null : (Integer) whole(given.name(), given.value());
    }

    double number(double otherwise, String... names) {
        Given given = given(names);
        if (given.value().isMissingNode()) {
            return otherwise;
        }
        if (!given.value().isNumber()) {
            throw refused(given.name(), "expected a number");
        }
        return given.value().asDouble();
    }

    boolean truth(boolean otherwise, String name) {
        JsonNode value = given(name).value();
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw refused(name, "expected true or false");
        }
        return value.asBoolean(otherwise);
    }

    String text(String otherwise, String name) {
        JsonNode value = given(name).value();
        if (!value.isMissingNode() && !value.isString()) {
            throw refused(name, "expected a text in quotes");
        }
        return value.asString(otherwise);
    }

    /** The texts of a list; null if it is not there. */
    @Nullable
    List<String> texts(String name) {
        JsonNode value = given(name).value();
        if (value.isMissingNode()) {
            return null;
        }
        if (!value.isArray() || !value.valueStream().allMatch(JsonNode::isString)) {
            throw refused(name, "expected a list of texts in quotes");
        }
        return value.valueStream().map(JsonNode::asString).toList();
    }

    /** The refusal of a field, with its value. */
    Refusal refused(String name, String expected) {
        return new Refusal("config.json: " + name + " is " + ConfigFields.shown(node(name)) + "; " + expected);
    }

    /** The refusal of two fields that contradict each other, with both values. */
    Refusal contradiction(String one, String other, String expected) {
        return new Refusal("config.json: " + one + " is " + ConfigFields.shown(node(one)) + " and " + other + " is "
                + ConfigFields.shown(node(other)) + "; " + expected);
    }

    /**
     * The one of several names that is there with a value other than null, and its value.
     *
     * @throws Refusal if two are there with different values
     */
    Given given(String... names) {
        List<Given> all = new ArrayList<>();
        for (String name : names) {
            JsonNode value = node(name);
            if (!value.isMissingNode() && !value.isNull()) {
                all.add(new Given(name, value));
            }
        }
        for (Given other : all) {
            if (!ConfigFields.same(all.getFirst().value(), other.value())) {
                throw contradiction(
                        all.getFirst().name(),
                        other.name(),
                        "they say the same, so expected one of them, or both equal");
            }
        }
        return all.isEmpty() ? new Given(names[0], MissingNode.getInstance()) : all.getFirst();
    }

    /** A field that is there; its value is missing if it is not. */
    record Given(String name, JsonNode value) {}

    private int whole(String name, JsonNode value) {
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw refused(name, "expected a whole number");
        }
        return value.asInt();
    }
}
