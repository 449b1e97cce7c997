package app.headlight.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInViewTest {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/train", "/explore?text=a%20b&heads=L1H3", "/s/abc", "/findings?q=%2F%2Fx"})
    void aPathOfThisServerIsReturnedTo(String address) {
        assertThat(SignInView.isHere(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "train",
                "//evil.example",
                "/\\evil.example",
                "\\/evil.example",
                "https://evil.example",
                "javascript:alert(1)",
                "/\t/evil.example",
                "/a\r\nSet-Cookie: a=b",
                " /a",
                "@evil.example"
            })
    void nobodyIsLedElsewhere(String address) {
        assertThat(SignInView.isHere(address)).isFalse();
    }
}
