package app.headlight.web.view;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The parameters of a page's address: those that the page has, and what an address gives of them.
 *
 * @param known the page's parameters, in the order in which they are written
 * @param written the text of each that is given, by its name, in that order
 */
public record Query(List<Parameter<?>> known, Map<String, String> written) {

    /** Leaves out what the page does not have, since other sites add parameters to links, and what says nothing. */
    public Query {
        known = List.copyOf(known);
        Map<String, String> kept = new LinkedHashMap<>();
        for (Parameter<?> parameter : known) {
            String text = written.get(parameter.name());
            if (text != null && !parameter.isLeftOut(text)) {
                kept.put(parameter.name(), text);
            }
        }
        written = Collections.unmodifiableMap(kept);
    }

    /** With nothing given but what is always written. */
    public static Query of(List<Parameter<?>> known) {
        return new Query(known, Map.of());
    }

    /** The same page with what another address gives. */
    public Query read(Map<String, String> given) {
        return new Query(known, given);
    }

    /** A value; the usual one where none is given or it cannot be read. */
    public <T> T get(Parameter<T> parameter) {
        return get(parameter, unreadable -> {});
    }

    /** @param notices told, for people, what cannot be read */
    public <T> T get(Parameter<T> parameter, Consumer<String> notices) {
        return parameter.in(written, notices);
    }

    /** The text of a parameter, whether or not it can be read; empty where none is given. */
    public String text(Parameter<?> parameter) {
        return written.getOrDefault(parameter.name(), "");
    }

    /** With another value. */
    public <T> Query with(Parameter<T> parameter, T value) {
        return withText(parameter, parameter.write().apply(value));
    }

    /** With another text for a parameter, as a person typed it. */
    public Query withText(Parameter<?> parameter, String text) {
        Map<String, String> changed = new LinkedHashMap<>(written);
        changed.put(parameter.name(), text);
        return new Query(known, changed);
    }

    /** A sentence for people about everything that cannot be read. */
    public List<String> notices() {
        List<String> notices = new ArrayList<>();
        known.forEach(parameter -> parameter.in(written, notices::add));
        return notices;
    }

    /** Without what cannot be read. */
    public Query readable() {
        Map<String, String> readable = new LinkedHashMap<>(written);
        for (Parameter<?> parameter : known) {
            parameter.in(written, unreadable -> readable.remove(parameter.name()));
        }
        return new Query(known, readable);
    }

    /** The address of a page with these parameters. */
    public String at(String path) {
        return Address.of(path, written).toString();
    }
}
