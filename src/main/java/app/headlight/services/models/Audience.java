package app.headlight.services.models;

import app.headlight.engine.refusal.Refusal;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.Role;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who may see a model, a run of another, or a lesson, that somebody added. Admins see all. */
public enum Audience {
    ALL("everybody"),
    MEMBERS("members"),
    OWNER("only me");

    private final String words;

    Audience(String words) {
        this.words = words;
    }

    /**
     * The audience of that name: {@code all}, {@code members} or {@code owner}.
     *
     * @throws Refusal if there is none
     */
    public static Audience named(String name) {
        return Arrays.stream(values())
                .filter(audience -> audience.written().equals(name))
                .findFirst()
                .orElseThrow(() -> new Refusal("audience is “" + name + "”; expected “all”, “members” or “owner”"));
    }

    /** Its name for programs. */
    public String written() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For people, such as “members”. */
    public String words() {
        return words;
    }

    /**
     * Whether somebody sees what has this audience.
     *
     * @param somebody null for nobody who is signed in
     * @param owner who added it; null if that account was deleted, or nobody did
     */
    public boolean includes(@Nullable Account somebody, @Nullable Long owner) {
        return switch (this) {
            case ALL -> true;
            case MEMBERS -> somebody != null && somebody.role().includes(Role.MEMBER);
            case OWNER -> somebody != null && somebody.mayChange(owner);
        };
    }
}
