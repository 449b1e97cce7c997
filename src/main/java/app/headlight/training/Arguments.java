package app.headlight.training;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of {@link TrainCommand}, each {@code name=value}; the defaults are those of {@link Recipe#stories()}.
 *
 * @param name of the model
 * @param text UTF-8, trained on
 * @param validation UTF-8, measured on
 * @param tokenizer a tokenizer.json to use; null: one is learned from the text
 * @param out the folder to write the model's folder into
 * @param work the folder for the state of an unfinished training
 * @param checkpoints about how many to write
 * @param about what the text is, for the card
 */
record Arguments(
        String name,
        Path text,
        Path validation,
        @Nullable Path tokenizer,
        Path out,
        Path work,
        int checkpoints,
        String about,
        Recipe recipe) {

    static Arguments of(List<String> given) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String argument : given) {
            int equals = argument.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("“" + argument + "” is not an argument; expected one like layers=2");
            }
            values.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        Recipe usual = Recipe.stories();
        int dModel = whole(values, "d_model", usual.dModel());
        int heads = whole(values, "heads", usual.heads());
        Recipe recipe = new Recipe(
                Task.TEXT,
                whole(values, "layers", usual.layers()),
                dModel,
                heads,
                whole(values, "d_head", dModel / heads),
                whole(values, "vocabulary", usual.vocabulary()),
                whole(values, "context", usual.context()),
                usual.positions(),
                usual.norm(),
                usual.biases(),
                whole(values, "steps", usual.steps()),
                whole(values, "rows", usual.rows()),
                number(values, "learning_rate", usual.learningRate()),
                whole(values, "warm_up", usual.warmUp()),
                number(values, "twice", usual.twice()),
                number(values, "twice_late", usual.twiceLate()),
                whole(values, "threads", usual.threads()),
                whole(values, "seed", 1));
        String tokenizer = values.remove("tokenizer");
        Arguments arguments = new Arguments(
                required(values, "name"),
                Path.of(required(values, "text")),
                Path.of(required(values, "validation")),
                tokenizer == null ? null : Path.of(tokenizer),
                Path.of(values.getOrDefault("out", "db/models")),
                Path.of(values.getOrDefault("work", "target/training")),
                whole(values, "checkpoints", 12),
                values.getOrDefault("about", "a text of one's own"),
                recipe);
        values.keySet().removeAll(List.of("name", "text", "validation", "out", "work", "about"));
        if (!values.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no argument " + new TreeSet<>(values.keySet())
                            + "; expected name, text, validation, about, tokenizer, out, work, checkpoints, layers, d_model, heads,"
                            + " d_head, vocabulary, context, steps, rows, learning_rate, warm_up, twice, twice_late, threads or seed");
        }
        return arguments;
    }

    private static String required(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + "=… is missing");
        }
        return value;
    }

    private static int whole(Map<String, String> values, String name, int usual) {
        return read(values, name, usual, Integer::valueOf, "a whole number");
    }

    private static double number(Map<String, String> values, String name, double usual) {
        return read(values, name, usual, Double::valueOf, "a number");
    }

    private static <N> N read(
            Map<String, String> values, String name, N usual, Function<String, N> reader, String expected) {
        String value = values.remove(name);
        try {
            return value == null ? usual : reader.apply(value);
        } catch (NumberFormatException notOne) {
            throw new IllegalArgumentException(name + " is “" + value + "”; expected " + expected);
        }
    }
}
