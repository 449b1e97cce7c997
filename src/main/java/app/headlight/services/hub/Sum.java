package app.headlight.services.hub;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The checksum of a file, as the hub says it.
 *
 * @param hex in small letters
 */
public record Sum(Kind kind, String hex) {

    /** Of what it is. */
    public enum Kind {

        /** The SHA-256 of the content: so for large files. */
        SHA_256("SHA-256", 64),

        /** The SHA-1 of {@code blob SIZE}, a zero byte and the content, as git names a file: so for small ones. */
        GIT("SHA-1", 40);

        private final String algorithm;
        private final int digits;

        Kind(String algorithm, int digits) {
            this.algorithm = algorithm;
            this.digits = digits;
        }
    }

    public Sum {
        if (!isOne(kind, hex)) {
            throw new IllegalArgumentException(hex + " has not " + kind.digits + " hexadecimal digits");
        }
    }

    static boolean isOne(Kind kind, String hex) {
        return hex.length() == kind.digits && hex.matches("[0-9a-f]+");
    }

    /** A digest to which the content of a file of that size is added. */
    MessageDigest begin(long bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance(kind.algorithm);
            if (kind == Kind.GIT) {
                digest.update(("blob " + bytes + "\0").getBytes(StandardCharsets.US_ASCII));
            }
            return digest;
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    boolean is(MessageDigest done) {
        return hex.equals(HexFormat.of().formatHex(done.digest()));
    }

    /** As people know it: {@code SHA-256 6b86b273…}. */
    @Override
    public String toString() {
        return (kind == Kind.GIT ? "git's SHA-1 " : "SHA-256 ") + hex;
    }
}
