package app.headlight.services.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.engine.refusal.Refusal;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and addresses as people type them. */
class HubNameTest {

    private static final URI USUAL = URI.create("https://huggingface.co");
    private static final URI MIRROR = URI.create("https://models.example:8443/hf");

    @ParameterizedTest
    @CsvSource({
        "EleutherAI/pythia-70m, EleutherAI/pythia-70m",
        "'  openai-community/gpt2 ', openai-community/gpt2",
        "gpt2, gpt2",
        "a/b_c.d-1, a/b_c.d-1",
        "owner/model@v1.0, owner/model@v1.0",
        "https://huggingface.co/openai-community/gpt2, openai-community/gpt2",
        "https://huggingface.co/openai-community/gpt2/, openai-community/gpt2",
        "https://huggingface.co/openai-community/gpt2/tree/main, openai-community/gpt2@main",
        "https://huggingface.co/openai-community/gpt2/tree/main/, openai-community/gpt2@main",
        "https://huggingface.co/gpt2/tree/main, gpt2@main",
        "https://huggingface.co/owner/model/tree/refs%2Fpr%2F1, owner/model@refs/pr/1",
        "https://huggingface.co/owner/model/blob/step1000/config.json, owner/model@step1000",
        "https://huggingface.co/owner/model/resolve/v2/model.safetensors?download=true, owner/model@v2",
        "https://huggingface.co/owner/model/commit/0a1b2c, owner/model@0a1b2c",
        "https://huggingface.co/owner/model/discussions/3, owner/model",
        "https://huggingface.co/owner/model?library=transformers#use, owner/model",
        "HTTPS://HuggingFace.co/owner/model, owner/model",
        "huggingface.co/owner/model, owner/model",
        "hf.co/owner/model, owner/model",
    })
    void isRead(String typed, String read) {
        assertThat(HubName.of(typed, USUAL)).hasToString(read);
    }

    @ParameterizedTest
    @CsvSource({
        "https://models.example:8443/hf/owner/model/tree/main, owner/model@main",
        "models.example:8443/hf/owner/model, owner/model",
        "https://huggingface.co/owner/model, owner/model",
    })
    void isReadOfAMirror(String typed, String read) {
        assertThat(HubName.of(typed, MIRROR)).hasToString(read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b/c",
                "owner/",
                "/model",
                "owner/../model",
                "owner/a..b",
                "owner/a--b",
                "owner/model.git",
                "-owner/model",
                "owner/model.",
                "owner/mo del",
                "owner/модель",
                "owner/model?x",
                "owner/model\r\nHost: x",
                "https://example.com/owner/model",
                "https://huggingface.co@example.com/owner/model",
                "https://huggingface.co:8443/owner/model",
                "ftp://huggingface.co/owner/model",
                "file:///etc/passwd",
                "https://huggingface.co/",
                "https://huggingface.co/datasets/owner/texts",
                "https://huggingface.co/owner/model/tree/main/onnx",
                "https://huggingface.co/owner/model/blob/main/onnx/model.onnx",
                "https://huggingface.co/owner/model%2F..%2Fother",
                "https://huggingface.co/owner/<model>"
            })
    void isRefusedByItsValue(String typed) {
        assertThatThrownBy(() -> HubName.of(typed, USUAL))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(
                        typed.startsWith("https://huggingface.co/owner/model%") ? "owner/model/.." : typed)
                .hasMessageContaining("expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner/model@", "owner/model@../x", "owner/model@a b", "owner/model@/main"})
    void aRevisionIsRefused(String typed) {
        assertThatThrownBy(() -> HubName.of(typed, USUAL))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("“" + typed.substring(12) + "” cannot be a revision of owner/model");
    }

    @Test
    void nothingAndFarTooMuchAreRefusedInShort() {
        assertThatThrownBy(() -> HubName.of("  ", USUAL)).hasMessageStartingWith("No name was given; expected");
        assertThatThrownBy(() -> HubName.of("x".repeat(100_000), USUAL))
                .isInstanceOf(Refusal.class)
                .message()
                .hasSizeLessThan(500);
    }
}
