package app.headlight.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Compares an answer with the one that a page shows. In what is shown, {@code "…"} stands for any value, and at the
 * end of a list or as the name of a field for any more; where a list begins with it, the elements may stand anywhere in the
 * answer. Numbers may be rounded to four digits.
 */
final class ShownAnswer {

    private static final String MORE = "…";
    private static final double ROUNDED = 1e-3;

    private ShownAnswer() {}

    /** Where the two differ, each place with what is shown and what was answered; empty where they agree. */
    static List<String> differences(JsonNode shown, JsonNode answered) {
        List<String> found = new ArrayList<>();
        compare("", shown, answered, found);
        return found;
    }

    private static void compare(String place, JsonNode shown, JsonNode answered, List<String> found) {
        if (shown.isString() && shown.asString().equals(MORE)) {
            return;
        }
        if (shown.isObject() && answered.isObject()) {
            fields(place, shown, answered, found);
        } else if (shown.isArray() && answered.isArray()) {
            elements(place, shown, answered, found);
        } else if (!same(shown, answered)) {
            found.add(place + " is shown as " + shown + " and was " + answered);
        }
    }

    private static void fields(String place, JsonNode shown, JsonNode answered, List<String> found) {
        shown.properties().stream()
                .filter(field -> !field.getKey().equals(MORE))
                .forEach(field -> {
                    if (answered.has(field.getKey())) {
                        compare(place + "/" + field.getKey(), field.getValue(), answered.path(field.getKey()), found);
                    } else {
                        found.add(place + "/" + field.getKey() + " is shown and was not answered");
                    }
                });
        TreeSet<String> others = new TreeSet<>(answered.propertyNames());
        others.removeAll(shown.propertyNames());
        if (!shown.has(MORE) && !others.isEmpty()) {
            found.add(place + " has fields that are not shown: " + others);
        }
    }

    private static void elements(String place, JsonNode shown, JsonNode answered, List<String> found) {
        int size = shown.size();
        if (size > 0 && shown.get(0).asString("").equals(MORE)) {
            shown.forEach(one -> anywhere(place, one, answered, found));
            return;
        }
        boolean more = size > 0 && shown.get(size - 1).asString("").equals(MORE);
        int listed = more ? size - 1 : size;
        if (more ? answered.size() < listed : answered.size() != listed) {
            found.add(place + " is shown with " + listed + " elements and had " + answered.size());
        }
        for (int i = 0; i < Math.min(listed, answered.size()); i++) {
            compare(place + "/" + i, shown.get(i), answered.get(i), found);
        }
    }

    private static void anywhere(String place, JsonNode shown, JsonNode answered, List<String> found) {
        if (answered.valueStream().noneMatch(one -> differences(shown, one).isEmpty())) {
            found.add(place + " has nowhere what is shown: " + shown);
        }
    }

    private static boolean same(JsonNode shown, JsonNode answered) {
        if (shown.isNumber() && answered.isNumber()) {
            double expected = shown.asDouble();
            return Math.abs(answered.asDouble() - expected) <= ROUNDED * Math.max(ROUNDED, Math.abs(expected));
        }
        return shown.equals(answered);
    }
}
