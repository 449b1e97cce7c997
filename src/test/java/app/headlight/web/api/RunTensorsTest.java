package app.headlight.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.SharedServer;
import app.headlight.engine.formats.Safetensors;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A run's arrays as a file, read back by the reader of model files. */
class RunTensorsTest extends SharedServer {

    @Autowired
    private ModelLibrary library;

    @LocalServerPort
    private int port;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"application/octet-stream", "application/x-safetensors"})
    void theyAreTheEngines(String type) throws Exception {
        HttpResponse<byte[]> answer = run("storybook-2l", "{\"tokens\":[50,129,7]}", type);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains(type);
        OpenModel model = library.open("storybook-2l").orElseThrow();
        Run run = model.transformer().run(new int[] {50, 129, 7}, List.of());
        Safetensors file = opened(answer);
        int width = model.config().dModel();
        HeadId head = new HeadId(1, 2);
        int heads = model.config().nHeads();
        float[] pattern = file.floats("pattern");
        for (int t = 0; t < 3; t++) {
            for (int s = 0; s < 3; s++) {
                assertThat(pattern[((heads + 2) * 3 + t) * 3 + s])
                        .isEqualTo(run.pattern(head).get(t, s));
            }
        }
        assertThat(file.floats("resid_pre")[(3 + 2) * width + 5])
                .isEqualTo(run.residual(1).get(2, 5));
        assertThat(file.floats("resid_final")[width + 5])
                .isEqualTo(run.residual(2).get(1, 5));
        assertThat(file.floats("result")[((heads + 2) * 3 + 1) * width + 5])
                .isEqualTo(run.result(head).get(1, 5));
        assertThat(file.floats("logits")).isEqualTo(run.logits().toArray());
        assertThat(file.floats("loss")).containsExactly((float) run.loss()[0], (float) run.loss()[1]);
    }

    @Test
    void aStepOfTheTrainingRunsAsItWasThen() throws Exception {
        HttpResponse<byte[]> then =
                run("storybook-2l", "?step=1333", "{\"tokens\":[50,129,7]}", "application/x-safetensors");
        assertThat(then.statusCode()).isEqualTo(200);
        assertThat(opened(then).floats("logits"))
                .isEqualTo(library.open("storybook-2l", 1333)
                        .orElseThrow()
                        .transformer()
                        .run(new int[] {50, 129, 7})
                        .logits()
                        .toArray());
        HttpResponse<byte[]> never = run("storybook-2l", "?step=7", "{\"tokens\":[50]}", "application/json");
        assertThat(never.statusCode()).isEqualTo(404);
        assertThat(new String(never.body(), StandardCharsets.UTF_8))
                .contains("No weights of step 7 of “storybook-2l” are stored; those of [0, 3, ");
    }

    @Test
    void aModelWithoutLayersHasNoHeadsArrays() throws Exception {
        HttpResponse<byte[]> answer = run(NO_LAYERS, "{\"tokens\":[1]}", "application/octet-stream");
        assertThat(answer.statusCode()).isEqualTo(200);
        Safetensors file = opened(answer);
        assertThat(file.floats("logits")).hasSize(100);
        assertThat(file.floats("loss")).isEmpty();
    }

    @Test
    void jsonIsWhatComesUnasked() throws Exception {
        for (String accept : List.of("*/*", "application/json", "text/html,*/*;q=0.1")) {
            HttpResponse<byte[]> answer = run("storybook-2l", "{\"tokens\":[1]}", accept);
            assertThat(answer.statusCode()).as(accept).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-type").orElse(""))
                    .as(accept)
                    .startsWith("application/json");
        }
        HttpResponse<byte[]> refused = run("storybook-2l", "{\"tokens\":[-1]}", "application/octet-stream");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(new String(refused.body())).contains("There is no token -1");
    }

    private Safetensors opened(HttpResponse<byte[]> answer) throws IOException {
        return Safetensors.open(Files.newByteChannel(Files.write(folder.resolve("run.safetensors"), answer.body())));
    }

    private HttpResponse<byte[]> run(String model, String body, String accept) throws Exception {
        return run(model, "", body, accept);
    }

    private HttpResponse<byte[]> run(String model, String query, String body, String accept) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(
                                    URI.create("http://localhost:" + port + "/api/v1/models/" + model + "/run" + query))
                            .header("content-type", "application/json")
                            .header("accept", accept)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        }
    }
}
