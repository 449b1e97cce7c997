package app.headlight.findings;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** Random codes for addresses, without the characters that look like each other (base 58). */
final class Codes {

    /** 58^8 is about 10^14. */
    static final int LENGTH = 8;

    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final RandomGenerator RANDOM = new SecureRandom();

    private Codes() {}

    static String next() {
        return RANDOM.ints(LENGTH, 0, ALPHABET.length())
                .collect(StringBuilder::new, (code, i) -> code.append(ALPHABET.charAt(i)), StringBuilder::append)
                .toString();
    }
}
