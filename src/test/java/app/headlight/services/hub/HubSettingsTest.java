package app.headlight.services.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.engine.refusal.Refusal;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** What may be configured. */
class HubSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "'', https://huggingface.co",
        "https://huggingface.co/, https://huggingface.co",
        "HTTPS://hf-mirror.com, https://hf-mirror.com",
        "http://localhost:8080, http://localhost:8080",
        "https://models.example/hf//, https://models.example/hf",
    })
    void anEndpointIsRead(String given, String read) {
        assertThat(new HubSettings(given, "").endpoint()).hasToString(read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "huggingface.co",
                "ftp://huggingface.co",
                "https:///x",
                "https://me@huggingface.co",
                "https://huggingface.co?x=1",
                "https://hugging face.co"
            })
    void anotherIsRefusedByTheNameOfTheSetting(String given) {
        assertThatThrownBy(() -> new HubSettings(given, ""))
                .isInstanceOf(Refusal.class)
                .hasMessage("headlight.hub.endpoint is “" + given
                        + "”; expected the address of a hub, such as https://huggingface.co");
    }

    @Test
    void aTokenIsNeverSaid() {
        assertThat(new HubSettings("", " ").token()).isNull();
        assertThat(new HubSettings("", " hf_secret ").token()).isEqualTo("hf_secret");
        assertThat(new HubSettings("", "hf_secret").toString()).doesNotContain("secret");
        assertThatThrownBy(() -> new HubSettings("", "hf_secret\r\nHost: x"))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("headlight.hub.token ")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void theProgramSetsThem() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("test", Map.of("headlight.hub.endpoint", "https://hf-mirror.com")));
            context.register(HubSettings.class, Hub.class);
            context.refresh();
            assertThat(context.getBean(HubSettings.class)).hasToString("hub https://hf-mirror.com without a token");
            assertThat(context.getBean(Hub.class).name("hf-mirror.com/owner/model"))
                    .hasToString("owner/model");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://hub.test/x, true",
        "https://HUB.test:443/, true",
        "https://hub.test:8443/, false",
        "http://hub.test:443/, false",
        "https://hub.test.example/, false",
        "mailto:hub.test, false",
    })
    void onlyTheSameOriginIsTheEndpoint(String address, boolean is) {
        assertThat(new HubSettings("https://hub.test", "").isEndpoint(URI.create(address)))
                .isEqualTo(is);
    }
}
