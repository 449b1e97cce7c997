package app.headlight.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.ReferenceModel;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What REST answers of edges and circuits is what an independent program computes, and what cannot be is refused. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:edges;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1",
            "headlight.api.per-minute=100000"
        })
class EdgesApiTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String SMALL = "random-2l-lnpre-biases";
    private static final String PAIR = "'clean':{'tokens':[1,2,3]},'corrupt':{'tokens':[1,4,3]}";

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void referenceModels(DynamicPropertyRegistry registry) throws Exception {
        registry.add(
                "headlight.models",
                Path.of(EdgesApiTest.class.getResource("/reference").toURI())::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"random-3l-standard", SMALL, "storybook-2l-torch"})
    void everyEdgeByEveryMethod(String model) throws Exception {
        JsonNode expected = ReferenceModel.json(model, "edges.json");
        for (Map.Entry<String, String> method : Map.of("exact", "exact_effect", "eap", "eap", "eap-ig", "eap_ig")
                .entrySet()) {
            JsonNode answer = answered(model + "/edges", pair(expected) + ",'method':'" + method.getKey() + "'");
            JsonNode effects = expected.get(method.getValue());
            assertThat(answer.get("clean_metric").asDouble())
                    .isCloseTo(expected.get("clean_metric").asDouble(), within(1e-4));
            assertThat(answer.get("corrupt_metric").asDouble())
                    .isCloseTo(expected.get("corrupt_metric").asDouble(), within(1e-4));
            assertThat(answer.get("edges").propertyNames())
                    .containsExactlyInAnyOrderElementsOf(effects.propertyNames());
            double largest = effects.valueStream()
                    .mapToDouble(effect -> Math.abs(effect.asDouble()))
                    .max()
                    .orElseThrow();
            effects.properties()
                    .forEach(edge -> assertThat(
                                    answer.get("edges").get(edge.getKey()).asDouble())
                            .as(method.getKey() + " " + edge.getKey())
                            .isCloseTo(edge.getValue().asDouble(), within(1e-3 * largest)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"random-3l-standard", SMALL, "storybook-2l-torch"})
    void aCircuitByItsEdgesByTheOthersOrByItsSize(String model) throws Exception {
        JsonNode expected = ReferenceModel.json(model, "edges.json");
        List<String> strongest = expected.get("exact_effect").properties().stream()
                .sorted(Comparator.comparingDouble(
                        edge -> -Math.abs(edge.getValue().asDouble())))
                .map(Map.Entry::getKey)
                .toList();
        for (Map.Entry<String, JsonNode> circuit :
                expected.get("circuits_of_the_n_strongest_exact_edges").properties()) {
            int n = Integer.parseInt(circuit.getKey());
            for (String given : List.of(
                    "'keep':" + names(strongest.subList(0, n)),
                    "'drop':" + names(strongest.subList(n, strongest.size())),
                    "'top':" + n,
                    "'top':" + n + ",'method':'exact'")) {
                JsonNode answer = answered(model + "/circuit", pair(expected) + "," + given);
                assertThat(answer.get("metric").asDouble())
                        .as(given)
                        .isCloseTo(circuit.getValue().get("metric").asDouble(), within(1e-3));
                assertThat(answer.get("kl").asDouble())
                        .as(given)
                        .isCloseTo(circuit.getValue().get("kl").asDouble(), within(1e-3));
                assertThat(answer.get("keep").valueStream().map(JsonNode::asString))
                        .containsExactlyInAnyOrderElementsOf(strongest.subList(0, n));
            }
        }
    }

    /** An edge as an edit of what its reader makes of the stream. */
    @ParameterizedTest
    @ValueSource(strings = {"random-3l-standard", SMALL})
    void anEdgeIsAnEditToo(String model) throws Exception {
        JsonNode expected = ReferenceModel.json(model, "edges.json");
        int layers = model.equals(SMALL) ? 2 : 3;
        for (Map.Entry<String, JsonNode> edge : expected.get("exact_effect").properties()) {
            String[] ends = edge.getKey().split("->");
            String place = ends[1].equals("logits")
                    ? "'site':'resid_post','layer':" + (layers - 1)
                    : "'site':'%s','head':'%s'".formatted(ends[1].substring(5), ends[1].substring(0, 4));
            JsonNode logits = answered(
                            model + "/run",
                            "'tokens':%s,'edits':[{%s,'do':'patch','from':{'tokens':%s,'writer':'%s'}}]"
                                    .formatted(expected.get("clean"), place, expected.get("corrupt"), ends[0]))
                    .get("logits_last");
            double metric = logits.get(expected.get("answer").asInt()).asDouble()
                    - logits.get(expected.get("wrong").asInt()).asDouble();
            assertThat(metric - expected.get("clean_metric").asDouble())
                    .as(edge.getKey())
                    .isCloseTo(edge.getValue().asDouble(), within(1e-3));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'site':'k','head':'L0H0','do':'patch','from':{'tokens':[1,4,3],'writer':'L1H0'}} | “writer” is “L1H0”, which L0H0.k does not read
            {'site':'z','head':'L0H0','do':'patch','from':{'tokens':[1,4,3],'writer':'embed'}} | the part of one writer can be taken where
            {'site':'resid_post','layer':0,'do':'patch','from':{'tokens':[1,4,3],'writer':'embed'}} | “site” is blocks.0.hook_resid_post
            {'site':'k','head':'L1H0','do':'patch','from':{'tokens':[1,4],'writer':'L0H0'}} | [1, 2, 3] and [1, 4]
            {'site':'k','head':'L1H0','do':'patch','from':{'tokens':[1,4,3],'position':1,'writer':'L0H0'}} | “position” of “from” has no meaning with “writer”
            {'site':'k','head':'L1H0','do':'patch','from':{'tokens':[1,4,3],'writer':'here'}} | edits[0]
            """)
    void anEdgeThatIsNotThereIsNoEdit(String edit, String why) throws Exception {
        HttpResponse<String> answer = send(SMALL + "/run", "'tokens':[1,2,3],'edits':[" + edit + "]");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).get("detail").asString()).contains(why);
    }

    private static String names(List<String> edges) {
        return "["
                + String.join(",", edges.stream().map(edge -> "'" + edge + "'").toList()) + "]";
    }

    private static String pair(JsonNode expected) {
        return "'clean':{'tokens':%s},'corrupt':{'tokens':%s},'answer':%s,'wrong':%s,'position':%s"
                .formatted(
                        expected.get("clean"),
                        expected.get("corrupt"),
                        expected.get("answer"),
                        expected.get("wrong"),
                        expected.get("position"));
    }

    @Test
    void theLargestEdgesAloneAndTheKl() throws Exception {
        JsonNode all = answered(SMALL + "/edges", PAIR + ",'metric':'kl'").get("edges");
        JsonNode top =
                answered(SMALL + "/edges", PAIR + ",'metric':'kl','top':3").get("edges");
        assertThat(all.size()).isEqualTo(81);
        assertThat(top.size()).isEqualTo(3);
        double smallest =
                top.valueStream().mapToDouble(JsonNode::asDouble).min().orElseThrow();
        assertThat(all.valueStream().filter(effect -> Math.abs(effect.asDouble()) >= smallest))
                .hasSize(3);
        JsonNode circuit = answered(SMALL + "/circuit", PAIR + ",'metric':'kl','method':'acdc','threshold':0.001");
        assertThat(circuit.get("metric")).isEqualTo(circuit.get("kl"));
        assertThat(circuit.get("clean_metric").asDouble()).isCloseTo(0, within(1e-6));
        assertThat(circuit.get("keep").size()).isBetween(1, 80);
    }

    @Test
    void edgesAsATable() throws Exception {
        JsonNode edges = answered(SMALL + "/edges", PAIR + ",'metric':'kl'").get("edges");
        HttpResponse<String> table = send(SMALL + "/edges", PAIR + ",'metric':'kl'", "text/csv");
        assertThat(table.statusCode()).as(table.body()).isEqualTo(200);
        assertThat(table.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
        List<String> rows = table.body().lines().toList();
        assertThat(rows).hasSize(82).startsWith("writer,reader,effect");
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(",");
            assertThat(Double.parseDouble(cells[2]))
                    .isEqualTo(edges.get(cells[0] + "->" + cells[1]).asDouble());
        }
        assertThat(send(SMALL + "/edges", PAIR + ",'metric':'kl','top':3", "text/csv")
                        .body()
                        .lines())
                .hasSize(4);
        HttpResponse<String> refused = send(SMALL + "/edges", PAIR + ",'metric':'loss'", "text/csv");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("“metric” is “loss”");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            edges | ,'answer':1,'wrong':2,'method':'eap','metric':'kl' | “kl”
            edges | ,'answer':1,'wrong':2,'method':'acdc' | “method” is “acdc”; expected eap, eap-ig, exact
            edges | ,'answer':1,'wrong':2,'metric':'loss' | “metric” is “loss”
            edges | ,'answer':1 | “wrong” is missing
            edges | ,'answer':1,'wrong':2,'top':0 | “top” is 0
            edges | ,'answer':1,'wrong':99999 | no token 99999
            edges | ,'answer':1,'wrong':2,'position':3 | position 3 is not in
            edges | ,'answer':1,'wrong':2,'keep':[] | There is no field “keep”
            circuit | ,'answer':1,'wrong':2 | in no way
            circuit | ,'answer':1,'wrong':2,'keep':[],'top':1 | in several ways
            circuit | ,'answer':1,'wrong':2,'keep':['L0H0->L0H1.q'] | no edge “L0H0->L0H1.q” in this model
            circuit | ,'answer':1,'wrong':2,'keep':['embed->MLP0'] | no edge “embed->MLP0” in this model
            circuit | ,'answer':1,'wrong':2,'drop':['here'] | “here” is no edge
            circuit | ,'answer':1,'wrong':2,'keep':[],'method':'eap' | “method” is “eap”
            circuit | ,'answer':1,'wrong':2,'top':2,'method':'acdc' | “threshold” is missing
            circuit | ,'answer':1,'wrong':2,'threshold':0.1 | only the method “acdc”
            circuit | ,'answer':1,'wrong':2,'threshold':0,'method':'acdc' | “threshold” is 0.0
            circuit | ,'answer':1,'wrong':2,'top':-1 | “top” is -1
            """)
    void whatCannotBeAskedIsRefused(String path, String fields, String why) throws Exception {
        HttpResponse<String> answer = send(SMALL + "/" + path, PAIR + fields);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith("application/problem+json");
        assertThat(JSON.readTree(answer.body()).get("detail").asString()).contains(why);
    }

    private JsonNode answered(String path, String fields) throws Exception {
        HttpResponse<String> answer = send(path, fields);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    /** @param fields with ' for " */
    private HttpResponse<String> send(String path, String fields) throws Exception {
        return send(path, fields, "application/json");
    }

    private HttpResponse<String> send(String path, String fields, String accepted) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/models/" + path))
                            .header("Content-Type", "application/json")
                            .header("Accept", accepted)
                            .POST(HttpRequest.BodyPublishers.ofString(("{" + fields + "}").replace('\'', '"')))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
