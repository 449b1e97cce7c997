package app.headlight.web.links;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The parts of an address of Headlight.
 *
 * @param page its first part: {@code findings} of {@code findings/12?by=Ada}
 * @param rest the path after it, without parameters
 * @param parameters the parameters, decoded; of a parameter that is given twice, the first
 */
record Linked(String page, String rest, Map<String, String> parameters) {

    static Linked of(String address) {
        String withoutPlace = address.contains("#") ? address.substring(0, address.indexOf('#')) : address;
        int mark = withoutPlace.indexOf('?');
        String path = mark < 0 ? withoutPlace : withoutPlace.substring(0, mark);
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : (mark < 0 ? "" : withoutPlace.substring(mark + 1)).split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.putIfAbsent(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        int slash = path.indexOf('/');
        return new Linked(
                slash < 0 ? path : path.substring(0, slash),
                slash < 0 ? "" : path.substring(slash + 1),
                Map.copyOf(parameters));
    }

    /** The number after the page; empty if there is none. */
    OptionalLong id() {
        return number(rest);
    }

    /** The page's own name as a number; empty where it is none. */
    OptionalLong number() {
        return number(page);
    }

    private static OptionalLong number(String part) {
        return part.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(part)) : OptionalLong.empty();
    }

    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return part;
        }
    }
}
