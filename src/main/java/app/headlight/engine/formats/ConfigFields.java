package app.headlight.engine.formats;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Config;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says of each field of a {@code config.json} how it is treated, from the resource {@code config-fields.json}, which has
 * a section for each {@link Family} and one for all: implemented, that is read by the family; of no effect; or read only
 * with values that change nothing. Another value is refused by name and value; a field that the resource does not have
 * is ignored with a warning.
 */
final class ConfigFields {

    private static final String RESOURCE = "config-fields.json";
    private static final String EVERY_FAMILY = "every family";
    private static final String IMPLEMENTED = "implemented";
    private static final String ONLY_THESE = "read with these values";
    private static final String ONLY_THESE_IF_ROTARY = "read with these values where positions are rotary";
    private static final int LONGEST_VALUE = 100;
    private static final int MOST_NAMED = 50;

    private static final JsonNode SECTIONS = resource();

    private ConfigFields() {}

    /** The class of a field in a family, a key of the resource; empty if the resource does not have the field. */
    static Optional<String> classOf(String family, String field) {
        return Optional.ofNullable(ruleOf(family, field)).map(Rule::kind);
    }

    /** The fields that the family reads. */
    static Set<String> implemented(String family) {
        return SECTIONS.path(family)
                .path(IMPLEMENTED)
                .valueStream()
                .map(JsonNode::asString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Checks every field except those that the family reads.
     *
     * @param read what the family read from the same configuration
     * @return a warning for people about the fields that are ignored; empty if there are none
     * @throws Refusal naming the field, its value and what would be read
     */
    static List<String> check(String family, JsonNode config, Config read) {
        List<String> unknown = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : config.properties()) {
            String name = field.getKey();
            JsonNode value = field.getValue();
            Rule rule = ruleOf(family, name);
            if (rule == null) {
                if (says(value)) {
                    unknown.add("“" + name + "” is " + shown(value));
                }
            } else if (rule.kind().equals(ONLY_THESE)
                    || rule.kind().equals(ONLY_THESE_IF_ROTARY) && read.rotary() != null) {
                refuseOthers(name, value, rule.values());
            }
        }
        String more = unknown.size() <= MOST_NAMED ? "" : " and " + (unknown.size() - MOST_NAMED) + " more";
        List<String> named = unknown.subList(0, Math.min(MOST_NAMED, unknown.size()));
        return unknown.isEmpty()
                ? List.of()
                : List.of("config.json has fields that Headlight does not know and ignores: " + String.join(", ", named)
                        + more + ". If the model computes with it, the numbers here are not the model's.");
    }

    /** A value as it is shown to people. */
    static String shown(JsonNode value) {
        if (value.isMissingNode()) {
            return "missing";
        }
        String text = value.toString();
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
    }

    /** Whether an unknown field could have an effect: it is not null, false, 0, 1 or empty. */
    static boolean says(JsonNode value) {
        if (value.isNumber()) {
            return value.asDouble() != 0 && value.asDouble() != 1;
        }
        boolean empty = value.isContainer()
                ? value.isEmpty()
                : value.isString() && value.asString().isEmpty();
        return !value.isNull() && !empty && (!value.isBoolean() || value.asBoolean());
    }

    static boolean same(JsonNode a, JsonNode b) {
        return a.equals(b) || a.isNumber() && b.isNumber() && a.asDouble() == b.asDouble();
    }

    private static void refuseOthers(String name, JsonNode value, JsonNode readable) {
        if (value.isNull() || readable.valueStream().anyMatch(one -> same(one, value))) {
            return;
        }
        List<String> all =
                new ArrayList<>(readable.valueStream().map(JsonNode::toString).toList());
        all.add("null");
        throw new Refusal("config.json: " + name + " is " + shown(value) + "; only " + String.join(" or ", all)
                + " is read so far");
    }

    /**
     * How a field is treated.
     *
     * @param kind the key in the resource
     * @param values those that are read, if the kind lists them
     */
    private record Rule(String kind, JsonNode values) {}

    private static @Nullable Rule ruleOf(String family, String field) {
        for (String section : List.of(family, EVERY_FAMILY)) {
            for (Map.Entry<String, JsonNode> kind : SECTIONS.path(section).properties()) {
                JsonNode fields = kind.getValue();
                boolean has = fields.isObject()
                        ? fields.has(field)
                        : fields.valueStream().anyMatch(name -> name.asString().equals(field));
                if (has) {
                    return new Rule(kind.getKey(), fields.path(field));
                }
            }
        }
        return null;
    }

    private static JsonNode resource() {
        try (InputStream in = ConfigFields.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + RESOURCE + " is missing");
            }
            return JsonMapper.shared().readTree(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
