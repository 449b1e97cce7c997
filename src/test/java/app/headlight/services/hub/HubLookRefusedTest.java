package app.headlight.services.hub;

import static app.headlight.services.hub.LocalHub.API;
import static app.headlight.services.hub.LocalHub.MODEL;
import static app.headlight.services.hub.LocalHub.RESOLVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.engine.refusal.Refusal;
import app.headlight.services.hub.LocalHub.Asked;
import java.time.Duration;
import org.assertj.core.api.AbstractStringAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Models that are not there, cannot be read, or may not be seen: that is said before anything large is fetched. */
@Timeout(30)
class HubLookRefusedTest {

    private static final String INDEX = "model.safetensors.index.json";

    private final LocalHub hub = new LocalHub();

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void missingShardsAreNamed() {
        hub.putIndex("a.safetensors", "b.safetensors", "c.safetensors");
        hub.putLarge("b.safetensors", new byte[20]);
        refused(null)
                .isEqualTo(INDEX + " of owner/model names 2 shards that are missing: a.safetensors, c.safetensors");
    }

    @ParameterizedTest
    @CsvSource({
        "config.json, names the shard “config.json”; expected a name such as model-00001-of-00002.safetensors",
        "fold, names the shard “fold”",
        "../a.safetensors, is in \"../a.safetensors\"; expected the name of a file beside it",
        ".safetensors, names the shard “.safetensors”",
    })
    void aShardWithAStrangeNameIsRefused(String shard, String words) {
        hub.putIndex(shard);
        refused(null).contains(words);
    }

    @Test
    void aModelWithoutSafetensorsIsRefusedWithWhatItHas() {
        hub.files.remove("model.safetensors");
        hub.put("pytorch_model.bin", "");
        refused(null)
                .isEqualTo(
                        "owner/model has no model.safetensors, only pytorch_model.bin; expected model.safetensors, or "
                                + INDEX + " with its shards. No other kind of weights is read.");
    }

    @Test
    void aModelWithoutConfigurationIsRefused() {
        hub.files.remove("config.json");
        refused(null).isEqualTo("owner/model has no config.json; expected one beside its weights");
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"model_type\": \"bert\"}', model_type",
        "'{\"model_type\": ', config.json is not JSON in line 1",
    })
    void whatCannotBeReadIsSaid(String config, String words) {
        hub.put("config.json", config);
        refused(null).startsWith("owner/model cannot be read here: ").contains(words);
        assertThat(hub.askedCdn).isEmpty();
    }

    @Test
    void aModelTooLargeForThisServerIsRefused() {
        hub.put(
                "config.json",
                LocalHub.CONFIG
                        .replace("\"n_embd\": 48", "\"n_embd\": 20000")
                        .replace("\"n_layer\": 3", "\"n_layer\": 100"));
        refused(null).contains("owner/model cannot be read here: the weights would take ");
    }

    @ParameterizedTest
    @CsvSource({
        ", 401, , 'knows no model “owner/model”, or only people who are let in may see it'",
        "hf_x, 404, RepoNotFound, 'knows no model “owner/model”, or this server''s HF_TOKEN may not see it'",
        ", 404, RevisionNotFound, owner/model has no revision “main”",
        "hf_x, 401, , does not accept this server's HF_TOKEN",
        ", 403, , does not let this server read owner/model; expected a model that is open to all",
        "hf_x, 403, , expected a model that is open to its HF_TOKEN",
        ", 429, , asked too often",
        ", 503, , answers 503 when asked for the list of files of owner/model",
        ", 418, , answers 418",
    })
    void whatTheHubRefusesIsSaidInWords(@Nullable String token, int status, @Nullable String code, String words) {
        hub.instead.put(API, Handlers.refusal(status, code));
        refused(token).contains(words);
    }

    @Test
    void aGatedModelNeedsAToken() {
        hub.listing.put("gated", "manual");
        String page = hub.endpoint() + "/owner/model";
        refused(null).startsWith("owner/model is gated: ").contains(page).contains("HF_TOKEN");
        assertThat(hub.client("hf_x").look(MODEL).gated()).isTrue();
        assertThat(hub.askedHub).last().extracting(Asked::token).isEqualTo("Bearer hf_x");
        hub.instead.put(RESOLVE + "config.json", Handlers.refusal(403, "GatedRepo"));
        refused("hf_x")
                .startsWith("owner/model is gated, and this server's HF_TOKEN is not let in. Ask for it at " + page);
    }

    @Test
    void aFileWithoutChecksumIsNotTrusted() {
        ObjectNode said = (ObjectNode) JsonMapper.shared().readTree(hub.listed());
        said.path("siblings").forEach(file -> ((ObjectNode) file).remove("blobId"));
        hub.instead.put(API, Handlers.text(said.toString()));
        refused(null).startsWith("The hub does not say the size and the checksum of config.json");
    }

    @Test
    void aFileOtherThanTheHubSaysIsRefused() {
        hub.instead.put(RESOLVE + "config.json", Handlers.text(LocalHub.CONFIG.replace("48", "64")));
        refused(null).startsWith("config.json of owner/model has not the checksum that the hub says, git's SHA-1 ");
    }

    @ParameterizedTest
    @CsvSource({
        "'<html>', cannot be read as JSON",
        "'', is not that of a hub",
        "'{\"sha\": \"main\", \"siblings\": []}', is not that of a hub",
        "'{\"sha\": \"0123456789abcdef0123456789abcdef01234567\"}', is not that of a hub",
    })
    void anotherKindOfServerIsRecognised(String says, String words) {
        hub.instead.put(API, Handlers.text(says));
        refused(null).startsWith("The hub's answer about owner/model").contains(words);
    }

    @Test
    void longAnswersAreNotReadToTheirEnd() {
        hub.instead.put(API, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] piece = new byte[1 << 16];
            for (int i = 0; i < 100_000; i++) {
                exchange.getResponseBody().write(piece);
            }
        });
        refused(null).isEqualTo("hub.test answers with more than the 8388608 bytes that are read");
        hub.instead.remove(API);
        hub.put("config.json", " ".repeat(2 << 20));
        refused(null).contains("config.json of owner/model has 2097152 bytes; at most 1048576 are read");
    }

    @Test
    void aSilentHubIsNotWaitedForLong() {
        hub.instead.put(API, Handlers.trickle(1, 60_000));
        assertThatThrownBy(() -> hub.client(null, Duration.ofMillis(300), Duration.ofSeconds(20))
                        .look(MODEL))
                .isInstanceOf(Refusal.class)
                .hasMessage("The hub cannot be asked: hub.test does not answer. Try again later.");
    }

    @Test
    void aSlowHubIsNotWaitedForLongEither() {
        hub.instead.put(API, Handlers.trickle(10_000, 20));
        assertThatThrownBy(() -> hub.client(null, Duration.ofSeconds(20), Duration.ofMillis(500))
                        .look(MODEL))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("did not say within 1 s what owner/model is");
    }

    private AbstractStringAssert<?> refused(@Nullable String token) {
        return assertThatThrownBy(() -> hub.client(token).look(MODEL))
                .isInstanceOf(Refusal.class)
                .message();
    }
}
