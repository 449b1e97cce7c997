package app.headlight.bench;

import app.headlight.engine.formats.ModelFiles;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Transformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * {@value #PEOPLE} people type sentences, first alone and then while one more has the circuits of a random model of
 * 12 layers of 768 opened: how long the pictures of the many take with him and without him.
 */
public final class FairnessTable {

    private static final int PEOPLE = 20;
    private static final int SECONDS = Integer.getInteger("fairness.seconds", 30);
    private static final double THOUGHT = 3000; // milliseconds between two sentences of a person, on average
    private static final String LARGE = "random-12l";

    private FairnessTable() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("headlight-fairness");
        write(folder.resolve(LARGE));
        try (ServerProcess server = new ServerProcess("4g", "--headlight.models=" + folder)) {
            List<LoadReader> people = new ArrayList<>();
            for (int i = 0; i < PEOPLE; i++) {
                people.add(new LoadReader(server.port(), i));
                people.get(i).open();
            }
            LoadReader one = new LoadReader(server.port(), PEOPLE);
            one.open();
            typing(people); // warm
            double before = median(typing(people));
            double answered = one.openCircuits(LARGE);
            double meanwhile = median(typing(people));
            System.out.printf(
                    Locale.ROOT,
                    "%n%d people typing for %d s, %d cores (those of the load included)%n%n"
                            + "| | median time to picture, ms |%n| --- | --- |%n| alone | %.0f |%n"
                            + "| while one opens the circuits of 12 layers of 768 | %.0f |%n%n"
                            + "ratio %.2f; his page answered after %.0f ms%n",
                    PEOPLE,
                    SECONDS,
                    Runtime.getRuntime().availableProcessors(),
                    before,
                    meanwhile,
                    meanwhile / before,
                    answered);
        }
    }

    private static void write(Path folder) throws IOException {
        Transformer model = ModelSize.WIDE_12_LAYERS.model(MatrixProducts.fastest());
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("config.json"), ModelFiles.writeConfig(model.config()));
        Files.write(folder.resolve("model.safetensors"), ModelFiles.writeWeights(model.config(), model.weights()));
    }

    private static List<Double> typing(List<LoadReader> people) throws Exception {
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        List<Double> times = new ArrayList<>();
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Double>>> all = new ArrayList<>();
            for (LoadReader person : people) {
                all.add(each.submit(() -> {
                    List<Double> own = new ArrayList<>();
                    SplittableRandom random = new SplittableRandom();
                    while (System.nanoTime() < end) {
                        Thread.sleep((long) (2 * THOUGHT * random.nextDouble()));
                        own.add(person.type());
                    }
                    return own;
                }));
            }
            for (Future<List<Double>> one : all) {
                times.addAll(one.get());
            }
        }
        return times;
    }

    private static double median(List<Double> times) {
        List<Double> sorted = times.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
