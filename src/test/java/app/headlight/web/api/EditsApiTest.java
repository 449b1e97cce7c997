package app.headlight.web.api;

import static app.headlight.ReferenceModel.doubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What REST answers of edited runs is what TransformerLens computes with its hooks, and what cannot be is refused. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:edits;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1",
            "headlight.api.per-minute=100000"
        })
class EditsApiTest {

    private static final Path FOLDER = Path.of("src/test/resources/reference/families");
    private static final String GELU = "random-tl-gelu";
    private static final String GPT2 = "random-gpt2";
    private static final Map<String, String> AXES = Map.of(
            "[layer][position]", "position", "[layer][head]", "head", "[layer][position][head]", "head_position");
    private static final JsonMapper JSON = JsonMapper.shared();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void families(DynamicPropertyRegistry registry) {
        registry.add("headlight.models", FOLDER::toString);
    }

    static Stream<String> models() {
        return Stream.of("random-tl-attn-ln", GELU, "random-tl-relu-shortformer", "random-tl-solu-ln");
    }

    @ParameterizedTest
    @MethodSource("models")
    void headsMlpsAndEntriesOfPatternsAreTakenAway(String model) throws Exception {
        JsonNode expected = expected(model).get("ablation");
        List<Integer> tokens = ints(expected.get("tokens"));
        for (Map.Entry<String, JsonNode> head : expected.get("zero").properties()) {
            losses(model, tokens, "{'site':'head','head':'%s','do':'zero'}".formatted(head.getKey()), head.getValue());
        }
        for (Map.Entry<String, JsonNode> head :
                expected.get("mean_over_positions").properties()) {
            losses(
                    model,
                    tokens,
                    "{'site':'result','head':'%s','do':'mean','over':'positions'}".formatted(head.getKey()),
                    head.getValue());
        }
        for (Map.Entry<String, JsonNode> mlp : expected.get("mlp_zero").properties()) {
            losses(
                    model,
                    tokens,
                    "{'site':'mlp','layer':%s,'do':'zero'}"
                            .formatted(mlp.getKey().substring(3)),
                    mlp.getValue());
        }
        for (Map.Entry<String, JsonNode> cut : expected.get("cut_pattern_entry").properties()) {
            losses(
                    model,
                    tokens,
                    "{'site':'pattern','head':'%s','destination':19,'source':3,'do':'cut'}"
                            .formatted(cut.getKey().substring(0, 4)),
                    cut.getValue());
        }
        losses(model, tokens, "", expected.get("clean_loss"));
    }

    private void losses(String model, List<Integer> tokens, String edit, JsonNode expected) throws Exception {
        assertThat(doubles(run(model, tokens, edit).get("loss")))
                .as(edit)
                .containsExactly(doubles(expected), within(1e-4));
    }

    @ParameterizedTest
    @MethodSource("models")
    void aPatchGivesTheMetricOfTransformerLens(String model) throws Exception {
        JsonNode expected = expected(model).get("patching");
        List<Integer> corrupt = ints(expected.get("corrupt"));
        String from = "'from':{'tokens':" + expected.get("clean") + "}";
        assertThat(expected.get("position").asInt()).isEqualTo(corrupt.size() - 1);
        for (Map.Entry<String, JsonNode> site : expected.get("sites").properties()) {
            String[] by = site.getKey().split(" ", 2);
            JsonNode map = site.getValue();
            for (int layer = 0; layer < map.size(); layer++) {
                for (int i = 0; i < map.get(layer).size(); i++) {
                    JsonNode cell = map.get(layer).get(i);
                    for (int h = 0; h < Math.max(1, cell.size()); h++) {
                        String place = switch (by[1]) {
                            case "[layer][position]" -> "'layer':%d,'position':%d".formatted(layer, i);
                            case "[layer][head]" -> "'head':'L%dH%d'".formatted(layer, i);
                            default -> "'head':'L%dH%d','position':%d".formatted(layer, h, i);
                        };
                        String edit = "{'site':'%s',%s,'do':'patch',%s}".formatted(by[0], place, from);
                        JsonNode logits = run(model, corrupt, edit).get("logits_last");
                        double metric = logits.get(expected.get("answer").asInt())
                                        .asDouble()
                                - logits.get(expected.get("wrong").asInt()).asDouble();
                        assertThat(metric)
                                .as(edit)
                                .isCloseTo((cell.isArray() ? cell.get(h) : cell).asDouble(), within(1e-3));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'site':'resid_pre','layer':1,'do':'patch','from':{'tokens':[5,9,2,7]}}",
                "{'site':'result','layer':0,'do':'patch','from':{'tokens':[5,9,2,7]}}",
                "{'site':'blocks.1.attn.hook_z','head':'L1H1','do':'patch','from':{'tokens':[5,9,2,7]}}",
                "{'site':'mlp_post','layer':1,'do':'patch','from':{'tokens':[5,9,2,7]}}",
                "{'site':'final_norm','position':2,'do':'patch','from':{'tokens':[5,9,2,7]}}",
                "{'site':'pattern','layer':1,'do':'freeze','from':{'tokens':[5,9,2,7]}}",
                "{'site':'scores','head':'L0H0','destination':2,'do':'patch','from':{'tokens':[5,9,2,7]}}",
                "{'site':'embed','do':'scale','by':1}"
            })
    void anEditThatChangesNothingGivesEqualNumbers(String edit) throws Exception {
        for (String model : List.of(GELU, GPT2)) {
            JsonNode clean = run(model, List.of(5, 9, 2, 7), "");
            JsonNode edited = run(model, List.of(5, 9, 2, 7), edit);
            for (String name : List.of("logits_last", "loss", "pattern", "resid_norm", "result_norm", "mlp_out_norm")) {
                assertThat(edited.get(name)).as(name).isEqualTo(clean.get(name));
            }
        }
    }

    @Test
    void theAnswerSaysWhatTheEditsChange() throws Exception {
        List<Integer> tokens = List.of(5, 9, 2, 7);
        JsonNode plain = run(GELU, tokens, "");
        assertThat(plain.has("effect")).as("there are no edits").isFalse();
        JsonNode nothing = run(GELU, tokens, "{'site':'z','head':'L0H1','do':'scale','by':1}");
        assertThat(doubles(nothing.get("effect").get("loss_change")))
                .containsOnly(0)
                .hasSize(3);
        assertThat(doubles(nothing.get("effect").get("kl"))).containsOnly(0).hasSize(4);
        JsonNode zero = run(GELU, tokens, "{'site':'z','head':'L0H1','position':2,'do':'zero'}");
        double[] change = doubles(zero.get("effect").get("loss_change"));
        for (int t = 0; t < change.length; t++) {
            assertThat(change[t]).isEqualTo(doubles(zero.get("loss"))[t] - doubles(plain.get("loss"))[t]);
        }
        double[] kl = doubles(zero.get("effect").get("kl"));
        assertThat(new double[] {kl[0], kl[1]}).as("before the edit").containsOnly(0);
        assertThat(Math.min(kl[2], kl[3])).isPositive();
    }

    @Test
    void cuttingEveryLineOfAHeadIsZeroingIt() throws Exception {
        StringBuilder cuts = new StringBuilder();
        for (int t = 0; t < 4; t++) {
            for (int s = 0; s <= t; s++) {
                cuts.append(cuts.isEmpty() ? "" : ",")
                        .append("{'site':'pattern','head':'L0H1','destination':%d,'source':%d,'do':'cut'}"
                                .formatted(t, s));
            }
        }
        JsonNode cut = run(GELU, List.of(5, 9, 2, 7), cuts.toString());
        JsonNode zero = run(GELU, List.of(5, 9, 2, 7), "{'site':'head','head':'L0H1','do':'zero'}");
        assertThat(cut.get("logits_last")).isEqualTo(zero.get("logits_last"));
        assertThat(cut.get("loss")).isEqualTo(zero.get("loss"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'site':'resid_pre','layer':1,'position':2,'do':'patch','from':{'tokens':[5,9,3],'position':2}} | {'site':'resid_pre','layer':1,'position':2,'do':'patch','from':{'tokens':[5,9,3,1,1]}}
            {'site':'z','head':'L1H0','do':'zero'} | {'site':'result','head':'L1H0','do':'scale','by':0}
            {'site':'z','layer':1,'do':'zero'} | {'site':'z','head':'L1H0','do':'zero'},{'site':'z','head':'L1H1','do':'zero'},{'site':'z','head':'L1H2','do':'zero'},{'site':'z','head':'L1H3','do':'zero'}
            {'site':'mlp_out','layer':0,'do':'mean','over':{'tokens':[[5,9,2,7]]}} | {'site':'mlp_out','layer':0,'do':'mean','over':'positions'}
            {'site':'pattern','head':'L0H1','destination':1,'do':'set','row':[1,0,0,0]} | {'site':'pattern','head':'L0H1','destination':1,'source':1,'do':'cut','renormalise':true}
            {'site':'scores','head':'L0H1','destination':1,'do':'set','row':[3,3,0,0]} | {'site':'pattern','head':'L0H1','destination':1,'do':'set','row':[0.5,0.5,0,0]}
            {'site':'pattern','head':'L0H1','destination':2,'source':0,'do':'set','value':0} | {'site':'pattern','head':'L0H1','destination':2,'source':0,'do':'cut'}
            """)
    void oneThingSaidInTwoWaysIsOneThing(String one, String other) throws Exception {
        same(one, other);
    }

    @Test
    void aDirectionIsOfLengthOneWhenItIsAddedAndOfAnyWhenItIsRemoved() throws Exception {
        int width = JSON.readTree(FOLDER.resolve(GELU).resolve("config.json").toFile())
                .path("d_model")
                .asInt();
        List<Integer> twos = Collections.nCopies(width, 2);
        List<Double> unit = Collections.nCopies(width, 3 / Math.sqrt(width));
        String site = "{'site':'resid_post','layer':0,";
        same(site + "'do':'add','direction':" + twos + ",'factor':3}", site + "'do':'add','vector':" + unit + "}");
        // The mean over the stream is the part along the direction of ones; the norm that follows takes it away.
        List<Integer> tokens = List.of(5, 9, 2, 7);
        assertThat(doubles(run(GELU, tokens, site + "'do':'remove','direction':" + twos + "}")
                        .get("loss")))
                .containsExactly(doubles(run(GELU, tokens, "").get("loss")), within(1e-4));
        List<Integer> ramp = IntStream.range(0, width).boxed().toList();
        String remove = site + "'do':'remove','direction':" + ramp + "}";
        assertThat(run(GELU, tokens, remove).get("loss"))
                .isNotEqualTo(run(GELU, tokens, "").get("loss"));
    }

    private void same(String one, String other) throws Exception {
        List<Integer> tokens = List.of(5, 9, 2, 7);
        assertThat(one).isNotEqualTo(other);
        JsonNode first = run(GELU, tokens, one);
        JsonNode second = run(GELU, tokens, other);
        assertThat(doubles(first.get("loss"))).as(one).containsExactly(doubles(second.get("loss")), within(1e-6));
        assertThat(first.get("loss")).isNotEqualTo(run(GELU, tokens, "").get("loss"));
    }

    @Test
    void theAnswerHasTheEditsWithTheNamesOfTheirHooks() throws Exception {
        JsonNode answer = run(
                GELU,
                List.of(5, 9, 2),
                "{'site':'head','head':'L0H1','do':'zero'},{'site':'mlp','layer':1,'position':2,'do':'scale','by':0.5}");
        assertThat(answer.get("edits")).isEqualTo(JSON.readTree("""
                        [{"site":"blocks.0.attn.hook_result","head":"L0H1","do":"zero"},
                         {"site":"blocks.1.hook_mlp_out","layer":1,"position":2,"do":"scale","by":0.5}]"""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'do':'zero'} | “site” is missing
            {'site':'z','head':'L0H1'} | “do” is missing
            {'site':'z','head':'L0H1','do':'burn'} | “do” is “burn”
            {'site':'hook_nothing','layer':0,'do':'zero'} | there is no site “hook_nothing”
            {'site':'blocks.0.ln1.hook_scale','do':'zero'} | there is no site “ln1.hook_scale”
            {'site':'z','do':'zero'} | give “layer” or “head”
            {'site':'z','head':'L7H0','do':'zero'} | there is no head L7H0
            {'site':'z','head':'H0','do':'zero'} | not the name of a head
            {'site':'resid_pre','layer':2,'do':'zero'} | there is no site blocks.2.hook_resid_pre
            {'site':'resid_pre','layer':-1,'do':'zero'} | there is no site
            {'site':'resid_pre','head':'L0H0','do':'zero'} | shared by the heads
            {'site':'embed','layer':0,'do':'zero'} | is there once
            {'site':'blocks.1.attn.hook_z','head':'L0H0','do':'zero'} | is given as 1 and as 0
            {'site':'z','head':'L0H1','position':4,'do':'zero'} | “position” is 4; expected a position from 0 to 3
            {'site':'z','head':'L0H1','position':-1,'do':'zero'} | “position” is -1
            {'site':'z','head':'L0H1','destination':1,'do':'zero'} | “destination” has no meaning
            {'site':'pattern','head':'L0H1','position':1,'do':'zero'} | give “destination”
            {'site':'pattern','head':'L0H1','destination':1,'source':2,'do':'cut'} | does not see “source” 2
            {'site':'pattern','head':'L0H1','destination':9,'source':2,'do':'cut'} | “destination” is 9
            {'site':'pattern','head':'L0H1','source':2,'do':'cut'} | “destination” is missing
            {'site':'pattern','head':'L0H1','destination':0,'source':0,'do':'zero'} | “source” has no meaning for “zero”
            {'site':'z','head':'L0H1','do':'cut','source':0} | is done to a pattern
            {'site':'z','head':'L0H1','do':'zero','by':2} | “by” has no meaning for “zero”
            {'site':'z','head':'L0H1','do':'scale'} | “by” is missing
            {'site':'z','head':'L0H1','do':'scale','by':1e60} | not finite
            {'site':'z','head':'L0H1','do':'add','vector':[1,2]} | “vector” has 2 numbers
            {'site':'z','head':'L0H1','do':'add'} | give either “vector” or “direction”
            {'site':'z','head':'L0H1','do':'mean'} | “over” is missing
            {'site':'z','head':'L0H1','do':'mean','over':'heads'} | “over” is
            {'site':'z','head':'L0H1','do':'mean','over':{'tokens':[]}} | no sentence
            {'site':'z','head':'L0H1','do':'mean','over':{'tokens':[[1,null]]}} | expected a list of token ids
            {'site':'pattern','head':'L0H1','do':'mean','over':{'tokens':[[1,2]]}} | no mean over others
            {'site':'scores','head':'L0H1','do':'mean','over':'positions'} | scores are −∞
            {'site':'z','head':'L0H1','do':'patch','from':{'tokens':[1,2]}} | 2 tokens and the sentence 4
            {'site':'z','head':'L0H1','position':3,'do':'patch','from':{'tokens':[1,2]}} | “position” is 3; expected a position from 0 to 1
            {'site':'z','head':'L0H1','do':'patch','from':{'tokens':[1,2],'position':2}} | “position” of “from” is 2
            {'site':'pattern','head':'L0H1','destination':1,'do':'patch','from':{'tokens':[1,2,3,4],'position':3}} | “position” of “from” has no meaning
            {'site':'z','head':'L0H1','do':'patch','from':{'tokens':[100000]}} | no token 100000
            {'site':'pattern','head':'L0H1','destination':1,'do':'set','row':[1,0,0.5,0]} | does not see
            """)
    void whatCannotBeDoneIsRefusedByTheNumberOfTheEdit(String edit, String why) throws Exception {
        String fine = "{'site':'q','head':'L1H0','do':'scale','by':2},";
        HttpResponse<String> answer = post(GELU, List.of(5, 9, 2, 7), fine + edit);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).get("detail").asString())
                .startsWith("edits[1]: ")
                .contains(why);
    }

    @Test
    void editsThatMeetARowWithoutWeightAndASiteThatIsNotThereAreRefused() throws Exception {
        refused(
                GELU,
                "{'site':'z','layer':0,'do':'zero'},{'site':'z','head':'L0H1','position':1,'do':'scale','by':2}",
                "edits[1]: it changes what edits[0] changes");
        refused(
                GELU,
                "{'site':'z','head':'L0H1','do':'zero'},{'site':'head','head':'L0H0','do':'zero'},"
                        + "{'site':'z','head':'L0H1','do':'zero'}",
                "edits[2]: it changes what edits[0] changes");
        refused(
                GELU,
                "{'site':'pattern','head':'L0H1','destination':0,'source':0,'do':'cut','renormalise':true}",
                "row 0 of the pattern of L0H1 has no weight left");
        refused("random-neox", "{'site':'resid_mid','layer':0,'do':'zero'}", "edits[0]: there is no site");
        refused("random-neox", "{'site':'pos_embed','do':'zero'}", "edits[0]: there is no site hook_pos_embed");
        refused("storybook-0l", "{'site':'z','layer':0,'do':'zero'}", "edits[0]: there is no site");
        refused("random-tl-attn-ln", "{'site':'mlp','layer':0,'do':'zero'}", "edits[0]: there is no site");
    }

    private void refused(String model, String edits, String why) throws Exception {
        HttpResponse<String> answer = post(model, List.of(5, 9, 2, 7), edits);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).get("detail").asString()).contains(why);
    }

    @ParameterizedTest
    @MethodSource("models")
    void mapsOfPatchesAreTransformerLenss(String model) throws Exception {
        JsonNode expected = expected(model).get("patching");
        for (Map.Entry<String, JsonNode> site : expected.get("sites").properties()) {
            String[] by = site.getKey().split(" ", 2);
            JsonNode map = map(model, expected, by[0], AXES.get(by[1]), "denoise");
            same(site.getKey(), map.get("metric"), site.getValue());
            double clean = expected.get("clean_metric").asDouble();
            double corrupt = expected.get("corrupt_metric").asDouble();
            assertThat(map.get("clean_metric").asDouble()).isCloseTo(clean, within(1e-4));
            assertThat(map.get("corrupt_metric").asDouble()).isCloseTo(corrupt, within(1e-4));
            assertThat(map.get("recovered").get(0).size())
                    .isEqualTo(site.getValue().get(0).size());
            JsonNode noise = map(model, expected, by[0], AXES.get(by[1]), "noise");
            JsonNode back = map(model, reversed(expected), by[0], AXES.get(by[1]), "denoise");
            assertThat(noise.get("metric")).isEqualTo(back.get("metric"));
            assertThat(noise.get("recovered")).isEqualTo(back.get("recovered"));
        }
    }

    @Test
    void theShareThatIsRecoveredIsOfTheDifferenceOfBothRuns() throws Exception {
        JsonNode pair = JSON.readTree("""
                {"clean": [5, 9, 2, 7], "corrupt": [5, 9, 2, 8], "answer": 4, "wrong": 17, "position": 3}""");
        JsonNode map = map(GELU, pair, "resid_pre", "position", "denoise");
        for (JsonNode layer : map.get("recovered")) { // what differs is the last token alone
            assertThat(doubles(layer)).containsExactly(new double[] {0, 0, 0, 1}, within(1e-5));
        }
        JsonNode same = JSON.readTree("""
                {"clean": [5, 9], "corrupt": [5, 9], "answer": 4, "wrong": 17, "position": 1}""");
        assertThat(map(GELU, same, "z", "head", "denoise").get("recovered").isNull())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'clean':{'tokens':[1,2]},'corrupt':{'tokens':[1,2,3]},'answer':1,'wrong':2,'site':'q','by':'head'} | [1, 2, 3] and [1, 2]
            {'clean':{'tokens':[1,2]},'corrupt':{'tokens':[1,3]},'answer':1,'wrong':2,'site':'embed','by':'position'} | is there once
            {'clean':{'tokens':[1,2]},'corrupt':{'tokens':[1,3]},'answer':1,'wrong':2,'site':'q','by':'position'} | by head
            {'clean':{'tokens':[1,2]},'corrupt':{'tokens':[1,3]},'answer':1,'wrong':2,'site':'attn_out','by':'head'} | by position
            {'clean':{'tokens':[1,2]},'corrupt':{'tokens':[1,3]},'answer':1,'wrong':2,'site':'q','by':'hand'} | “by” is “hand”
            {'clean':{'tokens':[1,2]},'corrupt':{'tokens':[1,3]},'answer':1,'wrong':2,'site':'q','by':'head','direction':'up'} | “direction” is “up”
            {'clean':{'tokens':[1,2]},'corrupt':{'tokens':[1,3]},'answer':1,'wrong':99999,'site':'q','by':'head'} | no token 99999
            {'clean':{'tokens':[1,2]},'corrupt':{'tokens':[1,3]},'answer':1,'wrong':2,'position':2,'site':'q','by':'head'} | position 2 is not in
            {'clean':{'tokens':[1,2]},'corrupt':{'tokens':[1,3]},'answer':1,'wrong':2,'site':'qq','by':'head'} | there is no site “qq”
            {'clean':{'tokens':[1,2]},'corrupt':{'tokens':[1,3]},'answer':1,'site':'q','by':'head'} | “wrong” is missing
            {'corrupt':{'tokens':[1,3]},'answer':1,'wrong':2,'site':'q','by':'head'} | “clean” is missing
            """)
    void aMapThatCannotBeMadeIsRefused(String body, String why) throws Exception {
        HttpResponse<String> answer = send(GELU + "/patching", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).get("detail").asString()).contains(why);
    }

    /** By head pairs of any length, by position those of one: the mean and the deviation of single maps. */
    @ParameterizedTest
    @CsvSource({"head_out, head, true", "resid_pre, position, false"})
    void aMapOfSeveralPairsIsTheMeanOfTheirMaps(String site, String by, boolean otherLength) throws Exception {
        List<String> pairs = List.of(
                "{'clean':{'tokens':[5,9,2,7]},'corrupt':{'tokens':[5,3,2,7]},'answer':4,'wrong':17}",
                "{'clean':{'tokens':[1,9,8,7]},'corrupt':{'tokens':[2,9,8,7]},'answer':4,'wrong':3,'position':2}",
                otherLength
                        ? "{'clean':{'tokens':[6,5]},'corrupt':{'tokens':[6,4]},'answer':1,'wrong':2}"
                        : "{'clean':{'tokens':[6,5,4,3]},'corrupt':{'tokens':[6,4,5,3]},'answer':1,'wrong':2}");
        String how = "'site':'%s','by':'%s'}".formatted(site, by);
        List<JsonNode> each = new ArrayList<>();
        for (String pair : pairs) {
            each.add(JSON.readTree(send(GELU + "/patching", pair.substring(0, pair.length() - 1) + "," + how)
                    .body()));
        }
        JsonNode mean = JSON.readTree(send(GELU + "/patching", "{'pairs':[" + String.join(",", pairs) + "]," + how)
                .body());
        assertThat(mean.get("spread").get("pairs").asInt()).isEqualTo(3);
        assertThat(mean.get("spread").get("differing").asInt()).isEqualTo(3);
        JsonNode deviation = mean.get("spread").get("deviation");
        for (String field : List.of("/clean_metric", "/corrupt_metric", "/metric/1/1", "/recovered/0/1")) {
            double[] values =
                    each.stream().mapToDouble(map -> map.at(field).asDouble()).toArray();
            double average = (values[0] + values[1] + values[2]) / 3;
            double squares = 0;
            for (double value : values) {
                squares += (value - average) * (value - average);
            }
            assertThat(mean.at(field).asDouble()).as(field).isCloseTo(average, within(1e-9));
            assertThat(deviation.at(field).asDouble()).as(field).isCloseTo(Math.sqrt(squares / 2), within(1e-9));
        }
        JsonNode one = JSON.readTree(send(GELU + "/patching", "{'pairs':[" + pairs.getFirst() + "]," + how)
                .body());
        assertThat(one.get("metric")).isEqualTo(each.getFirst().get("metric"));
        assertThat(one.get("spread").get("deviation").isNull()).isTrue();
        assertThat(each.getFirst().has("spread")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'pairs':[],'site':'q','by':'head' | the number of “pairs” is 0
            'pairs':[{P}],'answer':1,'site':'q','by':'head' | “answer” is given beside “pairs”
            'pairs':[{P},{'clean':{'tokens':[1,2]}}],'site':'q','by':'head' | pairs[1]: “corrupt” is missing
            'pairs':[{P},{'clean':{'tokens':[1,999]},'corrupt':{'tokens':[1,2]},'answer':1,'wrong':2}],'site':'q','by':'head' | pairs[1]: There is no token 999
            'pairs':[{P},{'clean':{'tokens':[1,2]},'corrupt':{'tokens':[1,2,3]},'answer':1,'wrong':2}],'site':'q','by':'head' | pairs[1]: the sentences have 3 and 2 tokens, [1, 2, 3] and [1, 2]
            'pairs':[{P},{'clean':{'tokens':[1,2]},'corrupt':{'tokens':[1,3]},'answer':1,'wrong':2}],'site':'resid_pre','by':'position' | pairs[1]: its sentences have 2 tokens, [1, 3], those of the first pair 4, [5, 3, 2, 7]
            'pairs':[{P},{'clean':{'tokens':[1,2,3,4]},'corrupt':{'tokens':[1,3,3,4]},'answer':1,'wrong':2,'position':4}],'site':'q','by':'head' | pairs[1]: position 4 is not in a sentence of 4 tokens
            'pairs':[{P,'size':1}],'site':'q','by':'head' | There is no field “pairs[0].size”
            """)
    void severalPairsThatCannotBeMappedAreRefusedByTheirIndex(String body, String why) throws Exception {
        HttpResponse<String> answer = send(
                GELU + "/patching",
                "{"
                        + body.replace(
                                "{P",
                                "{'clean':{'tokens':[5,9,2,7]},'corrupt':{'tokens':[5,3,2,7]},'answer':4,'wrong':17")
                        + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).get("detail").asString()).contains(why);
    }

    @Test
    void aMapOfMlpsThatAreNotThereIsRefused() throws Exception {
        HttpResponse<String> answer = send(
                "random-tl-attn-ln/patching",
                "{'clean':{'tokens':[1,2]},'corrupt':{'tokens':[1,3]},'answer':1,'wrong':2,'site':'mlp_out','by':'position'}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("there is no hook_mlp_out in this model");
    }

    @Test
    void termImportanceTakesNoEditsInSilence() throws Exception {
        HttpResponse<String> answer = send("storybook-1l/term-importance", "{'tokens':[1,2],'edits':[]}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("There is no field “edits”");
    }

    private static JsonNode reversed(JsonNode pair) {
        ObjectNode reversed = ((ObjectNode) pair).deepCopy();
        return reversed.<ObjectNode>set("clean", pair.get("corrupt")).set("corrupt", pair.get("clean"));
    }

    private static void same(String what, JsonNode answer, JsonNode expected) {
        assertThat(answer.size()).as(what).isEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            if (expected.get(i).isArray()) {
                same(what, answer.get(i), expected.get(i));
            } else {
                assertThat(answer.get(i).asDouble())
                        .as(what)
                        .isCloseTo(expected.get(i).asDouble(), within(1e-3));
            }
        }
    }

    private JsonNode map(String model, JsonNode pair, String site, String by, String direction) throws Exception {
        HttpResponse<String> answer = send(
                model + "/patching",
                ("{'clean':{'tokens':%s},'corrupt':{'tokens':%s},'answer':%s,'wrong':%s,'position':%s,'site':'%s',"
                                + "'by':'%s','direction':'%s'}")
                        .formatted(
                                pair.get("clean"),
                                pair.get("corrupt"),
                                pair.get("answer"),
                                pair.get("wrong"),
                                pair.get("position"),
                                site,
                                by,
                                direction));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static JsonNode expected(String model) throws Exception {
        return JSON.readTree(Files.readString(FOLDER.resolve(model).resolve("expected.json")));
    }

    private static List<Integer> ints(JsonNode array) {
        return array.valueStream().map(JsonNode::asInt).toList();
    }

    private JsonNode run(String model, List<Integer> tokens, String edits) throws Exception {
        HttpResponse<String> answer = post(model, tokens, edits);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    /** @param edits with ' for " */
    private HttpResponse<String> post(String model, List<Integer> tokens, String edits) throws Exception {
        return send(model + "/run", "{'tokens':" + tokens + ",'edits':[" + edits + "]}");
    }

    private HttpResponse<String> send(String path, String body) throws Exception {
        URI uri = URI.create("http://localhost:" + port + "/api/v1/models/" + path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(uri)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
