package app.headlight.services.hub;

import static app.headlight.services.hub.LocalHub.API;
import static app.headlight.services.hub.LocalHub.COMMIT;
import static app.headlight.services.hub.LocalHub.MODEL;
import static app.headlight.services.hub.LocalHub.RESOLVE;
import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.services.hub.LocalHub.Asked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is said of a model before its weights are fetched. */
@Timeout(30)
class HubLookTest {

    private static final String INDEX = "model.safetensors.index.json";

    private final LocalHub hub = new LocalHub();

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void aModelIsDescribedWithoutItsWeights() {
        hub.listing.putObject("cardData").put("license", "mit");
        HubModel model = hub.client(null).look(MODEL);
        assertThat(model.name()).isEqualTo(MODEL);
        assertThat(model.commit()).isEqualTo(COMMIT);
        assertThat(model.licence()).isEqualTo("mit");
        assertThat(model.config().config().nLayers()).isEqualTo(3);
        assertThat(model.hasTokenizer()).isTrue();
        assertThat(model.files())
                .extracting(HubFile::name)
                .containsExactly("config.json", "tokenizer.json", "model.safetensors");
        assertThat(model.bytes()).isEqualTo(300_000 + LocalHub.CONFIG.length() + 13);
        assertThat(hub.askedHub).extracting(Asked::path).containsExactly(API + "?blobs=true", RESOLVE + "config.json");
        assertThat(hub.askedCdn).isEmpty();
    }

    @Test
    void aModelThatHasMovedIsFollowed() {
        hub.instead.put("/api/models/model/revision/main", Handlers.redirect(API + "?blobs=true"));
        assertThat(hub.client(null).look(new HubName("model", null)).name()).isEqualTo(MODEL);
    }

    @Test
    void aRevisionWithASlashIsAskedForAsTheHubWritesIt() {
        hub.instead.put("/api/models/owner/model/revision/refs%2Fpr%2F1", Handlers.text(hub.listed()));
        HubModel model = hub.client(null).look(new HubName("owner/model", "refs/pr/1"));
        assertThat(model.commit()).isEqualTo(COMMIT);
        assertThat(model.name().revision()).isEqualTo("refs/pr/1");
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"cardData\": {\"license\": [\"mit\", \"apache-2.0\"]}}', 'mit, apache-2.0'",
        "'{\"cardData\": {\"license\": \"other\", \"license_name\": \"gemma\"}}', gemma",
        "'{\"cardData\": {\"license\": \"other\"}}', other",
        "'{\"tags\": [\"pytorch\", \"license:bsd\"]}', bsd",
        "'{\"tags\": [\"pytorch\"]}', ",
        "'{\"cardData\": {\"license\": {\"x\": 1}}}', ",
    })
    void theLicenceIsThatOfTheCard(String says, @Nullable String licence) {
        hub.listing.setAll((ObjectNode) JsonMapper.shared().readTree(says));
        assertThat(hub.client(null).look(MODEL).licence()).isEqualTo(licence);
    }

    @Test
    void shardsAreFetchedWithTheirIndex() {
        hub.putIndex("a.safetensors", "b.safetensors");
        hub.putLarge("a.safetensors", new byte[10]);
        hub.putLarge("b.safetensors", new byte[20]);
        hub.putLarge("c.safetensors", new byte[30]);
        assertThat(hub.client(null).look(MODEL).files())
                .extracting(HubFile::name)
                .containsExactly("config.json", "tokenizer.json", INDEX, "a.safetensors", "b.safetensors");
    }

    @Test
    void theWholeIsPreferredToShards() {
        hub.put(INDEX, "no JSON, and not looked at");
        assertThat(hub.client(null).look(MODEL).files())
                .extracting(HubFile::name)
                .doesNotContain(INDEX)
                .contains("model.safetensors");
    }
}
