package app.headlight.engine.training;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Mlp;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Positions;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A recipe: all settings of a training except its text. The same recipe on the same text gives the same weights to the
 * last bit, on any machine whose products round in the same way.
 *
 * @param task what is learned
 * @param layers attention layers, 0 or more
 * @param dModel width of the stream
 * @param heads heads in a layer
 * @param dHead width of a head
 * @param mlp of each layer; null: attention alone
 * @param vocabulary tokens; for a text, the size of the vocabulary that is learned from it
 * @param context positions of a window, and of the finished model
 * @param steps steps of the optimizer
 * @param rows windows in a step
 * @param learningRate the highest learning rate
 * @param warmUp steps until it is reached
 * @param twice share of a text's windows in which a passage is shown twice, in [0, 1], for the first half of the steps
 * @param twiceLate the same for the second half of the steps: once a head has formed, it needs fewer to remain
 * @param twiceRandom of those windows the share whose passage is of tokens drawn at random from the vocabulary, in [0, 1]:
 *     a head that has learned from them finds any token again, not only those that a text repeats
 * @param threads the number of threads; the rounding, and so the weights, depend on it
 * @param seed of the initial weights and of every window
 * @param optimizer null in the records of earlier versions: the usual one
 */
public record Recipe(
        Task task,
        int layers,
        int dModel,
        int heads,
        int dHead,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Mlp mlp,
        int vocabulary,
        int context,
        Positions positions,
        Norm norm,
        boolean biases,
        int steps,
        int rows,
        double learningRate,
        int warmUp,
        double twice,
        double twiceLate,
        @JsonSetter(nulls = Nulls.AS_EMPTY) double twiceRandom, // not in the records of earlier versions
        int threads,
        long seed,
        @Nullable Optimizer optimizer) {

    /** @throws Refusal naming the setting with a wrong value */
    public Recipe {
        require("steps", steps, 1);
        require("rows", rows, 1);
        require("warm-up steps", warmUp, 0);
        require("threads", threads, 1);
        require("the context", context, task == Task.MODULAR_ADDITION ? ModularAddition.CONTEXT : 8);
        require("the vocabulary", vocabulary, 16);
        if (!(learningRate > 0 && learningRate <= 1)) {
            throw new Refusal("the learning rate is " + learningRate + "; expected more than 0, up to 1");
        }
        if (!(twice >= 0 && twice <= 1 && twiceLate >= 0 && twiceLate <= 1)) {
            throw new Refusal("the share of windows with a passage twice is " + twice + "; expected 0 to 1");
        }
        if (!(twiceRandom >= 0 && twiceRandom <= 1)) {
            throw new Refusal(
                    "the share of those windows whose passage is random is " + twiceRandom + "; expected 0 to 1");
        }
        if (positions == Positions.ROTARY) {
            throw new Refusal("positions are " + positions + "; expected STANDARD, SHORTFORMER or NONE");
        }
        optimizer = optimizer == null ? Optimizer.USUAL : optimizer;
        config(layers, dModel, heads, dHead, mlp, vocabulary, context, positions, norm); // refuses wrong values
    }

    @Override
    public Optimizer optimizer() {
        return Objects.requireNonNull(optimizer);
    }

    /**
     * The recipe of the task “repeats” that the page offers: two layers learn it in 2 to 4 million tokens, one layer
     * cannot.
     */
    public static Recipe repeats() {
        return stories()
                .with()
                .task(Task.REPEATS)
                .model(2, 64, 4, 16)
                .vocabulary(512)
                .context(128)
                .steps(2000)
                .rows(16)
                .learningRate(6e-3, 100)
                .twice(0, 0, 0)
                .build();
    }

    /**
     * The recipe of modular addition: one layer with an MLP learns its training pairs soon, and the others after many
     * more steps, because its weights decay much (Nanda et al. 2023 have p = 113, width 128 and 512 neurons, which takes
     * eight times as long).
     */
    public static Recipe modularAddition() {
        return repeats()
                .with()
                .task(Task.MODULAR_ADDITION)
                .model(1, 64, 4, 16)
                .mlp(new Mlp(256, Mlp.Activation.RELU, false))
                .positions(Positions.STANDARD)
                .biases(true)
                .vocabulary(59 + 1)
                .context(ModularAddition.CONTEXT)
                .steps(20000)
                .rows(256)
                .learningRate(3e-3, 10)
                .optimizer(new Optimizer(0.9, 0.98, 1, 1e9, 1))
                .build();
    }

    /** The defaults of a training on stories by command, with two layers. */
    public static Recipe stories() {
        return new Recipe(
                Task.TEXT,
                2,
                128,
                4,
                32,
                null,
                2048,
                256,
                Positions.SHORTFORMER,
                Norm.NONE,
                false,
                20000,
                8,
                3e-3,
                200,
                0.3,
                0.05,
                0,
                2,
                1,
                null);
    }

    /** The same with some settings changed. */
    public RecipeBuilder with() {
        return new RecipeBuilder(this);
    }

    /** The recipe in one line, for people. */
    public String inWords() {
        return String.format(
                Locale.ROOT,
                "%s, %s, d_model %d, vocabulary %,d, context %d, %,d steps of %d × %d tokens, learning rate %s",
                task == Task.TEXT ? "a text" : "the task “" + task.id() + "”",
                layers == 0
                        ? "no layers"
                        : layers + " layers of " + heads + " heads"
                                + (mlp == null ? "" : " and an MLP of " + mlp.dMlp()),
                dModel,
                vocabulary,
                context,
                steps,
                rows,
                context,
                learningRate);
    }

    public String json() {
        return TrainingJson.write(this);
    }

    /** @throws Refusal if the text is not a recipe, or has a wrong value */
    public static Recipe of(String json) {
        return TrainingJson.read(json, Recipe.class);
    }

    private static void require(String what, int value, int least) {
        if (value < least) {
            throw new Refusal(what + ": " + value + "; expected " + least + " or more");
        }
    }

    /** The configuration of the model. */
    public Config config() {
        return config(layers, dModel, heads, dHead, mlp, vocabulary, context, positions, norm);
    }

    private static Config config(
            int layers,
            int dModel,
            int heads,
            int dHead,
            @Nullable Mlp mlp,
            int vocabulary,
            int context,
            Positions positions,
            Norm norm) {
        return Config.builder()
                .sizes(layers, dModel, heads, dHead, vocabulary, context)
                .mlp(mlp)
                .positions(positions)
                .norm(norm)
                .build();
    }

    public long tokensPerStep() {
        return (long) rows * context;
    }

    /** The number of tokens that the whole training sees. */
    public long tokens() {
        return steps * tokensPerStep();
    }
}
