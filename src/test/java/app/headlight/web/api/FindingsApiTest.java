package app.headlight.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.ground.people.AccessTokens;
import app.headlight.ground.people.Accounts;
import app.headlight.ground.people.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Findings over REST, by a stranger, a reader, two members and an admin. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties =
                "spring.datasource.url=jdbc:h2:mem:findings-api;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FindingsApiTest {

    private static final String PASSWORD = "a long enough password";
    private static final String INDUCTION = """
            {"model": "storybook-2l", "sort": "HEAD", "subject": "L1H3", "title": "An induction head",
             "markdown": "It *copies*.", "tags": ["Paper"], "kind": "induction", "confidence": 90,
             "view": "explore?model=storybook-2l&heads=L1H3"}""";

    @Autowired
    private Accounts accounts;

    @Autowired
    private AccessTokens tokens;

    @LocalServerPort
    private int port;

    private final HttpClient client = HttpClient.newHttpClient();
    private String ada = "";
    private String bob = "";
    private String reader = "";
    private String admin = "";

    @BeforeAll
    void people() {
        ada = token("Ada", Role.MEMBER);
        bob = token("Bob", Role.MEMBER);
        reader = token("Rhea", Role.READER);
        admin = token("Alan", Role.ADMIN);
    }

    @Test
    void aFindingIsWrittenFoundEditedAndDeletedByItsAuthor() throws Exception {
        HttpResponse<String> added = send("POST", "findings", ada, INDUCTION.replace("Paper", "Edited"));
        assertThat(added.statusCode()).isEqualTo(201);
        JsonNode finding = json(added);
        String path = "findings/" + finding.get("id").asLong();
        assertThat(added.headers().firstValue("location")).hasValue("/api/v1/" + path);
        assertThat(finding.get("author").asString()).isEqualTo("Ada");
        assertThat(finding.get("tags").get(0).asString()).isEqualTo("edited");
        assertThat(json(send("GET", path, "", null)).get("title").asString()).isEqualTo("An induction head");
        JsonNode found = json(send("GET", "findings?model=storybook-2l&head=L1H3&q=copies&tag=edited", "", null));
        assertThat(found.get("total").asInt()).isEqualTo(1);
        assertThat(json(send("GET", "findings?head=L0H0", "", null))
                        .get("total")
                        .asInt())
                .isZero();
        HttpResponse<String> edited = send(
                "PUT",
                path,
                ada,
                INDUCTION.replace("{\"model\"", "{\"based_on\": 1, \"model\"").replace("90", "70"));
        assertThat(json(edited).get("version").asInt()).isEqualTo(2);
        // Based on the first version still: what was stored since is answered, and nothing stored.
        HttpResponse<String> late = send(
                "PUT",
                path,
                ada,
                INDUCTION.replace("{\"model\"", "{\"based_on\": 1, \"model\"").replace("90", "10"));
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(json(late).get("theirs").get("confidence").asInt()).isEqualTo(70);
        assertThat(json(send("GET", path, "", null)).get("confidence").asInt()).isEqualTo(70);
        assertThat(json(send("GET", path + "/versions", "", null))).hasSize(2);
        assertThat(send("DELETE", path, ada, null).statusCode()).isEqualTo(204);
        assertThat(send("GET", path, "", null).statusCode()).isEqualTo(404);
    }

    @Test
    void nobodyChangesWhatAnotherWroteButAnAdmin() throws Exception {
        String path = "findings/"
                + json(send("POST", "findings", ada, INDUCTION)).get("id").asLong();
        String edit = INDUCTION.replace("{\"model\"", "{\"based_on\": 1, \"model\"");
        for (String method : new String[] {"PUT", "DELETE"}) {
            String body = method.equals("PUT") ? edit : null;
            assertThat(send(method, path, "", body).statusCode()).isEqualTo(401);
            assertThat(send(method, path, reader, body).statusCode()).isEqualTo(403);
            assertThat(send(method, path, bob, body).statusCode()).isEqualTo(403);
        }
        assertThat(send("POST", "findings", "", INDUCTION).statusCode()).isEqualTo(401);
        assertThat(send("POST", "findings", reader, INDUCTION).statusCode()).isEqualTo(403);
        assertThat(send("POST", "findings", "hl_wrong", INDUCTION).statusCode()).isEqualTo(401);
        assertThat(json(send("GET", path, "", null)).get("version").asInt()).isEqualTo(1);
        assertThat(send("DELETE", path, admin, null).statusCode()).isEqualTo(204);
    }

    @Test
    void othersCommentConfirmAndDispute() throws Exception {
        String path = "findings/"
                + json(send("POST", "findings", ada, INDUCTION)).get("id").asLong();
        assertThat(send("POST", path + "/comments", bob, "{\"text\": \"Here too.\"}")
                        .statusCode())
                .isEqualTo(201);
        long comment =
                json(send("GET", path + "/comments", "", null)).get(0).get("id").asLong();
        assertThat(send("DELETE", path + "/comments/" + comment, ada, null).statusCode())
                .isEqualTo(403);
        assertThat(json(send("PUT", path + "/vote", bob, "{\"confirms\": true}"))
                        .get("confirmations")
                        .asInt())
                .isEqualTo(1);
        assertThat(send("PUT", path + "/vote", bob, "{\"confirms\": false}").statusCode())
                .isEqualTo(400); // no reason
        assertThat(json(send("PUT", path + "/vote", bob, "{\"confirms\": false, \"reason\": \"Not at step 0.\"}"))
                        .get("disputes")
                        .asInt())
                .isEqualTo(1);
        assertThat(send("PUT", path + "/vote", ada, "{\"confirms\": true}").statusCode())
                .isEqualTo(403); // one's own
        assertThat(json(send("DELETE", path + "/vote", bob, null))
                        .get("disputes")
                        .asInt())
                .isZero();
        assertThat(send("PUT", path + "/vote", "", "{\"confirms\": true}").statusCode())
                .isEqualTo(401);
    }

    @Test
    void whatCannotBeStoredIsSaidInWords() throws Exception {
        assertThat(detail(send("POST", "findings", ada, "{\"model\": \"m\"}"))).contains("title");
        assertThat(detail(send("POST", "findings", ada, INDUCTION.replace("L1H3\", \"title", "Lx\", \"title"))))
                .contains("Lx");
        assertThat(detail(send(
                        "POST", "findings", ada, INDUCTION.replace("explore?model", "https://evil.example/?model"))))
                .contains("address");
        assertThat(detail(send("POST", "findings", ada, "not json"))).contains("JSON");
        assertThat(detail(send("GET", "findings?order=sideways", "", null))).contains("sideways");
        assertThat(detail(send("GET", "findings?head=nose", "", null))).contains("nose");
        assertThat(send("GET", "findings/999999", "", null).statusCode()).isEqualTo(404);
        assertThat(send("GET", "collections/999999", "", null).statusCode()).isEqualTo(404);
    }

    @Test
    void anExportIsImportedOnceAndNotTwice() throws Exception {
        send(
                "POST",
                "findings",
                ada,
                INDUCTION.replace("storybook-2l", "storybook-1l").replace("L1H3", "L0H3"));
        HttpResponse<String> file = send("GET", "findings/export?model=storybook-1l", "", null);
        assertThat(file.headers().firstValue("content-type")).hasValue("application/json");
        JsonNode again = json(send("POST", "findings/import", bob, file.body()));
        assertThat(again.get("added").asInt()).isZero();
        assertThat(again.get("unchanged").asInt()).isEqualTo(1);
        String other = file.body().replaceAll("\"uuid\"\\s*:\\s*\"[0-9a-f]{4}", "\"uuid\" : \"ffff");
        assertThat(json(send("POST", "findings/import", bob, other))
                        .get("added")
                        .asInt())
                .isEqualTo(1);
        assertThat(send("POST", "findings/import", "", file.body()).statusCode())
                .isEqualTo(401);
        assertThat(send("GET", "findings/export?model=storybook-1l&format=csv", "", null)
                        .body())
                .startsWith("\ufeffuuid,model,")
                .contains("An induction head");
        assertThat(send("GET", "findings/export?model=x&format=pdf", "", null).statusCode())
                .isEqualTo(400);
    }

    private String token(String name, Role role) {
        return tokens.make(accounts.add(name, role, PASSWORD), "test");
    }

    private HttpResponse<String> send(String method, String path, String token, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/" + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .header("content-type", "application/json");
        if (!token.isEmpty()) {
            request.header("authorization", "Bearer " + token);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private static String detail(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        return json(answer).get("detail").asString();
    }
}
