package app.headlight.tools;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.training.Optimizer;
import app.headlight.engine.training.Recipe;
import app.headlight.engine.training.Task;
import app.headlight.engine.training.Training.Checkpoints;
import app.headlight.engine.transformer.Mlp;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Positions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command that runs a {@link CommandTraining}; its options are written {@code name=value}. */
@Command(
        name = "train",
        description = "Trains a model on a text and writes it as a folder that Headlight stores at its next start."
                + " If it is interrupted and run again, it continues from its last state.",
        sortOptions = false,
        showDefaultValues = true)
public final class TrainCommand implements Callable<Integer> {

    private final Recipe usual;

    @Option(
            names = "task",
            converter = ByCommand.class,
            description = "what is learned: text, or modular-addition, which needs no text")
    private Task task;

    @Option(
            names = "name",
            required = true,
            showDefaultValue = Visibility.NEVER,
            converter = NotEmpty.class,
            description = "of the model")
    private String name = "";

    @Option(
            names = "text",
            showDefaultValue = Visibility.NEVER,
            converter = NotEmpty.class,
            description = "file to train on, UTF-8")
    private String text = "";

    @Option(
            names = "validation",
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

    @Option(
            names = "commit",
            showDefaultValue = Visibility.NEVER,
            converter = NotEmpty.class,
            description = "of this program, for the model's card: commit=$(git rev-parse --short HEAD)")
    private String commit = "";

    @Option(names = "checkpoints", description = "about how many to keep")
    private int checkpoints = 12;

    @Option(names = "dense_from", description = "half of the checkpoints are kept evenly from this step")
    private long denseFrom = 0;

    @Option(names = "dense_to", description = "to this one; 0: nowhere more than elsewhere")
    private long denseTo = 0;

    @Option(names = "layers", description = "attention layers")
    private int layers;

    @Option(names = "d_model", description = "width of the stream")
    private int dModel;

    @Option(names = "heads", description = "heads a layer")
    private int heads;

    @Option(names = "d_head", description = "width of a head; without it, d_model / heads")
    private @Nullable Integer dHead;

    @Option(names = "d_mlp", description = "neurons of each layer's MLP; 0: attention alone")
    private int dMlp;

    @Option(names = "activation", description = "of the neurons: ${COMPLETION-CANDIDATES}")
    private Mlp.Activation activation;

    @Option(names = "positions", description = "STANDARD, SHORTFORMER or NONE")
    private Positions positions;

    @Option(names = "norm", description = "${COMPLETION-CANDIDATES}")
    private Norm norm;

    @Option(names = "biases", arity = "1", description = "whether there are biases")
    private boolean biases;

    @Option(names = "vocabulary", description = "tokens to learn from the text")
    private int vocabulary;

    @Option(names = "context", description = "positions of a window")
    private int context;

    @Option(names = "steps", description = "steps of the optimizer")
    private int steps;

    @Option(names = "rows", description = "windows a step")
    private int rows;

    @Option(names = "learning_rate", description = "the highest")
    private double learningRate;

    @Option(names = "warm_up", description = "steps until it is reached")
    private int warmUp;

    @Option(names = "last_rate", description = "the last learning rate, as a share of the highest")
    private double lastRate;

    @Option(names = "beta1", description = "AdamW's, of the mean of the gradient")
    private double beta1;

    @Option(names = "beta2", description = "AdamW's, of the mean of its square")
    private double beta2;

    @Option(names = "decay", description = "of the weights, times the learning rate, at each step")
    private double decay;

    @Option(names = "clip", description = "the largest norm of a step's gradient")
    private double clip;

    @Option(names = "twice", description = "share of the windows in which a passage is shown twice, in the first half")
    private double twice;

    @Option(names = "twice_late", description = "the same for the second half of the steps")
    private double twiceLate;

    @Option(
            names = "twice_random",
            description = "of these windows the share whose passage is of random tokens of the vocabulary")
    private double twiceRandom;

    @Option(names = "threads", description = "how many compute at once; the weights depend on it")
    private int threads;

    @Option(names = "seed", description = "of the initial weights and of every window")
    private long seed = 1;

    @Spec
    private CommandSpec spec;

    @Option(names = "help", usageHelp = true, description = "lists these")
    private boolean help;

    /** @param usual what an option has that is not given */
    TrainCommand(Recipe usual) {
        this.usual = usual;
        task = usual.task();
        layers = usual.layers();
        dModel = usual.dModel();
        heads = usual.heads();
        positions = usual.positions();
        norm = usual.norm();
        biases = usual.biases();
        vocabulary = usual.vocabulary();
        context = usual.context();
        steps = usual.steps();
        rows = usual.rows();
        learningRate = usual.learningRate();
        warmUp = usual.warmUp();
        lastRate = usual.optimizer().last();
        beta1 = usual.optimizer().beta1();
        beta2 = usual.optimizer().beta2();
        decay = usual.optimizer().decay();
        clip = usual.optimizer().clip();
        twice = usual.twice();
        twiceLate = usual.twiceLate();
        twiceRandom = usual.twiceRandom();
        threads = usual.threads();
        dMlp = usual.mlp() == null ? 0 : usual.mlp().dMlp();
        activation = usual.mlp() == null ? Mlp.Activation.GELU : usual.mlp().activation();
    }

    public static void main(String[] arguments) {
        System.exit(Programs.of(of(arguments), "This training cannot be done").execute(arguments));
    }

    /** The command with the usual settings of the task that is asked for. */
    static TrainCommand of(String... arguments) {
        boolean modular = List.of(arguments).contains("task=" + Task.MODULAR_ADDITION.id());
        return new TrainCommand(modular ? Recipe.modularAddition() : Recipe.stories());
    }

    @Override
    public Integer call() throws IOException {
        if (task == Task.TEXT && (text.isEmpty() || validation.isEmpty())) {
            throw new Refusal((text.isEmpty() ? "text" : "validation") + " is missing: give text=FILE validation=FILE");
        }
        new CommandTraining(this).run();
        return 0;
    }

    Recipe recipe() {
        return usual.with()
                .task(task)
                .model(layers, dModel, heads, dHead == null ? dModel / Math.max(1, heads) : dHead)
                .mlp(dMlp == 0 ? null : new Mlp(dMlp, activation, false))
                .vocabulary(vocabulary)
                .context(context)
                .positions(positions)
                .norm(norm)
                .biases(biases)
                .steps(steps)
                .rows(rows)
                .learningRate(learningRate, warmUp)
                .twice(twice, twiceLate, twiceRandom)
                .threads(threads)
                .seed(seed)
                .optimizer(new Optimizer(beta1, beta2, decay, clip, lastRate))
                .build();
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

    /** As it was given, without what changes no number. */
    String again() {
        return spec.commandLine().getParseResult().originalArgs().stream()
                .filter(given -> !given.matches("(?s)(out|work|about|commit)=.*"))
                .collect(Collectors.joining(" "));
    }

    /** Of this program; empty if nobody said. */
    String commit() {
        return commit;
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

    Checkpoints checkpoints() {
        return new Checkpoints(checkpoints, denseFrom, denseTo);
    }

    private static final class ByCommand implements ITypeConverter<Task> {
        @Override
        public Task convert(String value) {
            Task task = Task.of(value);
            if (task != Task.TEXT && task != Task.MODULAR_ADDITION) {
                throw new TypeConversionException("the page Train trains on it; by command: text, modular-addition");
            }
            return task;
        }
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
