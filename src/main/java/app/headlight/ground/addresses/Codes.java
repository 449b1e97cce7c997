package app.headlight.ground.addresses;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Makes codes for addresses, random ones or from a content, without characters that look like each other (base 58). */
public final class Codes {

    /** 58^8 is about 10^14. */
    private static final int LENGTH = 8;

    /** 58^22 is more than 2^128. */
    private static final int LENGTH_OF_CONTENT = 22;

    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final RandomGenerator RANDOM = new SecureRandom();

    private Codes() {}

    /** A code of 22 characters, which is the same for the same content and, with SHA-256, different for any other. */
    public static String of(byte[] content) {
        BigInteger left = new BigInteger(1, Arrays.copyOf(sha256(content), 16));
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < LENGTH_OF_CONTENT; i++) {
            BigInteger[] divided = left.divideAndRemainder(BigInteger.valueOf(ALPHABET.length()));
            code.append(ALPHABET.charAt(divided[1].intValue()));
            left = divided[0];
        }
        return code.toString();
    }

    public static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** A random code of eight characters. */
    public static String next() {
        return RANDOM.ints(LENGTH, 0, ALPHABET.length())
                .collect(StringBuilder::new, (code, i) -> code.append(ALPHABET.charAt(i)), StringBuilder::append)
                .toString();
    }
}
