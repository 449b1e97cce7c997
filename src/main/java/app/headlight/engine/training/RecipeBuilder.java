package app.headlight.engine.training;

import app.headlight.engine.transformer.Mlp;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Positions;
import org.jspecify.annotations.Nullable;

/** Changes some settings of a {@link Recipe}. */
public final class RecipeBuilder {

    private Task task;
    private int layers;
    private int dModel;
    private int heads;
    private int dHead;
    private @Nullable Mlp mlp;
    private int vocabulary;
    private int context;
    private Positions positions;
    private Norm norm;
    private boolean biases;
    private int steps;
    private int rows;
    private double learningRate;
    private int warmUp;
    private double twice;
    private double twiceLate;
    private double twiceRandom;
    private int threads;
    private long seed;
    private Optimizer optimizer;

    RecipeBuilder(Recipe from) {
        task = from.task();
        layers = from.layers();
        dModel = from.dModel();
        heads = from.heads();
        dHead = from.dHead();
        mlp = from.mlp();
        vocabulary = from.vocabulary();
        context = from.context();
        positions = from.positions();
        norm = from.norm();
        biases = from.biases();
        steps = from.steps();
        rows = from.rows();
        learningRate = from.learningRate();
        warmUp = from.warmUp();
        twice = from.twice();
        twiceLate = from.twiceLate();
        twiceRandom = from.twiceRandom();
        threads = from.threads();
        seed = from.seed();
        optimizer = from.optimizer();
    }

    public RecipeBuilder task(Task value) {
        task = value;
        return this;
    }

    /** The sizes of the model; its MLPs are {@link #mlp}. */
    public RecipeBuilder model(int layers, int dModel, int heads, int dHead) {
        this.layers = layers;
        this.dModel = dModel;
        this.heads = heads;
        this.dHead = dHead;
        return this;
    }

    /** @param value the MLP of each layer; null: attention alone */
    public RecipeBuilder mlp(@Nullable Mlp value) {
        mlp = value;
        return this;
    }

    public RecipeBuilder vocabulary(int value) {
        vocabulary = value;
        return this;
    }

    public RecipeBuilder context(int value) {
        context = value;
        return this;
    }

    public RecipeBuilder positions(Positions value) {
        positions = value;
        return this;
    }

    public RecipeBuilder norm(Norm value) {
        norm = value;
        return this;
    }

    public RecipeBuilder biases(boolean value) {
        biases = value;
        return this;
    }

    public RecipeBuilder steps(int value) {
        steps = value;
        return this;
    }

    public RecipeBuilder rows(int value) {
        rows = value;
        return this;
    }

    /** @param warmUp steps until the highest rate is reached */
    public RecipeBuilder learningRate(double highest, int warmUp) {
        this.learningRate = highest;
        this.warmUp = warmUp;
        return this;
    }

    /**
     * The shares of windows in which a passage is shown twice.
     *
     * @param first in the first half of the steps
     * @param late in the second half
     * @param random of these windows, the share with random tokens
     */
    public RecipeBuilder twice(double first, double late, double random) {
        twice = first;
        twiceLate = late;
        twiceRandom = random;
        return this;
    }

    public RecipeBuilder threads(int value) {
        threads = value;
        return this;
    }

    public RecipeBuilder seed(long value) {
        seed = value;
        return this;
    }

    public RecipeBuilder optimizer(Optimizer value) {
        optimizer = value;
        return this;
    }

    /** @throws app.headlight.engine.refusal.Refusal naming the setting with a wrong value */
    public Recipe build() {
        return new Recipe(
                task,
                layers,
                dModel,
                heads,
                dHead,
                mlp,
                vocabulary,
                context,
                positions,
                norm,
                biases,
                steps,
                rows,
                learningRate,
                warmUp,
                twice,
                twiceLate,
                twiceRandom,
                threads,
                seed,
                optimizer);
    }
}
