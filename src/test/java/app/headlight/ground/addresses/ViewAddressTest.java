package app.headlight.ground.addresses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "explore",
                "/explore",
                "explore?model=storybook-2l&text=The%20cat%20%E2%82%AC&head=L1H3",
                "circuits?model=a#top",
                "patching?model=a&row=1&column=9",
                "search?model=a&w=4629c6d1&pairs=4",
                "runs/abc?heads=L1H3",
                "learn/two-layers?step=2",
                "collections/3",
                "train",
                "glossary",
                "findings/12",
                "models",
                "embed?model=a",
                "live/abc"
            })
    void ourOwnPagesAreTaken(String address) {
        assertThat(ViewAddress.check(address)).doesNotStartWith("/").isEqualTo(address.replaceFirst("^/", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "//evil.invalid",
                "///evil.invalid",
                "https://evil.invalid/explore",
                "javascript:alert(1)",
                "explorer",
                "explore\\..\\x",
                "/\\evil.invalid",
                "explore/../api",
                "explore/..",
                "explore/./x",
                "explore?a=//b",
                "explore?a=b c",
                "explore?a=\"b",
                "explore?a=<b",
                "explore?a=b\n",
                "explore?a=é",
                " explore",
                "api/v1/models",
                "s/abcdefg",
                "explore@evil.invalid",
                "explore:80",
                "explore\t"
            })
    void allOthersAreNot(String address) {
        assertThatThrownBy(() -> ViewAddress.check(address)).hasMessageContaining("own pages");
    }

    @Test
    void lengthIsBounded() {
        assertThat(ViewAddress.check("explore?text=" + "a".repeat(7_987))).hasSize(8_000);
        assertThatThrownBy(() -> ViewAddress.check("explore?text=" + "a".repeat(7_988)))
                .hasMessageContaining("8001");
        assertThatThrownBy(() -> ViewAddress.check("explore" + "/a".repeat(3_900)))
                .hasMessageContaining("own");
    }
}
