package app.headlight.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Path folder = Files.createTempDirectory("headlight-load");
        Process server = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx1g",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoadServer.class.getName(),
                        "--server.port=0",
                        "--vaadin.productionMode=true",
                        "--headlight.data=" + folder,
                        "--headlight.api.per-minute=100000",
                        "--logging.level.root=warn")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = server.inputReader();
                PrintWriter asks = new PrintWriter(server.outputWriter(), true)) {
            List<String> tokens = new ArrayList<>();
            int port = 0;
            for (String line = ""; !line.equals("READY"); line = next(said)) {
                port = line.startsWith("PORT ") ? Integer.parseInt(line.substring(5)) : port;
                if (line.startsWith("TOKEN ")) {
                    tokens.add(line.substring(6));
                }
            }
            new LoadReader(port, -1).open(); // what is computed once is computed now
            Thread.sleep(5000);
            long empty = held(said, asks);
            report(port, tokens, () -> held(said, asks), empty);
        } finally {
            server.destroy();
            server.waitFor();
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

    private static long held(BufferedReader said, PrintWriter asks) throws IOException {
        asks.println("held");
        String line = next(said);
        while (!line.startsWith("HELD ")) {
            line = next(said);
        }
        return Long.parseLong(line.substring(5));
    }

    private static String next(BufferedReader said) throws IOException {
        String line = said.readLine();
        if (line == null) {
            throw new IOException("the server ended");
        }
        if (!line.matches("(PORT|TOKEN|READY|HELD).*")) {
            System.err.println(line); // its log
        }
        return line;
    }
}
