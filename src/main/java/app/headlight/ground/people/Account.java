package app.headlight.ground.people;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** An account of a person. */
public record Account(long id, String name, Role role) implements Serializable {

    public boolean isAdmin() {
        return role == Role.ADMIN;
    }

    /**
     * Whether they may change or delete what someone made: their own, or as an admin everything.
     *
     * @param owner the account that made it; null if nobody did, or the account was deleted
     */
    public boolean mayChange(@Nullable Long owner) {
        return isAdmin() || (owner != null && owner == id);
    }
}
