package app.headlight.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.HeadlightApplication;
import app.headlight.ReferenceModel;
import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.EdgeTask.Measure;
import app.headlight.engine.circuits.PatchingMap.Metric;
import app.headlight.ground.people.AccessTokens;
import app.headlight.ground.people.Accounts;
import app.headlight.ground.people.Role;
import app.headlight.services.jobs.Job;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.services.search.CircuitSearch;
import app.headlight.services.search.CircuitSearch.Method;
import app.headlight.services.search.PairSet;
import app.headlight.services.search.SearchJobs;
import app.headlight.services.search.SearchRequest;
import app.headlight.services.search.SearchTask;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What takes long is a job: on a server where everything does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobsApiTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String MODEL = "random-2l-lnpre-biases";
    private static final String PAIR = "'clean':{'tokens':[1,2,3]},'corrupt':{'tokens':[1,4,3]},'answer':1,'wrong':2";
    private static final long PATIENCE = Duration.ofSeconds(60).toMillis();

    @TempDir
    private static Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private ConfigurableApplicationContext server;

    @BeforeAll
    void open() throws Exception {
        server = start();
    }

    @AfterAll
    void close() {
        server.close();
    }

    private static ConfigurableApplicationContext start() throws Exception {
        return new SpringApplicationBuilder(HeadlightApplication.class)
                .run(
                        "--server.port=0",
                        "--headlight.data=" + folder,
                        "--headlight.models="
                                + Path.of(JobsApiTest.class
                                        .getResource("/reference")
                                        .toURI()),
                        "--headlight.search.seconds=0",
                        "--headlight.jobs.heartbeat=100ms",
                        "--headlight.api.per-minute=100000",
                        "--server.shutdown=immediate");
    }

    @Test
    void anEdgesRequestIsAcceptedAndAnsweredLater() throws Exception {
        JsonNode expected = ReferenceModel.json(MODEL, "edges.json");
        String asked = "'clean':{'tokens':%s},'corrupt':{'tokens':%s},'answer':%s,'wrong':%s,'position':%s"
                .formatted(
                        expected.get("clean"),
                        expected.get("corrupt"),
                        expected.get("answer"),
                        expected.get("wrong"),
                        expected.get("position"));
        HttpResponse<String> accepted = post("edges", asked, "application/json");
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        String location = accepted.headers().firstValue("Location").orElseThrow();
        assertThat(location).matches("/api/v1/jobs/\\d+");
        assertThat(JSON.readTree(accepted.body()).get("state").asString()).isIn("queued", "running", "done");

        JsonNode job = done(location);
        expected.get("exact_effect")
                .properties()
                .forEach(edge -> assertThat(
                                job.at("/result/edges").get(edge.getKey()).asDouble())
                        .as(edge.getKey())
                        .isCloseTo(edge.getValue().asDouble(), within(1e-3)));

        HttpResponse<String> again = post("edges", asked, "application/json");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(again.body())).isEqualTo(job.get("result"));
        HttpResponse<String> table = post("edges", asked, "text/csv");
        assertThat(table.statusCode()).as(table.body()).isEqualTo(200);
        assertThat(table.body().lines())
                .hasSize(1 + job.at("/result/edges").size())
                .startsWith("writer,reader,effect");
        HttpResponse<String> page = post("edges", asked + ",'page':0", "application/json");
        assertThat(JSON.readTree(page.body())).isEqualTo(job.get("result"));
        HttpResponse<String> none = post("edges", asked + ",'page':1", "application/json");
        assertThat(none.statusCode()).isEqualTo(400);
        assertThat(none.body()).contains("“page” is 1");
    }

    @Test
    void aCircuitByItsThresholdOrItsSizeIsAJobToo() throws Exception {
        for (String how : List.of("'method':'acdc','threshold':0.02", "'top':5")) {
            HttpResponse<String> accepted = post("circuit", PAIR + "," + how, "application/json");
            assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
            JsonNode result = done(accepted.headers().firstValue("Location").orElseThrow())
                    .get("result");
            String kept = result.get("keep").toString().replace('"', '\'');
            HttpResponse<String> asGiven = post("circuit", PAIR + ",'keep':" + kept, "application/json");
            assertThat(JSON.readTree(asGiven.body())).as(how).isEqualTo(result);
            assertThat(result.get("keep").size()).isBetween(1, 80);
        }
    }

    @Test
    void whatIsWrongIsRefusedAtOnceAndNoJob() throws Exception {
        for (String wrong : List.of(
                PAIR.replace("'wrong':2", "'wrong':99999"),
                PAIR + ",'method':'eap','metric':'kl'",
                PAIR + ",'top':0",
                PAIR + ",'position':7")) {
            assertThat(post("edges", wrong, "application/json").statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(post("circuit", PAIR + ",'method':'acdc','threshold':-1", "application/json")
                        .statusCode())
                .isEqualTo(400);
        HttpResponse<String> gone = send(request("/api/v1/jobs/987654").GET());
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(gone.body()).contains("There is no search 987654 here");
    }

    @Test
    void whoeverAskedForItEndsIt() throws Exception {
        String ada = token("Ada of jobs");
        String bob = token("Bob of jobs");
        for (int seed = 10; seed < 16; seed++) { // so that the one after them has to wait
            ask(seed);
        }
        String body = ("{" + longPair(7) + "}").replace('\'', '"');
        HttpResponse<String> accepted = send(request("/api/v1/models/storybook-2l-stories/edges")
                .header("content-type", "application/json")
                .header("Authorization", "Bearer " + ada)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        String location = accepted.headers().firstValue("Location").orElseThrow();
        assertThat(delete(location, null)).isEqualTo(401);
        assertThat(delete(location, bob)).isEqualTo(403);
        assertThat(delete(location, ada)).isEqualTo(204);
        JsonNode ended = ended(location);
        assertThat(ended.get("state").asString()).isEqualTo("stopped");
        assertThat(ended.has("result")).isFalse();
    }

    @Test
    void aSearchOfAPageIsAJobWhoseResultThePageShows() throws Exception {
        OpenModel model =
                server.getBean(ModelLibrary.class).open("storybook-2l").orElseThrow();
        SearchJobs jobs = server.getBean(SearchJobs.class);
        PairSet set = new PairSet(List.of(
                SearchTask.of(
                        new int[] {70, 80, 90, 70},
                        new int[] {70, 81, 90, 70},
                        new Metric(3, 80, 81),
                        Measure.LOGIT_DIFF),
                SearchTask.of(
                        new int[] {71, 82, 91, 71},
                        new int[] {71, 83, 91, 71},
                        new Metric(3, 82, 83),
                        Measure.LOGIT_DIFF)));
        SearchRequest request = SearchRequest.results(model.ref(), set, List.of(Method.EAP, Method.EXACT));
        assertThat(jobs.find(request)).isEmpty();
        Job asked = jobs.ask(request, null, null);
        assertThat(jobs.ask(request, null, null).id()).isEqualTo(asked.id());
        JsonNode done = done("/api/v1/jobs/" + asked.id());
        assertThat(done.get("message").asString()).contains("A page asked for this");
        assertThat(done.has("result")).isFalse();
        Laboratory lab = server.getBean(Laboratory.class);
        assertThat(jobs.results(model, jobs.find(request).orElseThrow()))
                .isEqualTo(lab.get(new CircuitSearch(lab).results(model, set, List.of(Method.EAP, Method.EXACT))));
        assertThat(jobs.find(SearchRequest.acdc(model.ref(), set, 0.5))).isEmpty();
    }

    @Test
    void jobsSurviveARestart() throws Exception {
        List<String> locations = new ArrayList<>();
        for (int seed = 0; seed < 6; seed++) {
            locations.add(ask(seed));
        }
        assertThat(get(locations.getLast()).get("state").asString()).isIn("queued", "running");
        server.close();
        server = start();
        int edges = Edge.all(server.getBean(ModelLibrary.class)
                        .open("storybook-2l-stories")
                        .orElseThrow()
                        .config())
                .size();
        for (String location : locations) {
            assertThat(done(location).at("/result/edges").size()).isEqualTo(edges);
        }
        assertThat(server.getBean(SearchJobs.class).isLong(0.001)).isTrue();
    }

    private String ask(int seed) throws Exception {
        HttpResponse<String> accepted = send(request("/api/v1/models/storybook-2l-stories/edges")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(("{" + longPair(seed) + "}").replace('\'', '"'))));
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        return accepted.headers().firstValue("Location").orElseThrow();
    }

    /** Random tokens, of which one differs. */
    private static String longPair(int seed) {
        String tokens = IntStream.range(0, 60)
                .mapToObj(i -> Integer.toString((i * 37 + seed * 11) % 900 + 50))
                .collect(Collectors.joining(","));
        return "'clean':{'tokens':[" + tokens + ",5]},'corrupt':{'tokens':[" + tokens + ",6]},'answer':7,'wrong':8";
    }

    private JsonNode done(String location) throws Exception {
        JsonNode job = ended(location);
        assertThat(job.get("state").asString()).as(job.toString()).isEqualTo("done");
        return job;
    }

    private JsonNode ended(String location) throws Exception {
        long until = System.currentTimeMillis() + PATIENCE;
        JsonNode job = get(location);
        while (List.of("queued", "running").contains(job.get("state").asString())
                && System.currentTimeMillis() < until) {
            if (job.has("progress")) {
                assertThat(job.get("progress").asDouble()).isBetween(0., 1.);
            }
            Thread.sleep(50);
            job = get(location);
        }
        return job;
    }

    private JsonNode get(String location) throws Exception {
        HttpResponse<String> answer = send(request(location).GET());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private int delete(String location, String token) throws Exception {
        HttpRequest.Builder request = request(location).DELETE();
        return send(token == null ? request : request.header("Authorization", "Bearer " + token))
                .statusCode();
    }

    private String token(String name) {
        return server.getBean(AccessTokens.class)
                .make(server.getBean(Accounts.class).add(name, Role.MEMBER, "correct horse battery"), "for a test");
    }

    /** @param fields with ' for " */
    private HttpResponse<String> post(String path, String fields, String accepted) throws Exception {
        return send(request("/api/v1/models/" + MODEL + "/" + path)
                .header("content-type", "application/json")
                .header("accept", accepted)
                .POST(HttpRequest.BodyPublishers.ofString(("{" + fields + "}").replace('\'', '"'))));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:"
                + server.getBean(Environment.class).getRequiredProperty("local.server.port") + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
