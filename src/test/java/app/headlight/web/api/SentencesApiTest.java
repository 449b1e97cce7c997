package app.headlight.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.SharedServer;
import app.headlight.engine.circuits.HeadOverSentences;
import app.headlight.engine.circuits.HeadOverSentences.Asked;
import app.headlight.engine.circuits.HeadOverSentences.Quantity;
import app.headlight.engine.circuits.HeadOverSentences.Role;
import app.headlight.engine.circuits.HeadOverSentences.Summary;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Progress;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What REST answers of a head over many sentences is what the engine computes, and what cannot be is refused. */
class SentencesApiTest extends SharedServer {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String MODEL = "storybook-2l";

    @LocalServerPort
    private int port;

    @Autowired
    private ModelLibrary library;

    @Test
    void theAnswerHasTheEnginesNumbers() throws Exception {
        OpenModel model = library.open(MODEL).orElseThrow();
        String body =
                "{'head':'L1H2','sentences':[{'text':'The cat sat. The cat'},{'tokens':[313,115]},{'tokens':[7]}]}";
        JsonNode answer = JSON.readTree(send(body, 200));
        List<int[]> sentences = List.of(model.encode("The cat sat. The cat"), new int[] {313, 115}, new int[] {7});
        assertThat(answer.get("tokens").get(0)).hasSize(sentences.getFirst().length);
        assertThat(answer.has("note")).isFalse();
        isAnswered(answer, model, sentences, new HeadId(1, 2));
    }

    @Test
    void aSetIsMadeHere() throws Exception {
        OpenModel model = library.open(MODEL).orElseThrow();
        for (String set : List.of("induction", "text")) {
            JsonNode answer = JSON.readTree(send("{'head':'L0H0','set':'" + set + "','count':5,'turn':2}", 200));
            List<int[]> sentences = new ArrayList<>();
            answer.get("tokens")
                    .forEach(tokens -> sentences.add(
                            tokens.valueStream().mapToInt(JsonNode::asInt).toArray()));
            assertThat(sentences).hasSize(5);
            assertThat(answer.has("note")).isEqualTo(set.equals("text"));
            isAnswered(answer, model, sentences, new HeadId(0, 0));
        }
    }

    private static void isAnswered(JsonNode answer, OpenModel model, List<int[]> sentences, HeadId head) {
        HeadOverSentences found = HeadOverSentences.of(model.transformer(), head, sentences, Progress.UNWATCHED);
        for (Role role : Role.values()) {
            isAnswered(
                    answer.get("attention").get(role.name().toLowerCase()), found, new Asked(Quantity.ATTENTION, role));
        }
        isAnswered(answer.get("attribution"), found, new Asked(Quantity.ATTRIBUTION, Role.ITSELF));
        isAnswered(answer.get("cut_next"), found, new Asked(Quantity.CUT_NEXT, Role.ITSELF));
        isAnswered(answer.get("cut_top"), found, new Asked(Quantity.CUT_TOP, Role.ITSELF));
        for (int i = 0; i < sentences.size(); i++) {
            assertThat(answer.get("top").get(i).asInt())
                    .isEqualTo(found.sentences().get(i).top());
        }
    }

    private static void isAnswered(JsonNode over, HeadOverSentences found, Asked asked) {
        Summary summary = found.summary(asked);
        same(over.get("mean"), summary.spread().mean());
        same(over.get("deviation"), summary.spread().deviation());
        same(over.get("least"), summary.least());
        same(over.get("most"), summary.most());
        assertThat(over.get("count").asInt()).isEqualTo(summary.count());
        List<Double> values = found.values(asked);
        assertThat(over.get("values")).hasSize(values.size());
        for (int i = 0; i < values.size(); i++) {
            same(over.get("values").get(i), values.get(i));
        }
    }

    private static void same(JsonNode answered, double expected) {
        if (Double.isNaN(expected)) {
            assertThat(answered.isNull()).isTrue();
        } else {
            assertThat(answered.asDouble()).isCloseTo(expected, within(1e-9));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'set':'text'} | “head” is missing",
                "{'head':'H1','set':'text'} | “H1” is not the name of a head",
                "{'head':'L7H0','set':'text'} | no head L7H0",
                "{'head':'L0H0'} | either “sentences” or “set”",
                "{'head':'L0H0','set':'text','sentences':[{'tokens':[1]}]} | either “sentences” or “set”",
                "{'head':'L0H0','set':'all'} | “set” is “all”; expected article, greater_than, induction, number, text",
                "{'head':'L0H0','set':'text','count':65} | There are 65 sentences; expected 1 to 64",
                "{'head':'L0H0','set':'text','turn':0} | “turn”",
                "{'head':'L0H0','count':3,'sentences':[{'tokens':[1]}]} | “count” is given beside “sentences”",
                "{'head':'L0H0','sentences':[]} | There are 0 sentences",
                "{'head':'L0H0','sentences':[{'tokens':[1]},null]} | sentences[1]",
                "{'head':'L0H0','sentences':[{'tokens':[1]},{'tokens':[9999]}]} | sentences[1]: There is no token 9999",
                "{'head':'L0H0','sentences':[{'text':'a'},{'text':'The ♞'}]} | sentences[1]: storybook-2l does not know “♞”",
                "{'head':'L0H0','sentences':[{'text':''}]} | sentences[0]: There is no token to run on",
                "{'head':'L0H0','set':'greater_than'} | too few of the words"
            })
    void whatCannotBeMeasuredIsRefusedByName(String body, String named) throws Exception {
        assertThat(JSON.readTree(send(body, 400)).get("detail").asString()).contains(named);
    }

    private String send(String body, int status) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + port + "/api/v1/models/" + MODEL + "/over-sentences"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer.body();
    }
}
