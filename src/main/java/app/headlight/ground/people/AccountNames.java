package app.headlight.ground.people;

import app.headlight.engine.refusal.Refusal;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Checks the names of accounts. */
final class AccountNames {

    static final int LONGEST = 60;

    private static final String ALLOWED = "[\\p{L}\\p{M}\\p{N}]([\\p{L}\\p{M}\\p{N} ._'-]*[\\p{L}\\p{M}\\p{N}.])?";

    private AccountNames() {}

    /**
     * The name without space around it.
     *
     * @throws Refusal in words for people, if it is not allowed as a name
     */
    static String checked(String name) {
        String given = name.strip();
        if (given.isEmpty()) {
            throw new Refusal("The name is missing.");
        }
        if (given.length() > LONGEST) {
            throw new Refusal("The name is too long: " + LONGEST + " characters at most.");
        }
        if (!given.matches(ALLOWED)) {
            throw new Refusal("“" + given + "” cannot be a name here; expected letters and digits, with"
                    + " spaces, dots, hyphens, underscores and apostrophes between them.");
        }
        return given;
    }

    /** An allowed and free name that is as close as possible to a given one. */
    static String free(@Nullable String elsewhere, Predicate<String> taken) {
        String stem = (elsewhere == null ? "" : elsewhere)
                .replaceAll("@.*", "")
                .replaceAll("[^\\p{L}\\p{M}\\p{N} ._'-]", " ")
                .replaceAll("\\s+", " ")
                .replaceAll("^[^\\p{L}\\p{N}]+|[^\\p{L}\\p{M}\\p{N}]+$", "");
        stem = stem.substring(0, Math.min(stem.length(), LONGEST - 8)).strip();
        if (stem.isEmpty()) {
            stem = "Somebody";
        }
        String name = stem;
        for (int number = 2; taken.test(name); number++) {
            name = stem + " " + number;
        }
        return checked(name);
    }
}
