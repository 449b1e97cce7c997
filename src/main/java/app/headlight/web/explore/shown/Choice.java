package app.headlight.web.explore.shown;

import java.util.Locale;

/** Choices as components name them: an enum's constant in lower case. */
public final class Choice {

    private Choice() {}

    public static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    public static <E extends Enum<E>> E of(Class<E> type, String name) {
        return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
    }
}
