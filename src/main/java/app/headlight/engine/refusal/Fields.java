package app.headlight.engine.refusal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks of what a request, a file or an address gives in a field. */
public final class Fields {

    private Fields() {}

    /** @throws Refusal naming the field if the number is infinite */
    public static float finite(String name, float number) {
        if (!Float.isFinite(number)) {
            throw new Refusal("“" + name + "” has a number that is not finite, or too large");
        }
        return number;
    }

    /** @throws Refusal naming the field and its value if it is no position of a sentence of this length */
    public static int within(String name, int position, int length) {
        if (position < 0 || position >= length) {
            throw new Refusal("“" + name + "” is " + position + "; expected a position from 0 to " + (length - 1));
        }
        return position;
    }

    /**
     * What a word stands for.
     *
     * @throws Refusal naming the field, the word and those that are known
     */
    public static <T> T oneOf(String name, String word, Map<String, T> known) {
        T meant = known.get(word);
        if (meant == null) {
            throw new Refusal("“" + name + "” is “" + word + "”; expected "
                    + String.join(", ", known.keySet().stream().sorted().toList()));
        }
        return meant;
    }

    /** @throws Refusal naming the field if it is not given */
    public static <T> T needed(String name, @Nullable T value) {
        if (value == null) {
            throw new Refusal("“" + name + "” is missing");
        }
        return value;
    }
}
