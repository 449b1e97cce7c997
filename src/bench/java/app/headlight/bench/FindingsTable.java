package app.headlight.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@value #FINDINGS} findings about one head, each with {@value #CLAIMS} claims that are measured: how long the pages
 * that list them take to answer, on loopback.
 */
public final class FindingsTable {

    static final int FINDINGS = 200;
    static final int CLAIMS = 2;
    private static final int TIMES = 15;
    private static final String MODEL = "induction-by-hand";
    private static final String FINDING =
            "{\"model\":\"" + MODEL + "\",\"sort\":\"HEAD\",\"subject\":\"L1H0\",\"title\":\"Seen %d times\","
                    + "\"markdown\":\"It *looks back*.\",\"kind\":\"induction\",\"tags\":[\"load\"],\"confidence\":80,"
                    + "\"view\":\"explore?model=" + MODEL + "&heads=L1H0\"}";
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*(\\d+)");
    private static final Pattern TOTAL = Pattern.compile("\"total\"\\s*:\\s*(\\d+)");

    private final HttpClient client = HttpClient.newHttpClient();
    private final String rest;
    private final String token;

    private FindingsTable(ServerProcess server) {
        rest = "http://localhost:" + server.port() + "/api/v1/findings";
        token = server.tokens().getFirst();
    }

    public static void main(String[] arguments) throws Exception {
        try (ServerProcess server = new ServerProcess("1g")) {
            FindingsTable table = new FindingsTable(server);
            table.write();
            table.awaitVerdicts();
            LoadReader reader = new LoadReader(server.port(), 1);
            reader.open();
            System.out.printf(
                    Locale.ROOT,
                    "%n%d findings about one head with %d measured claims each; %d cores (those of the reader included)%n%n",
                    FINDINGS,
                    CLAIMS,
                    Runtime.getRuntime().availableProcessors());
            System.out.println("| what is opened | median, ms | most, ms |\n| --- | --- | --- |");
            row("`/findings`, its first page", () -> reader.navigate("/findings", ""));
            row("`/findings?claims=holds`", () -> reader.navigate("/findings", "claims=holds"));
            row("the head's page", () -> reader.navigate("/models/" + MODEL + "/heads/L1H0", ""));
            row("one finding", () -> reader.navigate("/findings/" + table.first(), ""));
            row("Explore, with the badges of heads", () -> reader.navigate("/explore", "model=" + MODEL));
            row("`GET /api/v1/findings?size=200`", () -> table.timed("?size=200"));
            row("`GET …/findings/export` as JSON", () -> table.timed("/export?format=json&model=" + MODEL));
        }
    }

    private void write() throws IOException, InterruptedException {
        for (int i = 0; i < FINDINGS; i++) {
            String finding = number(ID, post("", String.format(FINDING, i)));
            post("/" + finding + "/claims", "{\"claim\":\"score(L1H0, induction) >= 0.8\"}");
            post("/" + finding + "/claims", "{\"claim\":\"score(L1H0, first) >= 0.8\"}");
        }
    }

    /** Until each claim of each finding has a verdict. */
    private void awaitVerdicts() throws IOException, InterruptedException {
        String left = "";
        while (!left.equals("0")) {
            Thread.sleep(2000);
            left = number(TOTAL, get("?claims=unmeasured&size=1&model=" + MODEL));
            System.err.println(left + " findings have claims that are not measured yet");
        }
    }

    private String first() throws IOException, InterruptedException {
        return number(ID, get("?size=1&model=" + MODEL));
    }

    private double timed(String address) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        get(address);
        return (System.nanoTime() - begun) / 1e6;
    }

    private String get(String address) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(URI.create(rest + address)).GET());
    }

    private String post(String address, String json) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(URI.create(rest + address))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private String answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                request.header("Authorization", "Bearer " + token).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(answer.uri() + " was answered with " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    private static String number(Pattern pattern, String text) throws IOException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IOException("an answer has no " + pattern + ": " + text);
        }
        return matcher.group(1);
    }

    private static void row(String what, Callable<Double> opening) throws Exception {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i <= TIMES; i++) {
            double took = opening.call();
            if (i > 0) { // the first one warms up
                times.add(took);
            }
        }
        times.sort(null);
        System.out.printf(Locale.ROOT, "| %s | %.0f | %.0f |%n", what, times.get(TIMES / 2), times.getLast());
    }
}
