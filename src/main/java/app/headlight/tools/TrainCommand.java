package app.headlight.tools;

import app.headlight.engine.training.Recipe;
import app.headlight.engine.training.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The command that runs a {@link TextTraining}; its options are written {@code name=value}. */
@Command(
        name = "train",
        description = "Trains a model on a text and writes it as a folder that Headlight stores at its next start."
                + " If it is interrupted and run again, it continues from its last state.",
        sortOptions = false,
        showDefaultValues = true)
public final class TrainCommand implements Callable<Integer> {

    private static final Recipe USUAL = Recipe.stories();

    @Option(
            names = "name",
            required = true,
            showDefaultValue = Visibility.NEVER,
            converter = NotEmpty.class,
            description = "of the model")
    private String name = "";

    @Option(
            names = "text",
            required = true,
            showDefaultValue = Visibility.NEVER,
            converter = NotEmpty.class,
            description = "file to train on, UTF-8")
    private String text = "";

    @Option(
            names = "validation",
            required = true,
            showDefaultValue = Visibility.NEVER,
            converter = NotEmpty.class,
            description = "file to measure on, UTF-8")
    private String validation = "";

    @Option(names = "about", description = "what the text is, for the model's card")
    private String about = "a text of one's own";

    @Option(names = "tokenizer", description = "a tokenizer.json to use; without it, one is learned from the text")
    private @Nullable Path tokenizer;

    @Option(names = "out", description = "where to write the model's folder")
    private Path out = Path.of("db", "models");

    @Option(names = "work", description = "where an unfinished training keeps its state")
    private Path work = Path.of("target", "training");

    @Option(names = "checkpoints", description = "about how many to keep")
    private int checkpoints = 12;

    @Option(names = "layers", description = "attention layers")
    private int layers = USUAL.layers();

    @Option(names = "d_model", description = "width of the stream")
    private int dModel = USUAL.dModel();

    @Option(names = "heads", description = "heads a layer")
    private int heads = USUAL.heads();

    @Option(names = "d_head", description = "width of a head; without it, d_model / heads")
    private @Nullable Integer dHead;

    @Option(names = "vocabulary", description = "tokens to learn from the text")
    private int vocabulary = USUAL.vocabulary();

    @Option(names = "context", description = "positions of a window")
    private int context = USUAL.context();

    @Option(names = "steps", description = "steps of the optimizer")
    private int steps = USUAL.steps();

    @Option(names = "rows", description = "windows a step")
    private int rows = USUAL.rows();

    @Option(names = "learning_rate", description = "the highest")
    private double learningRate = USUAL.learningRate();

    @Option(names = "warm_up", description = "steps until it is reached")
    private int warmUp = USUAL.warmUp();

    @Option(names = "twice", description = "share of the windows in which a passage is shown twice, in the first half")
    private double twice = USUAL.twice();

    @Option(names = "twice_late", description = "the same for the second half of the steps")
    private double twiceLate = USUAL.twiceLate();

    @Option(names = "threads", description = "how many compute at once; the weights depend on it")
    private int threads = USUAL.threads();

    @Option(names = "seed", description = "of the initial weights and of every window")
    private long seed = 1;

    @Option(names = "help", usageHelp = true, description = "lists these")
    private boolean help;

    public static void main(String[] arguments) {
        System.exit(
                Programs.of(new TrainCommand(), "This training cannot be done").execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        new TextTraining(this).run();
        return 0;
    }

    /** The defaults are those of {@link Recipe#stories()}. */
    Recipe recipe() {
        return new Recipe(
                Task.TEXT,
                layers,
                dModel,
                heads,
                dHead == null ? dModel / Math.max(1, heads) : dHead,
                vocabulary,
                context,
                USUAL.positions(),
                USUAL.norm(),
                USUAL.biases(),
                steps,
                rows,
                learningRate,
                warmUp,
                twice,
                twiceLate,
                threads,
                seed);
    }

    String name() {
        return name;
    }

    Path text() {
        return Path.of(text);
    }

    Path validation() {
        return Path.of(validation);
    }

    String about() {
        return about;
    }

    /** Null: one is learned from the text. */
    @Nullable
    Path tokenizer() {
        return tokenizer;
    }

    /** The folder of the finished model. */
    Path folder() {
        return out.resolve(name);
    }

    /** The folder for the state of an unfinished training. */
    Path work() {
        return work.resolve(name);
    }

    int checkpoints() {
        return checkpoints;
    }

    private static final class NotEmpty implements ITypeConverter<String> {
        @Override
        public String convert(String value) {
            if (value.isBlank()) {
                throw new TypeConversionException("it is empty");
            }
            return value;
        }
    }
}
