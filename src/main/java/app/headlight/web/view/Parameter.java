package app.headlight.web.view;

import app.headlight.engine.refusal.Refusal;
import com.vaadin.flow.router.Location;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One parameter of a page's address: how its value is written there, and read again.
 *
 * @param name as the address has it
 * @param usual the value where the address does not give one; it is left out when an address is written
 * @param parse reads a value
 * @param write the text of a value in the address, not escaped
 * @param always whether the usual value is written too
 * @param <T> the type of the value
 */
public record Parameter<T>(String name, T usual, Parse<T> parse, Function<T, String> write, boolean always) {

    private static final int SHOWN = 40;

    /** Reads the text of a parameter. */
    @FunctionalInterface
    public interface Parse<T> {

        /**
         * Reads a value.
         *
         * @param text as it stands in the address, not escaped
         * @param notices told, for people, what of it cannot be read, and what is used in its place
         */
        T of(String text, Consumer<String> notices);
    }

    /** A text, which can always be read; empty by default. */
    public static Parameter<String> text(String name) {
        return text(name, "");
    }

    /** A text with another default. */
    public static Parameter<String> text(String name, String usual) {
        return new Parameter<>(name, usual, (text, notices) -> text, Function.identity(), false);
    }

    /** One of the values of an enum, written in lower case. */
    public static <E extends Enum<E>> Parameter<E> choice(String name, E usual) {
        List<E> values = List.of(usual.getDeclaringClass().getEnumConstants());
        return of(
                name,
                usual,
                text -> values.stream()
                        .filter(value -> written(value).equals(text.toLowerCase(Locale.ROOT)))
                        .findFirst()
                        .orElseThrow(IllegalArgumentException::new),
                Parameter::written,
                unreadable(name, written(usual)));
    }

    /** A number from 0 on. A negative default stands for none and is not written. */
    public static Parameter<Integer> whole(String name, int usual) {
        return of(
                name,
                usual,
                Parameter::notNegative,
                value -> value < 0 ? "" : Integer.toString(value),
                unreadable(name, usual < 0 ? "none" : Integer.toString(usual)));
    }

    /** A number in [0, 1]. */
    public static Parameter<Double> share(String name, double usual) {
        return of(
                name,
                usual,
                text -> {
                    double value = Double.parseDouble(text.strip());
                    if (value >= 0 && value <= 1) {
                        return value;
                    }
                    throw new IllegalArgumentException();
                },
                Parameter::written,
                unreadable(name, written(usual)));
    }

    /** A number above 0. */
    public static Parameter<Double> positive(String name, double usual) {
        return of(
                name,
                usual,
                text -> {
                    double value = Double.parseDouble(text.strip());
                    if (value > 0 && !Double.isInfinite(value)) {
                        return value;
                    }
                    throw new IllegalArgumentException();
                },
                Parameter::written,
                unreadable(name, written(usual)));
    }

    /**
     * A value of any type.
     *
     * @param parse fails with a {@link Refusal} or an {@link IllegalArgumentException} on what it cannot read
     * @param notice for people, about such a text, and what is used in its place
     */
    public static <T> Parameter<T> of(
            String name,
            T usual,
            Function<String, T> parse,
            Function<T, String> write,
            Function<String, String> notice) {
        return new Parameter<>(
                name,
                usual,
                (text, notices) -> {
                    try {
                        return parse.apply(text);
                    } catch (Refusal | IllegalArgumentException unreadable) {
                        notices.accept(notice.apply(shortened(text)));
                        return usual;
                    }
                },
                write,
                false);
    }

    /** The same, of which the usual value is written too. */
    public Parameter<T> alwaysWritten() {
        return new Parameter<>(name, usual, parse, write, true);
    }

    /** The value among the parameters of an address. */
    public T in(Map<String, String> given, Consumer<String> notices) {
        String text = given.get(name);
        return text == null || isLeftOut(text) ? usual : parse.of(text, notices);
    }

    /** The value in the address of a page that is opened; the usual one where it cannot be read. */
    public T in(Location location) {
        return in(
                location.getQueryParameters()
                        .getSingleParameter(name)
                        .map(text -> Map.of(name, text))
                        .orElse(Map.of()),
                unreadable -> {});
    }

    /** Whether a text says no more than an address without this parameter. */
    boolean isLeftOut(String text) {
        return !always && text.equals(write.apply(usual));
    }

    /** The notice of a text that is no value of a parameter. */
    public static Function<String, String> unreadable(String name, String used) {
        return text -> "The address says " + name + "=" + text + ", which is not a value of it; " + used + " is used.";
    }

    /** As long as a notice can show. */
    public static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    /** @throws Refusal if it is no number from 0 on */
    static int notNegative(String text) {
        int value = Integer.parseInt(text.strip());
        if (value < 0) {
            throw new IllegalArgumentException();
        }
        return value;
    }

    private static String written(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String written(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
