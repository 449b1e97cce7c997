package app.headlight.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.SharedServer;
import app.headlight.web.security.Visitor;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The description says what is served. */
class ApiDescriptionTest extends SharedServer {

    @LocalServerPort
    private int port;

    @Test
    void everyOperationSaysWhoMayAskAndThatErrorsAreProblems() throws Exception {
        JsonNode paths = description().path("paths");
        assertThat(paths.size()).isGreaterThan(10);
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                String name = operation.getKey() + " " + path.getKey();
                boolean writes = !operation.getKey().equals("get")
                        && (path.getKey().startsWith("/api/v1/findings")
                                || path.getKey().equals("/api/v1/models")
                                || path.getKey().equals("/api/v1/runs")
                                || operation.getKey().equals("delete"));
                JsonNode security = operation.getValue().path("security");
                assertThat(security.valueStream().anyMatch(JsonNode::isEmpty))
                        .as("%s is open to strangers", name)
                        .isEqualTo(!writes);
                assertThat(security.valueStream().anyMatch(way -> way.has(ApiDescription.TOKEN)))
                        .as(name)
                        .isTrue();
                JsonNode responses = operation.getValue().path("responses");
                assertThat(responses.propertyNames()).as(name).contains("400", "401", "429", "default");
                assertThat(responses.has("403")).as(name).isEqualTo(writes);
                responses.properties().stream()
                        .filter(answer -> !answer.getKey().startsWith("2"))
                        .forEach(answer -> assertThat(
                                        answer.getValue().path("content").propertyNames())
                                .as(name)
                                .containsExactly("application/problem+json"));
            }
        }
    }

    @Test
    void whatIsMadeAndWhatIsDeletedHaveTheirStatus() throws Exception {
        JsonNode paths = description().path("paths");
        assertThat(success(paths, "/api/v1/findings", "post")).isEqualTo("201");
        assertThat(success(paths, "/api/v1/findings/{id}/comments", "post")).isEqualTo("201");
        assertThat(success(paths, "/api/v1/findings/{id}", "delete")).isEqualTo("204");
        assertThat(success(paths, "/api/v1/runs", "post")).isEqualTo("201");
        assertThat(success(paths, "/api/v1/runs/{id}", "delete")).isEqualTo("204");
        assertThat(success(paths, "/api/v1/models", "post")).isEqualTo("201");
        assertThat(success(paths, "/api/v1/models/{name}", "delete")).isEqualTo("204");
        assertThat(success(paths, "/api/v1/findings/{id}/comments/{comment}", "delete"))
                .isEqualTo("204");
        assertThat(success(paths, "/api/v1/findings/{id}", "put")).isEqualTo("200");
        assertThat(paths.at("/~1api~1v1~1findings~1export/get/responses/200/content")
                        .propertyNames())
                .containsExactlyInAnyOrder("application/json", "text/markdown", "text/csv");
    }

    private static String success(JsonNode paths, String path, String method) {
        return paths.path(path).path(method).path("responses").propertyNames().stream()
                .filter(status -> status.startsWith("2"))
                .reduce("", String::concat);
    }

    private JsonNode description() throws Exception {
        return JsonMapper.shared()
                .readTree(new Visitor(port).get("/api/openapi").body());
    }
}
