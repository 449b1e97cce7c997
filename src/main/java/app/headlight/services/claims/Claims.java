package app.headlight.services.claims;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.HeadId;
import app.headlight.ground.people.Account;
import app.headlight.ground.signals.Signals;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * The claims of findings. Who may make or withdraw one is for the findings to say; that there are claims to be measured is
 * told by a signal.
 */
@Service
public class Claims {

    /** The topic of the signal that there are claims to be measured. */
    public static final String TOPIC = "claims";

    /** Of a finding, those withdrawn included. */
    public static final int MOST = 40;

    private final ClaimRows rows;
    private final ClaimListener listener;
    private final Signals signals;

    public Claims(ClaimRows rows, ClaimListener listener, Signals signals) {
        this.rows = rows;
        this.listener = listener;
        this.signals = signals;
    }

    /** The claims of a finding, also those withdrawn, in the order in which they were made. */
    public List<Claim> of(long finding) {
        return rows.of(List.of(finding));
    }

    /** The same of several findings, however many, by few questions to the database. */
    public List<Claim> of(Collection<Long> findings) {
        return rows.of(findings);
    }

    /**
     * The claims about a head that count.
     *
     * @param standing of all of them
     * @param newest some of them, the newest first
     */
    public record OfHead(Standing standing, List<Claim> newest) {}

    /** The claims about a head of a model, however many, by three questions to the database. */
    public OfHead ofHead(String model, HeadId head, int most) {
        List<ClaimRows.Known> all = rows.ofModel(model).stream()
                .filter(claim -> claim.measure().heads().contains(head))
                .toList();
        return new OfHead(
                Standing.of(all.stream().map(ClaimRows.Known::verdict).toList()),
                rows.all(all.stream().limit(most).map(ClaimRows.Known::id).toList()));
    }

    /**
     * Makes claims; one that was withdrawn is made again, with what was measured of it. Within the transaction that has
     * the finding locked.
     *
     * @throws Refusal if there are too many
     */
    public void add(Account by, long finding, List<Statement> statements) {
        List<Claim> there = of(finding);
        for (Statement statement : statements.stream().distinct().toList()) {
            Optional<Claim> known = there.stream()
                    .filter(claim -> claim.statement().equals(statement))
                    .findFirst();
            if (known.isPresent()) {
                rows.withdraw(known.get().id(), null);
            } else {
                rows.insert(UUID.randomUUID(), finding, statement, by.id(), by.name(), now(), null);
            }
        }
        checkNumber(finding);
        listener.changed(finding);
        signals.send(TOPIC, String.valueOf(finding));
    }

    /**
     * Takes a claim from a file. It is as if it was made now: nothing that the file has measured of it counts.
     *
     * @param told what the file says of it, at most 300 characters; null: nothing
     * @return whether it is new here
     */
    public boolean read(
            UUID uuid, long finding, Statement statement, String by, boolean withdrawn, @Nullable String told) {
        if (of(finding).stream().anyMatch(claim -> claim.statement().equals(statement))) {
            return false;
        }
        UUID own = rows.isKnown(uuid) ? UUID.randomUUID() : uuid; // that of another finding's claim
        long id = rows.insert(own, finding, statement, null, by, now(), told);
        if (withdrawn) {
            rows.withdraw(id, now());
        }
        checkNumber(finding);
        signals.send(TOPIC, String.valueOf(finding));
        return true;
    }

    /**
     * Withdraws a claim: it stays to be seen, with what was measured of it, and counts no more.
     *
     * @throws Refusal if the finding has no such claim
     */
    public void withdraw(long finding, long claim) {
        Claim known = rows.find(claim)
                .filter(there -> there.finding() == finding)
                .orElseThrow(() -> new Refusal("finding " + finding + " has no claim " + claim));
        if (!known.isWithdrawn()) {
            rows.withdraw(claim, now());
            listener.changed(finding);
        }
    }

    private void checkNumber(long finding) {
        int number = of(finding).size();
        if (number > MOST) {
            throw new Refusal("the finding would have " + number + " claims, those withdrawn included; at most " + MOST
                    + " are kept");
        }
    }

    private static OffsetDateTime now() {
        return OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
    }
}
