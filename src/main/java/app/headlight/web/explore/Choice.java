package app.headlight.web.explore;

import java.util.Locale;

/** Choices as components name them: an enum's constant in lower case. */
final class Choice {

    private Choice() {}

    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> E of(Class<E> type, String name) {
        return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
    }
}
