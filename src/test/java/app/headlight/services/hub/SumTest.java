package app.headlight.services.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;

/** Checksums, beside those of {@code git hash-object} and {@code sha256sum}. */
class SumTest {

    private static final byte[] HELLO = "hello\n".getBytes(StandardCharsets.US_ASCII);

    @Test
    void areThoseOfTheTools() {
        Sum git = new Sum(Sum.Kind.GIT, "ce013625030ba8dba906f756967f9e9ca394464a");
        Sum sha = new Sum(Sum.Kind.SHA_256, "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03");
        assertThat(git.is(of(git, HELLO))).isTrue();
        assertThat(sha.is(of(sha, HELLO))).isTrue();
        assertThat(git.is(of(git, new byte[6]))).isFalse();
        assertThat(sha.is(of(sha, new byte[6]))).isFalse();
    }

    @Test
    void areOfTheRightLength() {
        assertThatThrownBy(() -> new Sum(Sum.Kind.SHA_256, "ce013625030ba8dba906f756967f9e9ca394464a"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Sum(Sum.Kind.GIT, "CE013625030ba8dba906f756967f9e9ca394464a"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static MessageDigest of(Sum sum, byte[] content) {
        MessageDigest digest = sum.begin(content.length);
        digest.update(content);
        return digest;
    }
}
