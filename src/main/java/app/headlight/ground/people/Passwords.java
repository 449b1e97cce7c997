package app.headlight.ground.people;

import app.headlight.engine.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Checks passwords, and hashes them by bcrypt. */
@Component
class Passwords {

    static final int SHORTEST = 10;
    /** bcrypt reads no further. */
    static final int LONGEST_BYTES = 72;

    private static final int COST = 11;

    private final PasswordEncoder encoder = new BCryptPasswordEncoder(COST);
    private final String nobodys = encoder.encode(Secrets.next());

    /** @throws Refusal in words for people, if it is too short or too long */
    String hash(String password) {
        if (password.codePointCount(0, password.length()) < SHORTEST) {
            throw new Refusal("The password is too short: " + SHORTEST + " characters at least.");
        }
        if (bytes(password) > LONGEST_BYTES) {
            throw new Refusal("The password is too long: " + LONGEST_BYTES + " bytes at most.");
        }
        return encoder.encode(password);
    }

    /** @param hash null takes as long as any hash, so that nobody learns from the time which names exist */
    boolean matches(String password, @Nullable String hash) {
        boolean match = bytes(password) <= LONGEST_BYTES && encoder.matches(password, hash == null ? nobodys : hash);
        return match && hash != null;
    }

    private static int bytes(String password) {
        return password.getBytes(StandardCharsets.UTF_8).length;
    }
}
