package app.headlight.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * A study group at work, on loopback: {@value #READERS} people read, each with a thought between two views, and
 * {@value #WRITERS} write findings, on a server with a heap of one gigabyte and an empty database.
 */
public final class LoadTable {

    static final int READERS = 100;
    static final int WRITERS = 10;
    private static final int SECONDS = Integer.getInteger("load.seconds", 60);
    private static final double THOUGHT = 3000; // milliseconds between two views of a reader, on average
    private static final String FINDING =
            "{\"model\":\"storybook-2l\",\"sort\":\"HEAD\",\"subject\":\"L1H%d\",\"title\":\"Seen %d times\","
                    + "\"markdown\":\"It *looks back*.\",\"kind\":\"induction\",\"tags\":[\"load\"]}";

    private LoadTable() {}

    public static void main(String[] arguments) throws Exception {
        try (ServerProcess server = new ServerProcess("1g")) {
            new LoadReader(server.port(), -1).open(); // what is computed once is computed now
            Thread.sleep(5000);
            long empty = server.held();
            report(server.port(), server.tokens(), server::held, empty);
        }
    }

    private static void report(int port, List<String> tokens, Callable<Long> held, long empty) throws Exception {
        List<LoadReader> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            readers.add(new LoadReader(port, i));
            readers.get(i).open();
        }
        long idle = held.call();
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        List<Double> views = new ArrayList<>();
        List<Double> writes = new ArrayList<>();
        List<String> errors = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Double>>> reading = new ArrayList<>();
            List<Future<List<Double>>> writing = new ArrayList<>();
            for (LoadReader reader : readers) {
                reading.add(people.submit(() -> repeatedly(end, errors, reader::change)));
            }
            for (String token : tokens) {
                writing.add(people.submit(() -> repeatedly(end, errors, () -> write(port, token))));
            }
            for (Future<List<Double>> one : reading) {
                views.addAll(one.get());
            }
            for (Future<List<Double>> one : writing) {
                writes.addAll(one.get());
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%n%d people reading and %d writing for %d s; heap of 1 GB, %d cores (those of the load included)%n%n",
                READERS,
                WRITERS,
                SECONDS,
                Runtime.getRuntime().availableProcessors());
        System.out.println("| what | count | median, ms | p95, ms | most, ms |\n| --- | --- | --- | --- | --- |");
        row("view changes", views);
        row("findings written", writes);
        System.out.printf(
                Locale.ROOT,
                "%nerrors: %d%s%nheap held: %d MB before anybody came, %d KB for each of %d idle sessions, %d MB at the end%n",
                errors.size(),
                errors.stream().limit(5).map(error -> "\n  " + error).collect(Collectors.joining()),
                empty >> 20,
                (idle - empty) / READERS >> 10,
                READERS,
                held.call() >> 20);
    }

    private static List<Double> repeatedly(long end, List<String> errors, Callable<Double> deed)
            throws InterruptedException {
        List<Double> times = new ArrayList<>();
        SplittableRandom random = new SplittableRandom();
        while (System.nanoTime() < end) {
            Thread.sleep((long) (2 * THOUGHT * random.nextDouble()));
            try {
                times.add(deed.call());
            } catch (Exception failed) {
                errors.add(String.valueOf(failed.getMessage()));
            }
        }
        return times;
    }

    private static final HttpClient REST = HttpClient.newHttpClient();

    private static double write(int port, String token) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        HttpResponse<String> answer = REST.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/findings"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                String.format(FINDING, begun % 4, Math.abs(begun % 1000))))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new IOException("a finding was answered with " + answer.statusCode() + " " + answer.body());
        }
        return (System.nanoTime() - begun) / 1e6;
    }

    private static void row(String what, List<Double> times) {
        List<Double> sorted = times.stream().sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %.0f | %.0f | %.0f |%n",
                what,
                sorted.size(),
                sorted.get(sorted.size() / 2),
                sorted.get((int) (0.95 * sorted.size())),
                sorted.getLast());
    }
}
