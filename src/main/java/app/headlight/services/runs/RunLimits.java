package app.headlight.services.runs;

import app.headlight.engine.refusal.Refusal;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.NotAllowedException;
import app.headlight.ground.people.Role;
import app.headlight.ground.people.SignedIn;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Who may add runs of other models, how large each may be, how many, and how long they are kept. */
@Component
public class RunLimits {

    private static final long MEGABYTE = 1 << 20;
    private static final int MOST_MEGABYTES = 1024;

    private final SignedIn signedIn;
    private final Role least;
    private final long bytes;
    private final int runs;
    private final int days;

    RunLimits(
            SignedIn signedIn,
            @Value("${headlight.runs.role:member}") String role,
            @Value("${headlight.runs.mb:64}") int megabytes,
            @Value("${headlight.runs.most:100}") int runs,
            @Value("${headlight.runs.days:0}") int days) {
        this.signedIn = signedIn;
        this.least = Role.ofSetting("headlight.runs.role", role, "“member” or “admin”");
        if (megabytes < 0 || megabytes > MOST_MEGABYTES) {
            throw Refusal.of("headlight.runs.mb", megabytes, "0, for no runs, to " + MOST_MEGABYTES);
        }
        if (runs < 0 || days < 0) {
            throw new Refusal(
                    "headlight.runs.most is " + runs + " and headlight.runs.days " + days + "; expected 0 or more");
        }
        this.bytes = megabytes * MEGABYTE;
        this.runs = runs;
        this.days = days;
    }

    /** The most bytes of a run's file. */
    public long bytes() {
        return bytes;
    }

    /** How many runs an account may have; admins have no such limit. */
    int runs() {
        return runs;
    }

    /** For how many days a run is kept that no finding is about; 0: until it is deleted. */
    public int days() {
        return days;
    }

    /** When a run that no finding is about is deleted; empty: never by itself. */
    public Optional<OffsetDateTime> keptUntil(StoredRun run) {
        return days == 0 ? Optional.empty() : Optional.of(run.addedAt().plusDays(days));
    }

    /** Whether anybody may add runs here. */
    public boolean areOn() {
        return bytes > 0 && runs > 0;
    }

    /** Whether whoever is signed in may add runs. */
    public boolean mayAdd() {
        return areOn()
                && signedIn.current()
                        .filter(account -> account.role().includes(least))
                        .isPresent();
    }

    /**
     * Who adds a run.
     *
     * @throws NotAllowedException if they may not
     */
    Account require() {
        if (!areOn()) {
            throw NotAllowedException.notYours("Nobody may add runs to this server.");
        }
        return signedIn.require(least);
    }
}
