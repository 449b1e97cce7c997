package app.headlight.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.ReferenceModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What REST answers of circuits, paths and neighbours is what expected.json has, for every reference model. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties =
                "spring.datasource.url=jdbc:h2:mem:references;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1")
class CircuitsApiTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void referenceModels(DynamicPropertyRegistry registry) throws Exception {
        Path folder = Path.of(CircuitsApiTest.class.getResource("/reference").toURI());
        registry.add("headlight.models", folder::toString);
    }

    static Stream<ReferenceModel> models() {
        return ReferenceModel.all();
    }

    @ParameterizedTest
    @MethodSource("models")
    void circuits(ReferenceModel reference) throws Exception {
        JsonNode answer = answered(get(reference.name() + "/circuits"));
        JsonNode expected = reference.expected().get("circuits");
        assertThat(answer.propertyNames()).containsExactlyInAnyOrderElementsOf(expected.propertyNames());
        for (Map.Entry<String, JsonNode> field : expected.properties()) {
            if (field.getKey().endsWith("eigenvalues")) {
                sameEigenvalues(answer.get(field.getKey()), field.getValue());
            } else {
                close(field.getKey(), answer.get(field.getKey()), field.getValue());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void neighbours(ReferenceModel reference) throws Exception {
        for (Map.Entry<String, JsonNode> token :
                reference.expected().get("neighbours").properties()) {
            String path = reference.name() + "/neighbours?token=" + token.getKey() + "&k=";
            JsonNode answer = answered(get(path + token.getValue().size()));
            close("neighbours", answer.get("neighbours"), token.getValue());
            assertThat(answered(get(path + 1)).get("neighbours").size()).isOne();
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void termImportance(ReferenceModel reference) throws Exception {
        JsonNode expected = reference.expected().get("term_importance");
        JsonNode answer = answered(post(
                reference.name() + "/term-importance", Map.of("tokens", sentence(reference, expected.get("model")))));
        close("order", answer.get("mean_loss_by_order"), expected.get("mean_loss_by_order"));
        close("model", answer.get("model"), expected.get("model"));
    }

    @ParameterizedTest
    @MethodSource("models")
    void paths(ReferenceModel reference) throws Exception {
        for (JsonNode expected : reference.expected().path("paths")) {
            JsonNode answer = pathsOf(reference, expected);
            assertThat(answer.propertyNames()).containsExactly("logit", "terms", "by_source");
            answer.properties().forEach(field -> close(field.getKey(), field.getValue(), expected.get(field.getKey())));
            double sum = answer.get("terms")
                    .valueStream()
                    .mapToDouble(JsonNode::asDouble)
                    .sum();
            assertThat(sum / answer.get("logit").asDouble()).isCloseTo(1, within(1e-4));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "random-2l-lnpre-biases",
                "random-2l-shortformer-biases",
                "random-3l-standard",
                "storybook-2l-torch"
            })
    void scoreParts(String name) throws Exception {
        JsonNode expected = ReferenceModel.json(name, "score_parts.json");
        for (JsonNode score : expected.get("scores")) {
            JsonNode answer = answered(post(
                    name + "/score-parts",
                    Map.of(
                            "tokens", expected.get("tokens"),
                            "head", score.get("head"),
                            "destination", score.get("destination"),
                            "source", score.get("source"))));
            close("tokens", answer.get("tokens"), expected.get("tokens"));
            close("score", answer.get("score"), score.get("score"));
            close("parts", answer.get("parts"), score.get("parts"));
        }
    }

    @Test
    void scorePartsThatDoNotExistAreProblemDetails() throws Exception {
        String path = "random-3l-standard/score-parts";
        List<Integer> tokens = List.of(1, 2, 3);
        Map<String, Object> sound = Map.of("tokens", tokens, "head", "L1H0", "destination", 2, "source", 1);
        assertThat(answered(post(path, sound)).get("parts").size()).isEqualTo(36);
        problem(post(path, Map.of("tokens", tokens, "destination", 2, "source", 1)), 400, "“head”");
        problem(post(path, Map.of("tokens", tokens, "head", "L1H0", "source", 1)), 400, "“destination”");
        problem(post(path, with(sound, "head", "first")), 400, "“first”");
        problem(post(path, with(sound, "head", "L3H0")), 400, "L3H0");
        problem(post(path, with(sound, "destination", 3)), 400, "destination 3");
        problem(post(path, with(sound, "source", -1)), 400, "source -1");
        problem(post(path, with(sound, "destination", 0)), 400, "source 1 comes after destination 0");
        problem(post(path, with(sound, "tokens", List.of(60, 1, 1))), 400, "60");
        problem(post("no-such-model/score-parts", sound), 404, "no-such-model");
        problem(post("random-0l/score-parts", with(sound, "head", "L0H0")), 400, "L0H0");
        JsonNode described = answered(send(HttpRequest.newBuilder(uri("").resolve("/api/openapi"))));
        assertThat(described
                        .at("/paths/~1api~1v1~1models~1{name}~1score-parts/post/description")
                        .asString())
                .contains("query side × what wrote the key side");
    }

    private static Map<String, Object> with(Map<String, Object> body, String key, Object value) {
        Map<String, Object> changed = new HashMap<>(body);
        changed.put(key, value);
        return changed;
    }

    @Test
    void errorsAreProblemDetails() throws Exception {
        String model = "random-3l-standard";
        problem(get("no-such-model/circuits"), 404, "no-such-model");
        problem(get("no-such-model/neighbours?token=1"), 404, "no-such-model");
        problem(get(model + "/neighbours"), 400, "token");
        problem(get(model + "/neighbours?token=many"), 400, "many");
        problem(get(model + "/neighbours?token=60"), 400, "token 60");
        problem(get(model + "/neighbours?token=1&k=0"), 400, "k is 0");
        List<Integer> tokens = List.of(1, 2, 3);
        problem(post(model + "/paths", Map.of("tokens", tokens)), 400, "“dest”");
        problem(post(model + "/paths", Map.of("tokens", tokens, "dest", 3, "token", 0)), 400, "position 3");
        problem(post(model + "/paths", Map.of("tokens", tokens, "dest", 0, "token", 60)), 400, "token 60");
        problem(post(model + "/paths", Map.of("tokens", List.of(60), "dest", 0, "token", 0)), 400, "60");
        problem(post(model + "/paths", Map.of("tokens", tokens, "dest", 0.5, "token", 0)), 400, "whole numbers");
        problem(post(model + "/term-importance", Map.of("tokens", List.of(1))), 400, "two at least");
        problem(post(model + "/term-importance", Map.of("tokens", List.of())), 400, "no token");
        problem(post("no-such-model/paths", Map.of("tokens", tokens)), 404, "no-such-model");
    }

    /** The reference does not say which of its sentences it splits: the one that has the logit. */
    private JsonNode pathsOf(ReferenceModel reference, JsonNode expected) throws Exception {
        for (JsonNode sentence : reference.expected().get("sentences")) {
            if (sentence.get("tokens").size() > expected.get("dest").asInt()) {
                JsonNode answer = answered(post(
                        reference.name() + "/paths",
                        Map.of(
                                "tokens", sentence.get("tokens"),
                                "dest", expected.get("dest"),
                                "token", expected.get("token"))));
                if (Math.abs(answer.get("logit").asDouble()
                                - expected.get("logit").asDouble())
                        < 1e-3) {
                    return answer;
                }
            }
        }
        throw new AssertionError("no sentence has the logit " + expected.get("logit"));
    }

    /** Nor whose losses it has the mean of. */
    private static JsonNode sentence(ReferenceModel reference, JsonNode meanLoss) {
        return reference
                .expected()
                .get("sentences")
                .valueStream()
                .filter(sentence -> Math.abs(sentence.get("loss")
                                        .valueStream()
                                        .mapToDouble(JsonNode::asDouble)
                                        .average()
                                        .orElse(0)
                                - meanLoss.asDouble())
                        < 1e-4)
                .findFirst()
                .orElseThrow()
                .get("tokens");
    }

    private static void problem(HttpResponse<String> answer, int status, String detail) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("application/problem+json");
        assertThat(JSON.readTree(answer.body()).path("detail").asString("")).contains(detail);
        assertThat(answer.body()).doesNotContain("Exception").doesNotContain("at app.headlight");
    }

    /** Both the same shape, each number within 1e-4 (relative to it where it is large). */
    private static void close(String what, JsonNode given, JsonNode expected) {
        assertThat(given).as(what).isNotNull();
        if (expected.isNumber()) {
            double tolerance = 1e-4 * Math.max(1, Math.abs(expected.asDouble()));
            assertThat(given.asDouble()).as(what).isCloseTo(expected.asDouble(), within(tolerance));
            return;
        }
        assertThat(given.size()).as("size of %s", what).isEqualTo(expected.size());
        if (expected.isObject()) {
            expected.properties()
                    .forEach(field -> close(what + "." + field.getKey(), given.get(field.getKey()), field.getValue()));
        } else {
            for (int i = 0; i < expected.size(); i++) {
                close(what + "[" + i + "]", given.get(i), expected.get(i));
            }
        }
    }

    /** The order within equal magnitudes (a complex pair) is free: magnitudes in order, and each value somewhere. */
    private static void sameEigenvalues(JsonNode given, JsonNode expected) {
        assertThat(given.propertyNames()).containsExactlyElementsOf(expected.propertyNames());
        for (Map.Entry<String, JsonNode> head : expected.properties()) {
            JsonNode values = given.get(head.getKey());
            assertThat(values.size()).isEqualTo(head.getValue().size());
            double tolerance = 1e-4 * Math.max(1, magnitude(values.get(0)));
            for (int i = 0; i < values.size(); i++) {
                JsonNode wanted = head.getValue().get(i);
                assertThat(magnitude(values.get(i))).isCloseTo(magnitude(wanted), within(tolerance));
                assertThat(values.valueStream())
                        .as("%s %s", head.getKey(), wanted)
                        .anyMatch(value -> Math.hypot(
                                        value.get(0).asDouble() - wanted.get(0).asDouble(),
                                        value.get(1).asDouble() - wanted.get(1).asDouble())
                                < tolerance);
            }
        }
    }

    private static double magnitude(JsonNode value) {
        return Math.hypot(value.get(0).asDouble(), value.get(1).asDouble());
    }

    private static JsonNode answered(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("NaN").doesNotContain("Infinity");
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    private HttpResponse<String> post(String path, Map<String, Object> body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + "/api/v1/models/" + path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
