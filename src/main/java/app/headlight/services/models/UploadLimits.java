package app.headlight.services.models;

import app.headlight.engine.refusal.Refusal;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.NotAllowedException;
import app.headlight.ground.people.Role;
import app.headlight.ground.people.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Who may add models by a browser or by REST, how large each may be and how many. */
@Component
public class UploadLimits {

    private static final long MEGABYTE = 1 << 20;

    private final SignedIn signedIn;
    private final Role least;
    private final @Nullable Role hub;
    private final long bytes;
    private final int models;

    UploadLimits(
            SignedIn signedIn,
            @Value("${headlight.upload.role:member}") String role,
            @Value("${headlight.upload.mb:1024}") int megabytes,
            @Value("${headlight.upload.models:20}") int models,
            @Value("${headlight.hub.role:admin}") String hubRole) {
        this.signedIn = signedIn;
        this.least = Role.ofSetting("headlight.upload.role", role, "“member” or “admin”");
        this.hub = hubRole.equals("nobody")
                ? null
                : Role.ofSetting("headlight.hub.role", hubRole, "“member” or “admin”, or “nobody”");
        if (megabytes < 0 || models < 0) {
            throw new Refusal("headlight.upload.mb is " + megabytes + " and headlight.upload.models " + models
                    + "; expected 0, for no uploads, or more");
        }
        this.bytes = megabytes * MEGABYTE;
        this.models = models;
    }

    /** Whether whoever is signed in may have models fetched from the hub. */
    public boolean mayFetch() {
        Role needed = hub;
        return mayUpload()
                && needed != null
                && signedIn.current()
                        .filter(account -> account.role().includes(needed))
                        .isPresent();
    }

    /** The most bytes of all files of a model together. */
    public long bytes() {
        return bytes;
    }

    /** How many models an account may have; admins have no such limit. */
    int models() {
        return models;
    }

    /** Whether anybody may add models here. */
    public boolean areOn() {
        return bytes > 0 && models > 0;
    }

    /** Whether whoever is signed in may add models. */
    public boolean mayUpload() {
        return areOn()
                && signedIn.current()
                        .filter(account -> account.role().includes(least))
                        .isPresent();
    }

    /**
     * Who adds a model.
     *
     * @throws NotAllowedException if they may not
     */
    public Account require() {
        if (!areOn()) {
            throw NotAllowedException.notYours("Nobody may add models to this server by an upload.");
        }
        return signedIn.require(least);
    }
}
