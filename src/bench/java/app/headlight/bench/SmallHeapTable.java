package app.headlight.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@value #SENTENCES} random sentences of up to the whole context, over all stored models in turn, on a heap of
 * {@value #HEAP}: no error, and memory that stays level.
 */
public final class SmallHeapTable {

    private static final String HEAP = "512m";
    private static final int SENTENCES = 3000;
    private static final int EACH = 300;
    private static final HttpClient REST = HttpClient.newHttpClient();

    private SmallHeapTable() {}

    public static void main(String[] arguments) throws Exception {
        try (ServerProcess server = new ServerProcess(HEAP)) {
            String models = "http://localhost:" + server.port() + "/api/v1/models";
            List<JsonNode> stored = new ArrayList<>();
            JsonMapper.shared().readTree(send(HttpRequest.newBuilder(URI.create(models)))).forEach(stored::add);
            System.out.printf(
                    Locale.ROOT,
                    "%n%,d sentences over %d models, heap of %s%n%n| sentences | errors | heap held, MB | resident, MB |%n"
                            + "| --- | --- | --- | --- |%n",
                    SENTENCES,
                    stored.size(),
                    HEAP);
            SplittableRandom random = new SplittableRandom(1);
            int errors = 0;
            row(server, 0, errors);
            for (int i = 1; i <= SENTENCES; i++) {
                errors += isAnswered(models, stored.get(i % stored.size()), random) ? 0 : 1;
                if (i % EACH == 0) {
                    row(server, i, errors);
                }
            }
        }
    }

    private static void row(ServerProcess server, int sentences, int errors) throws IOException {
        long resident = server.resident(); // before the collection that the next one asks for
        System.out.printf(
                Locale.ROOT, "| %d | %d | %d | %d |%n", sentences, errors, server.held() >> 20, resident >> 20);
    }

    private static boolean isAnswered(String models, JsonNode model, SplittableRandom random)
            throws InterruptedException {
        int context = model.path("config").path("n_ctx").asInt();
        int vocabulary = model.path("config").path("d_vocab").asInt();
        String tokens = random.ints(random.nextInt(1, context + 1), 0, vocabulary)
                .boxed()
                .toList()
                .toString();
        try {
            send(HttpRequest.newBuilder(URI.create(models + "/" + model.path("name").asString() + "/run"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"tokens\":" + tokens + "}")));
            return true;
        } catch (IOException refused) {
            System.err.println(refused.getMessage());
            return false;
        }
    }

    private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = REST.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }
}
