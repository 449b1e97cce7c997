package app.headlight.web.api;

import static app.headlight.ReferenceModel.doubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What REST answers of a run of each family's models is what TransformerLens and the transformers package compute. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:families;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1",
            "headlight.api.per-minute=100000"
        })
class FamiliesApiTest {

    private static final Path FOLDER = Path.of("src/test/resources/reference");
    private static final JsonMapper JSON = JsonMapper.shared();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void families(DynamicPropertyRegistry registry) {
        registry.add("headlight.models", () -> FOLDER.resolve("families") + "," + FOLDER.resolve("config-fields"));
    }

    static Stream<Path> models() throws IOException {
        List<Path> models = new ArrayList<>();
        for (String kind : List.of("families", "config-fields")) {
            try (Stream<Path> all = Files.list(FOLDER.resolve(kind))) {
                all.filter(folder -> !folder.endsWith("alibi") && !folder.endsWith("bidirectional"))
                        .sorted()
                        .forEach(models::add);
            }
        }
        return models.stream();
    }

    @ParameterizedTest
    @MethodSource("models")
    void runs(Path model) throws Exception {
        JsonNode expected = JSON.readTree(Files.readString(model.resolve("expected.json")));
        for (JsonNode sentence : expected.get("sentences")) {
            JsonNode answer = answered(model.getFileName() + "/run", Map.of("tokens", tokens(sentence)));
            close("loss", answer.get("loss"), sentence.get("loss"));
            close("pattern", answer.get("pattern"), sentence.get("pattern"));
            JsonNode norms = sentence.get("resid_norm");
            for (int l = 0; l < norms.size(); l++) {
                close("resid_norm", answer.get("resid_norm").get(l), norms.get(l));
            }
            assertThat(answer.get("resid_norm").size())
                    .isEqualTo(answer.get("pattern").size() + 1);
            if (sentence.has("mlp_out_norm")) {
                close("mlp_out_norm", answer.get("mlp_out_norm"), sentence.get("mlp_out_norm"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void scorePartsSumToTheScore(Path model) throws Exception {
        JsonNode sentences =
                JSON.readTree(Files.readString(model.resolve("expected.json"))).get("sentences");
        JsonNode answer = answered(
                model.getFileName() + "/score-parts",
                Map.of("tokens", tokens(sentences.get(2)), "head", "L1H1", "destination", 4, "source", 3));
        double sum = answer.get("parts")
                .valueStream()
                .mapToDouble(JsonNode::asDouble)
                .sum();
        boolean capped = answer.has("score_before_cap");
        assertThat(capped).isEqualTo(model.endsWith("scores-soft-cap"));
        assertThat(sum)
                .isCloseTo(answer.get(capped ? "score_before_cap" : "score").asDouble(), within(1e-5));
    }

    @Test
    void pathsOfAModelWithMlpsAreRefusedWithTheReason() throws Exception {
        HttpResponse<String> answer =
                post("random-gpt2/paths", Map.of("tokens", List.of(1, 2, 3), "dest", 2, "token", 4));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("MLPs, which are not linear");
    }

    private static List<Integer> tokens(JsonNode sentence) {
        return sentence.get("tokens").valueStream().map(JsonNode::asInt).toList();
    }

    private static void close(String what, JsonNode answer, JsonNode expected) {
        if (expected.size() > 0 && expected.get(0).isArray()) {
            assertThat(answer.size()).as(what).isEqualTo(expected.size());
            for (int i = 0; i < expected.size(); i++) {
                close(what, answer.get(i), expected.get(i));
            }
            return;
        }
        assertThat(doubles(answer)).as(what).containsExactly(doubles(expected), within(1e-4));
    }

    private JsonNode answered(String path, Map<String, ?> body) throws Exception {
        HttpResponse<String> answer = post(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> post(String path, Map<String, ?> body) throws Exception {
        URI uri = URI.create("http://localhost:" + port + "/api/v1/models/" + path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(uri)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
