package app.headlight.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.SharedServer;
import app.headlight.ground.people.AccessTokens;
import app.headlight.ground.people.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** No operation that REST describes passes anything over that it does not know, or fails at it. */
class StrictRequestsTest extends SharedServer {

    private static final String UNKNOWN = "nonsense";

    @LocalServerPort
    private int port;

    @Autowired
    private AccessTokens tokens;

    private final HttpClient client = HttpClient.newHttpClient();
    private JsonNode description = JsonMapper.shared().nullNode();
    private String token = "";

    @BeforeEach
    void read() throws Exception {
        token = tokens.make(account("Strict", Role.MEMBER), "strict");
        description =
                JsonMapper.shared().readTree(send("get", "/api/openapi", "").body());
    }

    @Test
    void anUnknownParameterIsNamedWithItsValueAndThoseThatAreKnown() throws Exception {
        for (Operation operation : operations()) {
            String body = operation.hasBody() ? "{}" : "";
            JsonNode problem = refused(operation.name(), send(operation, "?" + UNKNOWN + "=7", body));
            assertThat(problem.path("detail").asString())
                    .as(operation.name())
                    .contains("“" + UNKNOWN + "”", "“7”", String.join(", ", operation.parameters()));
        }
    }

    @Test
    void aParameterGivenTwiceOrWithoutAValueIsRefusedByName() throws Exception {
        for (Operation operation : operations()) {
            for (String parameter : operation.parameters()) {
                HttpResponse<String> twice = send(operation, "?" + parameter + "=1&" + parameter + "=2", "");
                assertThat(refused(operation.name(), twice).path("detail").asString())
                        .contains("“" + parameter + "”", "2 times", "“1”", "“2”");
            }
        }
        for (String empty : List.of("author", "order", "page", "size")) {
            HttpResponse<String> without = send("get", "/api/v1/findings?" + empty + "=", "");
            assertThat(refused(empty, without).path("detail").asString()).contains("“" + empty + "” is “”");
        }
    }

    @Test
    void aQueryThatIsNoneIsRefusedInWords() throws Exception {
        for (Operation operation : operations()) {
            for (String query : List.of(
                    "?=true",
                    "?x&=",
                    "?%00=1",
                    "?j%F2%BD%88%810=1",
                    "?" + "a&".repeat(20_000),
                    "?a=%F4%8F%BF%BF",
                    "?a[b]=1&a.b=2")) {
                refused(
                        operation.name() + query.substring(0, 3),
                        send(operation, query, operation.hasBody() ? "{}" : ""));
            }
        }
    }

    @Test
    void anUnknownFieldIsNamedWithThoseThatAreKnown() throws Exception {
        List<Operation> withBody = operations().stream()
                .filter(Operation::hasBody)
                .filter(operation -> !operation.path().endsWith("/import")) // a file, see ExchangeTest
                .toList();
        assertThat(withBody).hasSizeGreaterThan(8);
        for (Operation operation : withBody) {
            String detail = refused(operation.name(), send(operation, "", "{\"" + UNKNOWN + "\": 7}"))
                    .path("detail")
                    .asString();
            assertThat(detail)
                    .as(operation.name())
                    .startsWith("There is no field “" + UNKNOWN + "”")
                    .contains(operation.body().path("properties").propertyNames());
        }
    }

    @Test
    void nothingInPlaceOfAValueIsRefusedInWords() throws Exception {
        for (Operation operation : operations()) {
            if (!operation.hasBody()) {
                continue;
            }
            for (String field : operation.body().path("properties").propertyNames()) {
                for (String value : List.of("[null]", "[[null]]", "{\"a\": null}", "{}", "[{}]", "1e400", "-0.0")) {
                    String body = "{\"" + field + "\": " + value + "}";
                    refused(operation.name() + body, send(operation, "", body));
                }
            }
        }
        HttpResponse<String> tag = send(
                "post", "/api/v1/findings", "{\"model\": \"storybook-2l\", \"title\": \"a\", \"tags\": [\"b\", null]}");
        assertThat(refused("a tag", tag).path("detail").asString()).contains("“tags[1]”");
    }

    @Test
    void aMethodThatIsNotDescribedIsNotAllowed() throws Exception {
        for (Map.Entry<String, JsonNode> path : description.path("paths").properties()) {
            for (String method : List.of("get", "put", "post", "delete", "patch", "trace")) {
                if (!path.getValue().has(method)) {
                    HttpResponse<String> answer = send(method, filled(path.getKey()), "");
                    assertThat(answer.statusCode())
                            .as(method + " " + path.getKey())
                            .isEqualTo(405);
                    assertThat(answer.headers().firstValue("allow").orElse("").split(", ?"))
                            .as(method + " " + path.getKey())
                            .containsAll(path.getValue().propertyNames().stream()
                                    .map(name -> name.toUpperCase(Locale.ROOT))
                                    .toList());
                }
            }
        }
    }

    private record Operation(String method, String path, String type, List<String> parameters, JsonNode body) {

        String name() {
            return method + " " + path;
        }

        boolean hasBody() {
            return body.has("properties");
        }
    }

    private List<Operation> operations() {
        return description.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .map(operation -> new Operation(
                                operation.getKey(),
                                path.getKey(),
                                type(operation.getValue()),
                                parameters(operation.getValue()),
                                schema(operation.getValue()))))
                .toList();
    }

    private static List<String> parameters(JsonNode operation) {
        return operation
                .path("parameters")
                .valueStream()
                .filter(parameter -> parameter.path("in").asString().equals("query"))
                .map(parameter -> parameter.path("name").asString())
                .toList();
    }

    /** The type of the body that it takes. */
    private static String type(JsonNode operation) {
        return operation.at("/requestBody/content").propertyNames().stream()
                .findFirst()
                .orElse("application/json");
    }

    private JsonNode schema(JsonNode operation) {
        String reference = operation
                .at("/requestBody/content/application~1json/schema/$ref")
                .asString("");
        return description.at(reference.replaceFirst("^#", ""));
    }

    private HttpResponse<String> send(Operation operation, String query, String body) throws Exception {
        return send(operation.method(), filled(operation.path()) + query, operation.type(), body);
    }

    private static String filled(String path) {
        return path.replace("{name}", "storybook-2l").replaceAll("\\{\\w+}", "1");
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        return send(method, path, "application/json", body);
    }

    private HttpResponse<String> send(String method, String path, String type, String body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .header("Content-Type", type)
                        .header("Authorization", "Bearer " + token)
                        .method(
                                method.toUpperCase(Locale.ROOT),
                                Stream.of(body)
                                        .filter(sent -> !sent.isEmpty())
                                        .map(HttpRequest.BodyPublishers::ofString)
                                        .findFirst()
                                        .orElse(HttpRequest.BodyPublishers.noBody()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode refused(String what, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(what + ": " + answer.body()).isEqualTo(400);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("application/problem+json");
        return JsonMapper.shared().readTree(answer.body());
    }
}
