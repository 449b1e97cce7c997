package app.headlight.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.ReferenceModel;
import app.headlight.SharedServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ModelsControllerTest extends SharedServer {

    private static final JsonMapper JSON = JsonMapper.shared();

    @LocalServerPort
    private int port;

    @Test
    void listsTheStoredModelsWithTheirConfiguration() throws Exception {
        JsonNode models = JSON.readTree(get("/api/v1/models").body());
        assertThat(models.findValuesAsString("name")).contains("storybook-2l", "induction-by-hand");
        JsonNode storybook = models.valueStream()
                .filter(model -> model.path("name").asString().equals("storybook-2l"))
                .findFirst()
                .orElseThrow();
        assertThat(storybook.path("config").path("d_model").asInt()).isEqualTo(128);
        assertThat(storybook.path("config").path("positional_embedding_type").asString())
                .isEqualTo("shortformer");
    }

    @Test
    void aRunAnswersTheReferenceFigures() throws Exception {
        JsonNode expected =
                JSON.readTree(getClass().getResourceAsStream("/reference/storybook-2l-torch/expected.json"));
        for (JsonNode sentence : expected.path("sentences")) {
            JsonNode byText = run(Map.of("text", sentence.path("text").asString()));
            JsonNode byTokens = run(Map.of("tokens", sentence.path("tokens")));
            for (Map.Entry<String, JsonNode> field : sentence.properties()) {
                JsonNode given = byText.path(field.getKey());
                if (field.getKey().equals("text")
                        || field.getKey().equals("pieces")
                        || field.getKey().equals("tokens")) {
                    assertThat(given).as(field.getKey()).isEqualTo(field.getValue());
                } else {
                    close(field.getKey(), given, field.getValue());
                    close(field.getKey(), byTokens.path(field.getKey()), field.getValue());
                }
            }
        }
    }

    @Test
    void oneTokenIsARunLikeAnyOther() throws Exception {
        HttpResponse<String> answer = post("storybook-2l", "{\"tokens\":[5]}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("NaN").doesNotContain("Infinity");
        JsonNode run = JSON.readTree(answer.body());
        assertThat(run.path("loss").size()).isZero();
        assertThat(run.path("pattern").get(1).get(3).get(0).get(0).asDouble()).isEqualTo(1);
    }

    @Test
    void errorsAreProblemDetails() throws Exception {
        problem(post("no-such-model", "{\"text\":\"a\"}"), 404, "no-such-model");
        problem(post("storybook-2l", "{}"), 400, "either");
        problem(post("storybook-2l", "{\"text\":\"a\",\"tokens\":[1]}"), 400, "either");
        problem(post("storybook-2l", "{\"text\":\"\"}"), 400, "empty");
        problem(post("storybook-2l", "{\"tokens\":[2048]}"), 400, "2048");
        problem(post("storybook-2l", "{\"tokens\":[-1]}"), 400, "-1");
        problem(post("storybook-2l", "{\"text\":\"" + "cat ".repeat(400) + "\"}"), 400, "256 at most");
        problem(post("storybook-2l", "{\"text\":"), 400, "must be JSON");
        problem(post("storybook-2l", "{\"tokens\":[1.5]}"), 400, "whole numbers");
        problem(post("storybook-2l", "{\"tokens\":\"1 2\"}"), 400, "whole numbers");
        problem(get("/api/v1/nothing"), 404, "");
        problem(get("/api/v1/models/storybook-2l/run"), 405, "");
    }

    @Test
    void aSentenceGoesOnAsTheModelPredicts() throws Exception {
        JsonNode greedy = JSON.readTree(
                goOn("{\"text\":\"The cat sat. The cat\",\"more\":3}").body());
        int[] all = ReferenceModel.ints(greedy.path("tokens"));
        int[] own = ReferenceModel.ints(greedy.path("continued"));
        assertThat(own).hasSize(3);
        assertThat(Arrays.copyOfRange(all, all.length - 3, all.length)).isEqualTo(own);
        assertThat(greedy.path("pieces").size()).isEqualTo(all.length);
        for (int i = 0; i < 3; i++) {
            JsonNode run = run(Map.of("tokens", Arrays.copyOf(all, all.length - 3 + i)));
            assertThat(run.path("top5_by_position")
                            .get(all.length - 4 + i)
                            .get(0)
                            .get(0)
                            .asInt())
                    .isEqualTo(own[i]);
        }
        String drawn = goOn("{\"tokens\":[5,6],\"more\":9,\"seed\":3}").body();
        assertThat(goOn("{\"tokens\":[5,6],\"more\":9,\"seed\":3}").body()).isEqualTo(drawn);
        assertThat(goOn("{\"tokens\":[5,6],\"more\":9,\"seed\":4}").body()).isNotEqualTo(drawn);
        problem(goOn("{\"text\":\"a\"}"), 400, "“more” is null");
        problem(goOn("{\"text\":\"a\",\"more\":0}"), 400, "“more” is 0");
        problem(goOn("{\"text\":\"a\",\"more\":1,\"seed\":-2}"), 400, "“seed” is -2");
        problem(goOn("{\"text\":\"a\",\"more\":255}"), 400, "");
        problem(goOn("{\"text\":\"a\",\"more\":256}"), 400, "room for");
        problem(goOn("{\"text\":\"a\",\"more\":1,\"temperature\":2}"), 400, "temperature");
    }

    private HttpResponse<String> goOn(String body) throws Exception {
        return postTo("storybook-2l-torch/continue", body);
    }

    @Test
    void tokensAreTakenAsTheyAreAndATextBeginsAsTheModelWants() throws Exception {
        JsonNode byTokens =
                JSON.readTree(post("induction-by-hand", "{\"tokens\":[5,6]}").body());
        assertThat(ReferenceModel.ints(byTokens.path("tokens"))).containsExactly(5, 6);
        JsonNode byText = JSON.readTree(
                post("induction-by-hand", "{\"text\":" + byTokens.path("pieces").get(0) + "}")
                        .body());
        assertThat(ReferenceModel.ints(byText.path("tokens"))).containsExactly(0, 5);
    }

    @Test
    void saysWhichPartOfATextIsUnknown() throws Exception {
        problem(post(FEW_LETTERS, "{\"text\":\"xyz\"}"), 400, "“xyz” is unknown to the tokenizer of " + FEW_LETTERS);
        problem(post(FEW_LETTERS, "{\"text\":\"ab xyz cq\"}"), 400, "“xyz”, “q” are unknown to the tokenizer");
        problem(post(FEW_LETTERS, "{\"text\":\"ab e\"}"), 400, "“e” is token 4 of the tokenizer; the vocabulary of");
        problem(post(FEW_LETTERS, "{\"text\":\" \"}"), 400, "the text is empty");
        assertThat(post(FEW_LETTERS, "{\"text\":\"ab cd\"}").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "run | {\"tokens\":[1,2,3]}",
                "detectors | {\"tokens\":[1,2,1,2],\"period\":2}",
                "paths | {\"tokens\":[1,2,3],\"dest\":1,\"token\":2}",
                "term-importance | {\"tokens\":[1,2,3]}",
                "circuits | "
            })
    void whatIsNotFiniteIsAnsweredAsSuch(String path, String body) throws Exception {
        String address = "weights%20of%203e38/" + path;
        HttpResponse<String> answer = body == null ? get("/api/v1/models/" + address) : postTo(address, body);
        problem(answer, 422, "not finite");
    }

    @Test
    void theArraysOfARunAreFiniteToo() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(
                        URI.create("http://localhost:" + port + "/api/v1/models/weights%20of%203e38/run"))
                .header("content-type", "application/json")
                .header("accept", RunTensors.MEDIA_TYPE + ", application/problem+json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"tokens\":[1,2,3]}")));
        problem(answer, 422, "not finite");
    }

    private static void problem(HttpResponse<String> answer, int status, String detail) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("application/problem+json");
        assertThat(JSON.readTree(answer.body()).path("detail").asString("")).contains(detail);
        assertThat(answer.body()).doesNotContain("Exception").doesNotContain("at app.headlight");
    }

    /** Both the same shape, each number within 1e-4 (relative to it where it is large). */
    private static void close(String what, JsonNode given, JsonNode expected) {
        if (expected.isNumber()) {
            double tolerance = 1e-4 * Math.max(1, Math.abs(expected.asDouble()));
            assertThat(given.isIntegralNumber() || !expected.isIntegralNumber())
                    .as("%s is whole", what)
                    .isTrue();
            assertThat(given.asDouble()).as(what).isCloseTo(expected.asDouble(), within(tolerance));
            return;
        }
        assertThat(given.size()).as("size of %s", what).isEqualTo(expected.size());
        if (expected.isObject()) {
            expected.properties()
                    .forEach(field -> close(what + "." + field.getKey(), given.path(field.getKey()), field.getValue()));
        } else {
            for (int i = 0; i < expected.size(); i++) {
                close(what + "[" + i + "]", given.get(i), expected.get(i));
            }
        }
    }

    @Test
    void detectorsAreThoseOfTheReference() throws Exception {
        JsonNode expected = ReferenceModel.load("storybook-2l-torch").expected().get("detectors");
        HttpResponse<String> answer = postTo(
                "storybook-2l-torch/detectors",
                JSON.writeValueAsString(Map.of("tokens", expected.get("tokens"), "period", expected.get("period"))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        close("scores", JSON.readTree(answer.body()).get("scores"), expected.get("scores"));
        problem(postTo("storybook-2l-torch/detectors", "{\"tokens\":[1,2,3],\"period\":2}"), 400, "at most half");
        problem(postTo("nobody/detectors", "{\"tokens\":[1,2],\"period\":1}"), 404, "nobody");
        problem(postTo("storybook-2l-torch/detectors", "{\"period\":1}"), 400, "either");
    }

    private JsonNode run(Map<String, Object> request) throws Exception {
        HttpResponse<String> answer = post("storybook-2l-torch", JSON.writeValueAsString(request));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)));
    }

    private HttpResponse<String> post(String model, String body) throws IOException, InterruptedException {
        return postTo(model + "/run", body);
    }

    private HttpResponse<String> postTo(String path, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/models/" + path))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
