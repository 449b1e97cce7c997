package app.headlight.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.SharedServer;
import app.headlight.engine.formats.SafetensorsWriter;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.RecordedRun;
import app.headlight.engine.transformer.Run;
import app.headlight.ground.people.AccessTokens;
import app.headlight.ground.people.Role;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.services.runs.Runs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs of other models come in, are seen by their audience and go, with the rights of the page; what is wrong leaves nothing. */
class RunsApiTest extends SharedServer {

    private static final Path DRAFTS = Path.of("target/test-data/drafts");
    private static final String TYPE = "application/x-safetensors";

    @Autowired
    private AccessTokens tokens;

    @Autowired
    private Runs runs;

    @Autowired
    private ModelLibrary library;

    @Autowired
    private Laboratory lab;

    @LocalServerPort
    private int port;

    private final HttpClient client = HttpClient.newHttpClient();
    private String ada = "";
    private String bob = "";

    @BeforeEach
    void people() {
        ada = tokens.make(account("Ada of runs", Role.MEMBER), "for a test");
        bob = tokens.make(account("Bob of runs", Role.MEMBER), "for a test");
    }

    private HttpResponse<byte[]> send(String method, String path, String token, String type, byte[] body)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1" + path));
        if (!token.isEmpty()) {
            request.header("authorization", "Bearer " + token);
        }
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("content-type", type).method(method, BodyPublishers.ofByteArray(body));
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static JsonNode json(HttpResponse<byte[]> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private static String words(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private String add(String query, byte[] file) throws Exception {
        HttpResponse<byte[]> added = send("POST", "/runs" + query, ada, TYPE, file);
        assertThat(added.statusCode()).as(words(added)).isEqualTo(201);
        String id = json(added).path("id").asString();
        assertThat(added.headers().firstValue("location")).contains("/runs/" + id);
        return id;
    }

    private static byte[] made(String name) throws IOException {
        return Files.readAllBytes(Path.of("src/test/resources/recorded/" + name + ".safetensors"));
    }

    private List<String> left() throws IOException {
        List<String> left = new ArrayList<>();
        if (Files.isDirectory(DRAFTS)) {
            try (Stream<Path> files = Files.list(DRAFTS)) {
                files.map(Path::toString).filter(file -> file.contains("run")).forEach(left::add);
            }
        }
        for (String table : List.of("recorded_run", "recorded_run_part")) {
            left.add(table + " "
                    + jdbc.sql("select count(*) from " + table)
                            .query(Long.class)
                            .single());
        }
        return left;
    }

    /** Our own activations, sent out by one address and taken in by another, are what the model's own page shows. */
    @Test
    void aRunOfOursComesBackEqual() throws Exception {
        byte[] sentence = "{\"text\": \"The cat sat. The cat\"}".getBytes(StandardCharsets.UTF_8);
        HttpResponse<byte[]> file = send("POST", "/models/storybook-2l/activations", "", "application/json", sentence);
        assertThat(file.statusCode()).isEqualTo(200);
        String id = add("?name=round%20trip", file.body());
        RecordedRun back = runs.open(runs.find(id).orElseThrow());
        OpenModel model = library.open("storybook-2l").orElseThrow();
        Run own = lab.run(model, model.prompt("The cat sat. The cat").tokens());
        assertThat(back.ids()).isEqualTo(own.tokens());
        assertThat(back.heads()).isEqualTo(model.transformer().heads());
        for (HeadId head : back.heads()) {
            assertThat(back.pattern(head)).isEqualTo(own.pattern(head));
            assertThat(back.scores(head)).contains(own.scores(head));
        }
        JsonNode whole = json(send("GET", "/runs/" + id, "", "", null));
        assertThat(whole.at("/run/model").asString()).isEqualTo("storybook-2l");
        assertThat(whole.at("/run/unused").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrder("attn.hook_q", "attn.hook_k");
        assertThat(String.join(
                        "",
                        whole.path("tokens")
                                .valueStream()
                                .map(JsonNode::asString)
                                .toList()))
                .isEqualTo("The cat sat. The cat");
        double wanted = 0; // of L1H3, the induction head, by hand: only “ c” and “at” and “The” came before
        int[] ids = own.tokens();
        int returning = 0;
        for (int t = 1; t < ids.length; t++) {
            boolean returns = false;
            for (int s = 0; s < t; s++) {
                if (ids[s] == ids[t]) {
                    returns = true;
                    wanted += s + 1 < t ? own.pattern(new HeadId(1, 3)).get(t, s + 1) : 0;
                }
            }
            returning += returns ? 1 : 0;
        }
        assertThat(returning).isGreaterThan(1);
        assertThat(whole.at("/scores/L1H3/induction").asDouble()).isCloseTo(wanted / returning, within(1e-9));
    }

    @Test
    void aRunIsSeenByItsAudienceTakenOutAndDeleted() throws Exception {
        byte[] file = made("decoder");
        assertThat(send("POST", "/runs", "", TYPE, file).statusCode()).isEqualTo(401);
        String reader = tokens.make(account("Rhea of runs", Role.READER), "for a test");
        assertThat(send("POST", "/runs", reader, TYPE, file).statusCode()).isEqualTo(403);
        String id = add("?audience=owner", file);
        assertThat(send("GET", "/runs/" + id, bob, "", null).statusCode()).isEqualTo(404);
        assertThat(send("DELETE", "/runs/" + id, bob, "", null).statusCode()).isEqualTo(404);
        assertThat(ids(bob)).doesNotContain(id);
        assertThat(ids(ada)).contains(id);
        JsonNode card = json(send("GET", "/runs/" + id, ada, "", null)).path("run");
        assertThat(card.path("name").asString()).as("as the file says").isEqualTo("decoder");
        assertThat(card.path("embed").asString()).isEqualTo("embed?page=runs&run=" + id);
        HttpResponse<byte[]> out = send("GET", "/runs/" + id + "/file", ada, "", null);
        assertThat(out.headers().firstValue("content-type")).contains(TYPE);
        assertThat(out.body()).isEqualTo(file);
        String open = add("?name=for%20all", file);
        assertThat(send("DELETE", "/runs/" + open, bob, "", null).statusCode()).isEqualTo(403);
        for (String each : List.of(id, open)) {
            assertThat(send("DELETE", "/runs/" + each, ada, "", null).statusCode())
                    .isEqualTo(204);
            assertThat(send("GET", "/runs/" + each, ada, "", null).statusCode()).isEqualTo(404);
        }
        assertThat(jdbc.sql("select count(*) from recorded_run_part where run_id in (?, ?)")
                        .params(id, open)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private List<String> ids(String token) throws Exception {
        return json(send("GET", "/runs", token, "", null))
                .valueStream()
                .map(run -> run.path("id").asString())
                .toList();
    }

    @Test
    void whatIsRefusedIsNamedAndLeavesNothing() throws Exception {
        add("", made("encoder"));
        List<String> before = left();
        refused("", "no tensors".getBytes(StandardCharsets.UTF_8), "cannot be read as safetensors");
        refused(
                "",
                new SafetensorsWriter()
                        .say("tokens", "[\"a\"]")
                        .add("blocks.0.attn.hook_pattern", new float[] {Float.NaN}, 1, 1, 1)
                        .bytes(),
                "blocks.0.attn.hook_pattern is NaN at head 0, destination 0, source 0");
        refused("?audience=nobody", made("decoder"), "nobody");
        refused("?name=" + "x".repeat(101), made("decoder"), "xxx");
        assertThat(left()).isEqualTo(before);
        HttpResponse<byte[]> noLayers = send(
                "POST",
                "/models/" + NO_LAYERS + "/activations",
                "",
                "application/json",
                "{\"tokens\": [1]}".getBytes(StandardCharsets.UTF_8));
        assertThat(noLayers.statusCode()).isEqualTo(400);
        assertThat(words(noLayers)).contains("no layers");
    }

    private void refused(String query, byte[] file, String why) throws Exception {
        HttpResponse<byte[]> answer = send("POST", "/runs" + query, ada, TYPE, file);
        assertThat(answer.statusCode()).as(words(answer)).isEqualTo(400);
        assertThat(json(answer).path("detail").asString()).contains(why);
    }

    /** A mean over nothing is null, not a number that JSON does not have. */
    @Test
    void aRunWithoutReturningTokensHasNoScoreOfThem() throws Exception {
        byte[] file = new SafetensorsWriter()
                .say("tokens", "[\"a\", \"b\"]")
                .add("blocks.0.attn.hook_pattern", new float[] {1, 0, 0.25f, 0.75f}, 1, 2, 2)
                .bytes();
        JsonNode scores =
                json(send("GET", "/runs/" + add("", file), "", "", null)).at("/scores/L0H0");
        assertThat(scores.path("induction").isNull()).isTrue();
        assertThat(scores.path("previous").asDouble()).isEqualTo(0.25);
    }
}
