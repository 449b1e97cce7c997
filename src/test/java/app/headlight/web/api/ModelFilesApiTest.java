package app.headlight.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.SharedServer;
import app.headlight.ground.people.AccessTokens;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.Accounts;
import app.headlight.ground.people.Role;
import app.headlight.services.findings.Content;
import app.headlight.services.findings.Finding;
import app.headlight.services.findings.Findings;
import app.headlight.services.findings.Subject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Models come in and go out by REST, with the rights of the page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelFilesApiTest extends SharedServer {

    @Autowired
    private Accounts accounts;

    @Autowired
    private AccessTokens tokens;

    @Autowired
    private Findings findings;

    @LocalServerPort
    private int port;

    private final HttpClient client = HttpClient.newHttpClient();
    private String ada = "";
    private String bob = "";
    private String reader = "";

    @BeforeAll
    void people() {
        ada = token("Ada of models", Role.MEMBER);
        bob = token("Bob of models", Role.MEMBER);
        reader = token("Rhea of models", Role.READER);
    }

    private String token(String name, Role role) {
        return tokens.make(accounts.add(name, role, PASSWORD), "for a test");
    }

    private HttpResponse<byte[]> send(String method, String path, String token, byte[] body) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/models" + path));
        if (!token.isEmpty()) {
            request.header("authorization", "Bearer " + token);
        }
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("content-type", "application/zip").method(method, BodyPublishers.ofByteArray(body));
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static JsonNode json(HttpResponse<byte[]> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private static byte[] zip(String family) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String file : List.of("config.json", "model.safetensors")) {
                zip.putNextEntry(new ZipEntry(family + "/" + file));
                try (InputStream in =
                        ModelFilesApiTest.class.getResourceAsStream("/reference/families/" + family + "/" + file)) {
                    in.transferTo(zip);
                }
                zip.closeEntry();
            }
            zip.putNextEntry(new ZipEntry(family + "/notes.txt"));
            zip.write("hello".getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static List<String> entries(byte[] zip) throws Exception {
        List<String> names = new ArrayList<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry; (entry = in.getNextEntry()) != null; ) {
                names.add(entry.getName());
            }
        }
        return names;
    }

    @Test
    void aModelIsAddedSeenByItsAudienceTakenOutAndDeleted() throws Exception {
        byte[] zip = zip("random-neox");
        assertThat(send("POST", "?name=rest-neox", "", zip).statusCode()).isEqualTo(401);
        assertThat(send("POST", "?name=rest-neox", reader, zip).statusCode()).isEqualTo(403);
        HttpResponse<byte[]> added = send("POST", "?name=rest-neox&audience=owner", ada, zip);
        assertThat(added.statusCode())
                .as(new String(added.body(), StandardCharsets.UTF_8))
                .isEqualTo(201);
        assertThat(json(added).at("/unused/0").asString()).isEqualTo("notes.txt");
        assertThat(send("GET", "/rest-neox/files", bob, null).statusCode()).isEqualTo(404);
        assertThat(send("DELETE", "/rest-neox", bob, null).statusCode()).isEqualTo(404);
        assertThat(send("POST", "?name=rest-neox", bob, zip).statusCode())
                .as("the name is taken")
                .isEqualTo(400);
        HttpResponse<byte[]> files = send("GET", "/rest-neox/files", ada, null);
        assertThat(files.headers().firstValue("content-disposition").orElse("")).contains("rest-neox.zip");
        assertThat(entries(files.body())).containsExactly("config.json", "model.safetensors");
        assertThat(entries(send("GET", "/rest-neox/files?names=transformer_lens", ada, null)
                        .body()))
                .containsExactly("config.json", "model.safetensors");
        assertThat(send("DELETE", "/rest-neox", ada, null).statusCode()).isEqualTo(204);
        assertThat(send("GET", "/rest-neox/files", ada, null).statusCode()).isEqualTo(404);
    }

    @Test
    void aStepOfTheTrainingIsGivenOutByTransformerLensNames() throws Exception {
        byte[] last = send("GET", "/storybook-2l/files?names=transformer_lens", "", null)
                .body();
        byte[] then = send("GET", "/storybook-2l/files?names=transformer_lens&step=1333", "", null)
                .body();
        assertThat(entries(then)).isEqualTo(entries(last)).contains("model.safetensors");
        assertThat(then).isNotEqualTo(last);
        HttpResponse<byte[]> never = send("GET", "/storybook-2l/files?names=transformer_lens&step=7", "", null);
        assertThat(never.statusCode()).isEqualTo(404);
        assertThat(json(never).at("/detail").asString()).contains("step 7", "1333");
        HttpResponse<byte[]> stored = send("GET", "/storybook-2l/files?step=1333", "", null);
        assertThat(stored.statusCode()).isEqualTo(400);
        assertThat(json(stored).at("/detail").asString()).contains("step is 1333", "names=transformer_lens");
    }

    @Test
    void aModelThatIsRenamedIsFoundByBothNamesAndKeepsItsFindings() throws Exception {
        byte[] zip = zip("random-neox");
        send("POST", "?name=rest-before", ada, zip);
        Account author = accounts.add("Author about models", Role.MEMBER, PASSWORD);
        Finding finding = findings.add(
                author,
                new Content(Subject.ofModel("rest-before"), "t", "", List.of(), "", 50, "explore?model=rest-before"));
        assertThat(rename("rest-before", "rest-after", bob).statusCode()).isEqualTo(403);
        assertThat(rename("rest-before", "storybook-2l", ada).statusCode()).isEqualTo(400);
        assertThat(rename("rest-before", "a b", ada).statusCode()).isEqualTo(400);
        assertThat(rename("storybook-2l", "mine", ada).statusCode()).isEqualTo(403);
        assertThat(rename("rest-before", "rest-after", ada).statusCode()).isEqualTo(204);
        for (String name : List.of("rest-before", "rest-after")) {
            HttpResponse<byte[]> files = send("GET", "/" + name + "/files", "", null);
            assertThat(files.headers().firstValue("content-disposition").orElse(""))
                    .as(name)
                    .contains("rest-after.zip");
        }
        assertThat(findings.find(finding.id()).orElseThrow().content().subject().model())
                .isEqualTo("rest-after");
        assertThat(json(send("POST", "?name=rest-before", bob, zip))
                        .get("detail")
                        .asString())
                .as("what links with the old name lead to must not change")
                .contains("rest-before");
        assertThat(rename("rest-before", "rest-before", ada).statusCode())
                .as("back to the first name")
                .isEqualTo(204);
        assertThat(findings.find(finding.id()).orElseThrow().content().subject().model())
                .isEqualTo("rest-before");
        assertThat(send("DELETE", "/rest-after", ada, null).statusCode()).isEqualTo(204);
        assertThat(send("GET", "/rest-before/files", "", null).statusCode()).isEqualTo(404);
        findings.delete(author, finding.id());
    }

    private HttpResponse<byte[]> rename(String name, String to, String token) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/models/" + name + "/name"))
                        .header("authorization", "Bearer " + token)
                        .header("content-type", "application/json")
                        .method("PUT", BodyPublishers.ofString("{\"name\": \"" + to + "\"}"))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    @Test
    void whatCannotBeIsRefusedInWords() throws Exception {
        refused("?name=rest-bad", "no zip".getBytes(StandardCharsets.UTF_8), "not a zip file");
        refused("?name=rest-bad&audience=nobody", zip("random-gpt2"), "nobody");
        refused("?name=a%20b", zip("random-gpt2"), "a b");
        HttpResponse<byte[]> names = send("GET", "/storybook-2l/files?names=mine", "", null);
        assertThat(names.statusCode()).isEqualTo(400);
        assertThat(json(names).get("detail").asString()).contains("mine", "transformer_lens");
        assertThat(send("DELETE", "/storybook-2l", ada, null).statusCode()).isEqualTo(403);
    }

    private void refused(String query, byte[] zip, String why) throws Exception {
        HttpResponse<byte[]> answer = send("POST", query, ada, zip);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).get("detail").asString()).contains(why);
    }
}
