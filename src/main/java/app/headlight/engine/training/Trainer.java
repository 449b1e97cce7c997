package app.headlight.engine.training;

import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Pass;
import app.headlight.engine.transformer.PreparedWeights;
import app.headlight.engine.transformer.Weights;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Takes the steps of a training: a batch of windows, the gradient of its mean loss with its norm clipped, AdamW. The
 * rows of a batch are divided among threads, whose gradients are added in a fixed order, so that a recipe gives the
 * same weights every time. A step allocates nearly no memory; everything is allocated at the start.
 *
 * <p>Not safe for several threads; {@link #close()} ends its worker threads.
 */
public final class Trainer implements AutoCloseable {

    /** The part of every batch that one thread computes. */
    private record Worker(Pass pass, int[][] windows, Weights gradient, List<float[]> arrays) {}

    private final Recipe recipe;
    private final Examples examples;
    private final Schedule schedule;
    private final PreparedWeights weights;
    private final List<float[]> arrays; // the weights that are trained, matrices first
    private final List<Boolean> decays; // which of them decay: matrices do, vectors do not
    private final List<float[]> means;
    private final List<float[]> squares;
    private final List<Worker> workers = new ArrayList<>();
    private final ExecutorService threads;
    private long step;
    private double gradientNorm;

    /** A trainer at the start of a training. */
    public Trainer(Recipe recipe, Examples examples, MatrixProducts products) {
        this(recipe, examples, products, TrainingState.initial(recipe));
    }

    /** A trainer that continues from a state. */
    public Trainer(Recipe recipe, Examples examples, MatrixProducts products, TrainingState from) {
        this.recipe = recipe;
        this.examples = examples;
        Config config = recipe.config();
        MatrixProducts alone = products.onOneThread();
        schedule = new Schedule(
                recipe.learningRate(),
                recipe.warmUp(),
                recipe.steps(),
                recipe.optimizer().last());
        weights = PreparedWeights.trainable(config, from.weights().copy(), recipe.biases(), alone);
        arrays = trained(weights.weights());
        decays = weights.weights().tensors().stream()
                .filter(tensor -> !tensor.bias())
                .map(tensor -> tensor.rows() > 1)
                .collect(Collectors.toCollection(ArrayList::new));
        decays.addAll(Collections.nCopies(arrays.size() - decays.size(), false));
        means = trained(from.means().copy());
        squares = trained(from.squares().copy());
        step = from.step();
        int count = Math.min(recipe.threads(), recipe.rows());
        for (int w = 0; w < count; w++) {
            int rows = recipe.rows() * (w + 1) / count - recipe.rows() * w / count;
            Weights gradient = Weights.zeros(config);
            workers.add(new Worker(
                    new Pass(config, rows, recipe.context(), alone),
                    new int[rows][recipe.context() + 1],
                    gradient,
                    trained(gradient)));
        }
        threads = Executors.newFixedThreadPool(
                count, Thread.ofPlatform().daemon().name("training-", 0).factory());
    }

    /** The number of steps taken. */
    public long step() {
        return step;
    }

    public boolean isDone() {
        return step >= recipe.steps();
    }

    /**
     * Takes a step.
     *
     * @return the mean loss of its batch, in nats a token that counts, before the step
     */
    public double advance() {
        draw();
        int from = examples.countedFrom(recipe.context());
        long counted = (long) recipe.rows() * (recipe.context() - from);
        float weight = 1f / counted;
        List<Callable<Double>> passes = new ArrayList<>();
        for (Worker worker : workers) {
            passes.add(() ->
                    sum(worker.pass().gradient(weights, worker.windows(), weight, from, worker.gradient()), from));
        }
        double loss = 0;
        for (double part : together(passes)) {
            loss += part;
        }
        addUp();
        gradientNorm = Math.sqrt(squared(workers.getFirst().arrays()));
        if (!Double.isFinite(gradientNorm)) {
            throw new ArithmeticException(
                    "the gradient of step " + step + " is no longer a number; a lower learning rate may help");
        }
        step++;
        update((float) Math.min(1, recipe.optimizer().clip() / gradientNorm));
        weights.refresh();
        return loss / counted;
    }

    /** The learning rate of the last step. */
    double rate() {
        return schedule.rate(Math.max(0, step - 1));
    }

    /** The norm of the last step's gradient, before it was clipped. */
    double gradientNorm() {
        return gradientNorm;
    }

    /** The weights themselves: they change with the next step. */
    public Weights weights() {
        return weights.weights();
    }

    /** A copy of all that is needed to continue from here. */
    public TrainingState state() {
        return new TrainingState(step, weights.weights().copy(), inShape(means), inShape(squares));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** The windows of a step depend only on the seed and the step, so that a training can be continued at any step. */
    private void draw() {
        SplittableRandom random = new SplittableRandom(recipe.seed() * 0x9E3779B97F4A7C15L + step);
        Examples now = examples.at((double) step / recipe.steps());
        for (Worker worker : workers) {
            for (int[] window : worker.windows()) {
                now.draw(random, window);
            }
        }
    }

    /** Adds all gradients to those of the first worker. */
    private void addUp() {
        List<float[]> sum = workers.getFirst().arrays();
        for (Worker worker : workers.subList(1, workers.size())) {
            for (int a = 0; a < sum.size(); a++) {
                float[] to = sum.get(a);
                float[] from = worker.arrays().get(a);
                for (int i = 0; i < to.length; i++) {
                    to[i] += from[i];
                }
            }
        }
    }

    /** Every thread updates its share of every array. */
    private void update(float scale) {
        double rate = schedule.rate(step - 1);
        List<float[]> gradient = workers.getFirst().arrays();
        List<Callable<Double>> shares = new ArrayList<>();
        for (int w = 0; w < workers.size(); w++) {
            int share = w;
            shares.add(() -> {
                for (int a = 0; a < arrays.size(); a++) {
                    long length = arrays.get(a).length;
                    AdamW.step(
                            arrays.get(a),
                            gradient.get(a),
                            means.get(a),
                            squares.get(a),
                            recipe.optimizer(),
                            step,
                            rate,
                            scale,
                            decays.get(a) ? recipe.optimizer().decay() : 0,
                            (int) (length * share / workers.size()),
                            (int) (length * (share + 1) / workers.size()));
                }
                return 0.0;
            });
        }
        together(shares);
    }

    private List<Double> together(List<Callable<Double>> work) {
        try {
            List<Double> results = new ArrayList<>();
            for (Future<Double> part : threads.invokeAll(work)) {
                results.add(part.get());
            }
            return results;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the training was interrupted in the middle of a step", interrupted);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a step failed: " + failed.getCause(), failed.getCause());
        }
    }

    private List<float[]> trained(Weights of) {
        List<float[]> trained = new ArrayList<>(of.matrices());
        if (recipe.biases()) {
            trained.addAll(of.biases());
        }
        return trained;
    }

    private Weights inShape(List<float[]> values) {
        Weights shaped = Weights.zeros(recipe.config());
        List<float[]> into = trained(shaped);
        for (int a = 0; a < into.size(); a++) {
            System.arraycopy(values.get(a), 0, into.get(a), 0, into.get(a).length);
        }
        return shaped;
    }

    private static double sum(double[][] losses, int from) {
        double sum = 0;
        for (double[] row : losses) {
            for (int t = from; t < row.length; t++) {
                sum += row[t];
            }
        }
        return sum;
    }

    private static double squared(List<float[]> arrays) {
        double sum = 0;
        for (float[] array : arrays) {
            double part = 0;
            for (float value : array) {
                part += (double) value * value;
            }
            sum += part;
        }
        return sum;
    }
}
