package app.headlight.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.SharedServer;
import app.headlight.ground.people.AccessTokens;
import app.headlight.ground.people.Role;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Claims over REST. */
class ClaimsApiTest extends SharedServer {

    private static final String FINDING = """
            {"model": "induction-by-hand", "sort": "HEAD", "subject": "L1H0", "title": "Claims over REST"}""";

    @Autowired
    private AccessTokens tokens;

    @LocalServerPort
    private int port;

    private final HttpClient client = HttpClient.newHttpClient();
    private String ada = "";
    private String ben = "";
    private String reader = "";

    @BeforeEach
    void people() {
        ada = tokens.make(account("Ada claims", Role.MEMBER), "claims");
        ben = tokens.make(account("Ben claims", Role.MEMBER), "claims");
        reader = tokens.make(account("Rhea claims", Role.READER), "claims");
    }

    @Test
    void aClaimIsMadeMeasuredAndMeasuredAgain() throws Exception {
        String path = finding() + "/claims";
        HttpResponse<String> made = send("POST", path, ada, claim("score(L1H0, induction) >= 0.5"));
        assertThat(made.statusCode()).isEqualTo(201);
        JsonNode claim = json(made).get("claims").get(0);
        assertThat(claim.get("claim").asString()).isEqualTo("score(L1H0, induction) ≥ 0.5");
        assertThat(claim.get("comparison").asString()).isEqualTo("at_least");

        JsonNode measured = measured(path, 10).get("claims").get(0);
        assertThat(measured.get("verdict").asString()).isEqualTo("holds");
        JsonNode on = measured.get("measured").get(0);
        assertThat(on.get("model_hash").asString()).hasSize(64);
        double sum = 0;
        for (JsonNode sample : on.get("samples")) {
            sum += sample.get("value").asDouble();
            assertThat(sample.get("seed").asString()).matches("-?\\d+");
        }
        assertThat(on.get("mean").asDouble()).isEqualTo(sum / 10);

        assertThat(send("POST", path + "/measure", reader, null).statusCode()).isEqualTo(403);
        assertThat(send("POST", path + "/measure", "", null).statusCode()).isEqualTo(401);
        assertThat(send("POST", path + "/measure", ben, null).statusCode()).isEqualTo(202);
        assertThat(measured(path, 20).get("measuring").get("state").asString()).isEqualTo("done");
    }

    @Test
    void onlyTheAuthorsSayWhatAFindingClaims() throws Exception {
        String path = finding() + "/claims";
        HttpResponse<String> others = send("POST", path, ben, claim("copying(L1H0) >= 0.5"));
        assertThat(others.statusCode()).isEqualTo(403);
        assertThat(json(others).get("detail").asString()).contains("You can have its claims measured again");
        send("POST", path, ada, claim("copying(L1H0) <= 0.5"));
        long id = measured(path, 1).get("claims").get(0).get("id").asLong();
        assertThat(send("DELETE", path + "/" + id, ben, null).statusCode()).isEqualTo(403);
        assertThat(send("DELETE", path + "/" + id, ada, null).statusCode()).isEqualTo(204);
        JsonNode withdrawn = json(send("GET", path, "", null)).get("claims").get(0);
        assertThat(withdrawn.get("withdrawn_at").isNull()).isFalse();
        assertThat(withdrawn.get("verdict").asString())
                .as("a claim that fails is not hidden")
                .isEqualTo("fails");
        assertThat(send("DELETE", path + "/123456", ada, null).statusCode()).isEqualTo(400);
        assertThat(send("GET", "findings/99999999/claims", "", null).statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatIsWrongIsSaidAndNothingStored() throws Exception {
        String path = finding() + "/claims";
        for (String body : new String[] {
            claim("score(L1H0, sleep) >= 0.5"), claim("score(L1H0, induction)"), claim(""), "{}", "{\"bound\": 3}"
        }) {
            HttpResponse<String> refused = send("POST", path, ada, body);
            assertThat(refused.statusCode()).as(body).isEqualTo(400);
            assertThat(json(refused).get("detail").asString()).as(body).isNotBlank();
        }
        assertThat(json(send("GET", path, "", null)).get("claims").size()).isZero();
        HttpResponse<String> nothing = send("POST", path + "/measure", ada, null);
        assertThat(json(nothing).get("detail").asString()).contains("makes no claims");
    }

    @Test
    void findingsAreFoundByWhatTheirClaimsCameTo() throws Exception {
        String one = finding();
        send("POST", one + "/claims", ada, claim("score(L1H0, induction) >= 0.5"));
        String other = finding();
        send("POST", other + "/claims", ada, claim("score(L1H0, induction) >= 0.5"));
        send("POST", other + "/claims", ada, claim("copying(L0H1) >= 0.5"));
        measured(one + "/claims", 10);
        JsonNode measured = measured(other + "/claims", 11);
        assertThat(measured.get("claims").get(1).get("verdict").asString()).isEqualTo("fails");
        assertThat(found("holds")).contains(id(one)).doesNotContain(id(other));
        assertThat(found("fails")).contains(id(other)).doesNotContain(id(one));
        assertThat(json(send("GET", other, "", null)).get("claims").get("fails").asInt())
                .isEqualTo(1);
        assertThat(send("GET", "findings?claims=true", "", null).statusCode()).isEqualTo(400);
    }

    /** A verdict in a file is the file's word: an import measures for itself. */
    @Test
    void anImportBringsClaimsAndNoVerdicts() throws Exception {
        String path = finding();
        send("POST", path + "/claims", ada, claim("copying(L0H1) >= 0.5"));
        measured(path + "/claims", 1);
        String file = send("GET", "findings/export?model=induction-by-hand&format=json", "", null)
                .body();
        ObjectNode root = (ObjectNode) JsonMapper.shared().readTree(file);
        JsonNode mine = null;
        for (JsonNode each : root.get("findings")) {
            if (each.get("uuid").equals(json(send("GET", path, "", null)).get("uuid"))) {
                mine = each;
            }
        }
        String forged = JsonMapper.shared()
                .writeValueAsString(((ObjectNode) root)
                        .set("findings", JsonMapper.shared().createArrayNode().add(mine)))
                .replace("\"fails\"", "\"holds\"")
                .replaceAll("\"uuid\":\"[0-9a-f]{6}", "\"uuid\":\"abcdef");
        assertThat(forged).contains("\"verdict\":\"holds\"");
        HttpResponse<String> imported = send("POST", "findings/import", ben, forged);
        assertThat(json(imported).get("claims").asInt()).as(imported.body()).isEqualTo(1);
        JsonNode there = json(send("GET", "findings?model=induction-by-hand&q=claims+over+rest&size=1", "", null))
                .get("findings")
                .get(0);
        JsonNode claim = measured("findings/" + there.get("id").asLong() + "/claims", 1)
                .get("claims")
                .get(0);
        assertThat(claim.get("verdict").asString()).isEqualTo("fails");
        assertThat(claim.get("file").asString()).startsWith("holds, -1.000, measured once");
    }

    private java.util.List<Long> found(String verdict) throws Exception {
        return json(send("GET", "findings?model=induction-by-hand&size=200&claims=" + verdict, "", null))
                .get("findings")
                .valueStream()
                .map(each -> each.get("id").asLong())
                .toList();
    }

    private static long id(String path) {
        return Long.parseLong(path.substring("findings/".length()));
    }

    private String finding() throws Exception {
        return "findings/"
                + json(send("POST", "findings", ada, FINDING)).get("id").asLong();
    }

    private static String claim(String claim) {
        return JsonMapper.shared().writeValueAsString(java.util.Map.of("claim", claim));
    }

    /** The claims once so many measurements have given a value. */
    private JsonNode measured(String path, int values) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            JsonNode answer = json(send("GET", path, "", null));
            int count = 0;
            for (JsonNode claim : answer.get("claims")) {
                for (JsonNode on : claim.get("measured")) {
                    count += on.get("count").asInt();
                }
            }
            if (count == values
                    && answer.get("measuring").get("state").asString().equals("done")) {
                return answer;
            }
            assertThat(System.nanoTime()).as("waited too long: %s", answer).isLessThan(end);
            Thread.sleep(20);
        }
    }

    private HttpResponse<String> send(String method, String path, String token, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/" + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("content-type", "application/json");
        }
        if (!token.isEmpty()) {
            request.header("authorization", "Bearer " + token);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }
}
