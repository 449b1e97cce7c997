package app.headlight.documents;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.SharedServer;
import app.headlight.ground.people.AccessTokens;
import app.headlight.ground.people.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The commands with curl in the documents do what stands there. Each block {@code sh} is run by a shell; a block {@code json}
 * right after it shows the answer to its last command. A block {@code json NAME} is a file that later commands may send.
 * The variables TOKEN, FINDING and RUN are an access token and the ids of the finding and the run that were written last.
 */
class DocumentedRequestsTest extends SharedServer {

    private static final String SHOWN_SERVER = "http://localhost:8080";
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*(\\d+)");

    /** Of a run of another model. */
    private static final Pattern RUN = Pattern.compile("\"view\"\\s*:\\s*\"runs/(\\w+)\"");

    @LocalServerPort
    private int port;

    @Autowired
    private AccessTokens tokens;

    @TempDir
    private Path folder;

    /** What a command answered. */
    private record Answer(int status, String body) {}

    static Stream<Document> documents() throws IOException {
        return Document.all().filter(document -> document.blocks().stream().anyMatch(DocumentedRequestsTest::asks));
    }

    private static boolean asks(Document.Block block) {
        return block.text().contains("curl ");
    }

    @Test
    void standInBlocksThatAreRun() throws IOException {
        assertThat(documents().map(document -> document.file().getFileName().toString()))
                .contains("rest.md", "operating.md", "people.md");
        assertThat(Document.all()
                        .flatMap(document -> document.blocks().stream())
                        .filter(DocumentedRequestsTest::asks)
                        .filter(block ->
                                !block.info().equals("sh") || !block.text().contains(SHOWN_SERVER)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void answerWhatIsShown(Document document) throws Exception {
        assertThat(run("curl --version > version", Map.of()))
                .as("curl, which these examples are run with: install it")
                .isZero();
        Map<String, String> variables = new HashMap<>();
        variables.put("TOKEN", tokens.make(account("Documents", Role.ADMIN), "documents"));
        variables.put("FINDING", "0");
        variables.put("RUN", "none");
        List<Document.Block> blocks = document.blocks();
        for (int i = 0; i < blocks.size(); i++) {
            Document.Block block = blocks.get(i);
            if (block.info().startsWith("json ")) {
                Files.writeString(folder.resolve(block.info().substring(5)), block.text());
            }
            if (asks(block)) {
                Document.Block next = blocks.get(Math.min(i + 1, blocks.size() - 1));
                JsonNode shown =
                        next.info().equals("json") ? JsonMapper.shared().readTree(next.text()) : null;
                check(block, shown, answers(block, variables));
            }
        }
    }

    private static void check(Document.Block block, JsonNode shown, List<Answer> answers) {
        for (Answer answer : answers) {
            boolean last = answer == answers.getLast();
            if (last
                    && shown != null
                    && shown.has("status")
                    && shown.path("status").isNumber()) {
                assertThat(answer.status())
                        .as(block.text())
                        .isEqualTo(shown.path("status").asInt());
            } else {
                assertThat(answer.status()).as(block.text() + answer.body()).isBetween(200, 299);
            }
            if (last && shown != null) {
                assertThat(ShownAnswer.differences(shown, JsonMapper.shared().readTree(answer.body())))
                        .as(block.text())
                        .isEmpty();
            }
        }
    }

    /** Runs a block; each of its curls writes its answer and its status to files of their own. */
    private List<Answer> answers(Document.Block block, Map<String, String> variables) throws Exception {
        Files.writeString(folder.resolve("count"), "0");
        String script = """
                curl() {
                  n=$(($(cat count) + 1)); echo $n > count; : > body.$n
                  command curl --silent --show-error --write-out '%{stderr}%{http_code}' "$@" > body.$n 2> status.$n
                }
                """ + block.text().replace(SHOWN_SERVER, "http://localhost:" + port);
        assertThat(run(script, variables)).as(block.text()).isZero();
        int count = Integer.parseInt(Files.readString(folder.resolve("count")).strip());
        List<Answer> answers = new ArrayList<>();
        for (int n = 1; n <= count; n++) {
            String body = Files.readString(folder.resolve("body." + n));
            answers.add(new Answer(Integer.parseInt(Files.readString(folder.resolve("status." + n))), body));
            Matcher id = ID.matcher(body);
            if (answers.getLast().status() == 201 && body.contains("\"title\"") && id.find()) {
                variables.put("FINDING", id.group(1));
            }
            Matcher run = RUN.matcher(body);
            if (answers.getLast().status() == 201 && run.find()) {
                variables.put("RUN", run.group(1));
            }
        }
        return answers;
    }

    private int run(String script, Map<String, String> variables) throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("sh", "-e", "-c", script);
        shell.directory(folder.toFile()).redirectErrorStream(true);
        shell.environment().putAll(variables);
        Process process = shell.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(script).isTrue();
        assertThat(said).as(script).isEmpty();
        return process.exitValue();
    }
}
