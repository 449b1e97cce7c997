package app.headlight.engine.formats;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says of each field of a {@code config.json} how it is treated, from the resource {@code config-fields.json}:
 * computed, of no effect, or read only with values that change nothing. Another value is refused by name and value; a
 * field that the resource does not have is ignored with a warning.
 */
final class ConfigFields {

    private static final String RESOURCE = "config-fields.json";
    private static final String ONLY_HARMLESS = "read where it changes nothing";
    private static final String ONLY_THESE = "read with these values";
    private static final int LONGEST_VALUE = 100;

    private static final JsonNode CLASSES = resource();
    private static final Map<String, String> CLASS_OF = classOf();

    private ConfigFields() {}

    /** The class of a field, a key of the resource; empty if the resource does not have the field. */
    static Optional<String> classOf(String field) {
        return Optional.ofNullable(CLASS_OF.get(field));
    }

    /**
     * Checks every field except those that {@link ConfigJson} reads.
     *
     * @param sizes the sizes of the same configuration, which some values are compared with
     * @return a warning for people about the fields that are ignored; empty if there are none
     * @throws IllegalArgumentException naming the field, its value and what would be read
     */
    static List<String> check(JsonNode config, HarmlessValues sizes) {
        List<String> unknown = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : config.properties()) {
            String name = field.getKey();
            JsonNode value = field.getValue();
            switch (CLASS_OF.get(name)) {
                case ONLY_HARMLESS -> refuse(name, value, sizes.onlyRead(name, value));
                case ONLY_THESE ->
                    refuse(
                            name,
                            value,
                            onlyThese(value, CLASSES.path(ONLY_THESE).path(name)));
                case null -> {
                    if (says(value)) {
                        unknown.add("“" + name + "” is " + shown(value));
                    }
                }
                default -> {}
            }
        }
        return unknown.isEmpty()
                ? List.of()
                : List.of(
                        "config.json has fields that Headlight does not know and ignores: " + String.join(", ", unknown)
                                + ". If the model computes with it, the numbers here are not the model's.");
    }

    /** A value as it is shown to people. */
    static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
    }

    private static void refuse(String name, JsonNode value, @Nullable String onlyRead) {
        if (onlyRead != null) {
            throw new IllegalArgumentException(
                    "config.json: " + name + " is " + shown(value) + "; only " + onlyRead + " is read so far");
        }
    }

    private static @Nullable String onlyThese(JsonNode value, JsonNode readable) {
        if (value.isNull()) {
            return null;
        }
        List<String> all = new ArrayList<>();
        for (JsonNode one : readable) {
            if (same(one, value)) {
                return null;
            }
            all.add(one.toString());
        }
        all.add("null");
        return String.join(" or ", all);
    }

    private static boolean same(JsonNode a, JsonNode b) {
        return a.equals(b) || a.isNumber() && b.isNumber() && a.asDouble() == b.asDouble();
    }

    /** Whether an unknown field could have an effect: it is not null, false, 0, 1 or empty. */
    private static boolean says(JsonNode value) {
        if (value.isNumber()) {
            return value.asDouble() != 0 && value.asDouble() != 1;
        }
        boolean empty = value.isContainer()
                ? value.isEmpty()
                : value.isString() && value.asString().isEmpty();
        return !value.isNull() && !empty && (!value.isBoolean() || value.asBoolean());
    }

    private static Map<String, String> classOf() {
        Map<String, String> classes = new HashMap<>();
        CLASSES.properties().forEach(entry -> {
            JsonNode fields = entry.getValue();
            if (fields.isObject()) {
                fields.propertyNames().forEach(field -> classes.put(field, entry.getKey()));
            } else {
                fields.forEach(field -> classes.put(field.asString(), entry.getKey()));
            }
        });
        return Map.copyOf(classes);
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
