package app.headlight.web.view;

import com.vaadin.flow.router.Location;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An address of Headlight, relative to the program's root, without what follows a “#”.
 *
 * @param path such as {@code findings/12}
 * @param pairs the parts of what follows the “?”
 */
public record Address(String path, List<Pair> pairs) {

    /**
     * What stands between two “&amp;” of an address.
     *
     * @param written {@code name=value}, escaped, or anything else that somebody wrote there
     */
    public record Pair(String written) {

        /** Of a parameter. */
        public static Pair of(String name, String value) {
            return new Pair(name + "=" + escaped(value));
        }

        /** The parameter's name; empty where no “=” follows one. */
        public String name() {
            return decoded(written.substring(0, Math.max(0, written.indexOf('='))));
        }

        /** The value as it is written. */
        public String escapedValue() {
            return written.substring(written.indexOf('=') + 1);
        }

        /** The value. */
        public String value() {
            return decoded(escapedValue());
        }
    }

    public Address {
        pairs = List.copyOf(pairs);
    }

    /** Reads an address. */
    public static Address of(String address) {
        String withoutPlace = address.contains("#") ? address.substring(0, address.indexOf('#')) : address;
        int mark = withoutPlace.indexOf('?');
        return mark < 0 || mark == withoutPlace.length() - 1
                ? new Address(mark < 0 ? withoutPlace : withoutPlace.substring(0, mark), List.of())
                : new Address(
                        withoutPlace.substring(0, mark),
                        Stream.of(withoutPlace.substring(mark + 1).split("&"))
                                .map(Pair::new)
                                .toList());
    }

    /** The address of a page that is opened; its router drops the “=” of a parameter that is given as nothing. */
    public static Address of(Location location) {
        Address given = of(location.getPathWithQueryParameters());
        return new Address(
                given.path,
                given.pairs.stream()
                        .map(pair -> pair.written.isEmpty() || pair.written.contains("=")
                                ? pair
                                : new Pair(pair.written + "="))
                        .toList());
    }

    /** A path with parameters. */
    public static Address of(String path, Map<String, String> parameters) {
        return new Address(
                path,
                parameters.entrySet().stream()
                        .map(each -> Pair.of(each.getKey(), each.getValue()))
                        .toList());
    }

    /** With one more value, after the others; nothing more where it is the parameter's usual one. */
    public <T> Address with(Parameter<T> parameter, T value) {
        String text = parameter.write().apply(value);
        return parameter.isLeftOut(text) ? this : with(parameter.name(), text);
    }

    /** With one more parameter, after the others. */
    public Address with(String name, String value) {
        List<Pair> more = new ArrayList<>(pairs);
        more.add(Pair.of(name, value));
        return new Address(path, more);
    }

    /** With more parameters, after the others. */
    public Address and(List<Pair> others) {
        return new Address(path, Stream.concat(pairs.stream(), others.stream()).toList());
    }

    /** The first part of the path: {@code findings} of {@code findings/12}. */
    public String page() {
        int slash = path.indexOf('/');
        return slash < 0 ? path : path.substring(0, slash);
    }

    /** The path after that. */
    public String rest() {
        int slash = path.indexOf('/');
        return slash < 0 ? "" : path.substring(slash + 1);
    }

    /** The parameters, by their names; of one that is given twice, the first. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        pairs.stream()
                .filter(pair -> !pair.name().isEmpty())
                .forEach(pair -> parameters.putIfAbsent(pair.name(), pair.value()));
        return parameters;
    }

    /** The value of a parameter; empty where it is not given. */
    public String parameter(String name) {
        return parameters().getOrDefault(name, "");
    }

    /** A number that a part of a path is; empty where it is none. */
    public static OptionalLong number(String part) {
        return part.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(part)) : OptionalLong.empty();
    }

    /** As it is written. */
    @Override
    public String toString() {
        return pairs.isEmpty()
                ? path
                : path + "?" + pairs.stream().map(Pair::written).collect(Collectors.joining("&"));
    }

    /**
     * Percent-encoded, a space as %20, so that an address can be pasted anywhere; “~” as well, which Spring's UriUtils
     * leaves, since it begins a text that {@link LongAddresses} keeps.
     */
    public static String escaped(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return part;
        }
    }
}
