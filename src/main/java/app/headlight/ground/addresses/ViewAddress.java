package app.headlight.ground.addresses;

import app.headlight.engine.refusal.Refusal;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks addresses of Headlight's own pages, relative to its root: {@code explore?model=storybook-2l&head=L1H3}. */
public final class ViewAddress {

    /** In characters. */
    private static final int LONGEST = 8_000;

    private static final String PAGES =
            "explore|patching|circuits|search|models|runs|findings|collections|learn|glossary|train|embed|live";
    private static final Pattern OWN = Pattern.compile("(?:" + PAGES + ")"
            + "(?:/(?!\\.{1,2}(?:[/?#]|$))[A-Za-z0-9._~-]+){0,8}"
            + "(?:\\?[A-Za-z0-9._~%!$'()*+,;:@/?&=-]*)?"
            + "(?:#[A-Za-z0-9._~%!$'()*+,;:@/?&=-]*)?");

    private ViewAddress() {}

    /** Whether it is the address of a page of Headlight, at most {@value #LONGEST} characters long. */
    public static boolean isOwn(String address) {
        return address.length() <= LONGEST
                && !address.contains("//")
                && OWN.matcher(address).matches();
    }

    /**
     * @return the address without a slash at its beginning
     * @throws Refusal if it is not one of Headlight's, or too long
     */
    public static String check(String address) {
        if (address.length() > LONGEST) {
            throw new Refusal("the address has " + address.length() + " characters; at most " + LONGEST + " are kept");
        }
        String relative = address.startsWith("/") ? address.substring(1) : address;
        if (!isOwn(relative)) {
            throw new Refusal("the address must be one of this program's own pages, such as"
                    + " explore?model=storybook-2l, with everything else in it percent-encoded");
        }
        return relative;
    }

    /** Whether it is the address of an embedded picture of Headlight. */
    public static boolean isPicture(String address) {
        return isOwn(address) && address.startsWith("embed?");
    }

    /**
     * The parameters of an address by their names, not escaped; of one that is given twice, the first. What is not
     * escaped properly stays as it is.
     */
    public static Map<String, String> parameters(String address) {
        Map<String, String> parameters = new LinkedHashMap<>();
        int mark = address.indexOf('?');
        for (String pair :
                mark < 0 ? new String[0] : address.substring(mark + 1).split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.putIfAbsent(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    /** The address of a page with parameters, in the order of their names. */
    public static String of(String path, Map<String, String> parameters) {
        return path
                + new TreeMap<>(parameters)
                        .entrySet().stream()
                                .map(each -> each.getKey() + "="
                                        + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8)
                                                .replace("+", "%20"))
                                .collect(Collectors.joining("&", "?", ""));
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEscaped) {
            return part;
        }
    }
}
