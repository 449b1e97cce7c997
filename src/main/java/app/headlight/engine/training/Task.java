package app.headlight.engine.training;

import app.headlight.engine.refusal.Refusal;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a model is trained to predict. */
public enum Task {
    /** Windows of a text. */
    TEXT,
    /** Uniformly random tokens that repeat after a period, which is drawn for each row. */
    REPEATS,
    /** Random filler with planted rules "s … d → o": once s has been seen, d is followed by o. */
    SKIP_TRIGRAMS,
    /** A new random Markov chain for each row. */
    MARKOV,
    /** The sum of two numbers, modulo a third: {@link ModularAddition}. */
    MODULAR_ADDITION;

    /** The name in recipes and addresses: {@code skip-trigrams}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws Refusal if there is no such task */
    public static Task of(String id) {
        for (Task task : values()) {
            if (task.id().equals(id)) {
                return task;
            }
        }
        throw new Refusal("“" + id + "” is not a task; expected one of "
                + Arrays.stream(values()).map(Task::id).collect(Collectors.joining(", ")));
    }
}
