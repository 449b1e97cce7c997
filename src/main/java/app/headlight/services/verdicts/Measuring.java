package app.headlight.services.verdicts;

import app.headlight.services.claims.Claim;
import app.headlight.services.claims.ClaimListener;
import app.headlight.services.claims.ClaimRows;
import app.headlight.services.claims.Pooled;
import app.headlight.services.claims.Sample;
import app.headlight.services.claims.Statement;
import app.headlight.services.jobs.JobKind.Ending;
import app.headlight.services.jobs.Turn;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.lab.Ticket;
import app.headlight.services.measures.Measured;
import app.headlight.services.measures.Measures;
import app.headlight.services.models.OpenModel;
import java.security.SecureRandom;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One turn at measuring the claims of a finding: each {@value Pooled#LEAST} times more, with seeds that nobody can know
 * before: they are drawn here, after the claims were read from the database. Each measurement is saved by itself.
 */
final class Measuring {

    private static final SecureRandom SEEDS = new SecureRandom();

    /** How often it is looked whether someone wants the job left. */
    private static final long LOOK_MILLIS = 50;

    private static final int LONGEST_REASON = 1_000;

    private final Turn turn;
    private final long finding;
    private final OpenModel model;
    private final ClaimRows rows;
    private final Measures measures;
    private final Laboratory lab;
    private final ClaimListener listener;

    Measuring(
            Turn turn,
            long finding,
            OpenModel model,
            ClaimRows rows,
            Measures measures,
            Laboratory lab,
            ClaimListener listener) {
        this.turn = turn;
        this.finding = finding;
        this.model = model;
        this.rows = rows;
        this.measures = measures;
        this.lab = lab;
        this.listener = listener;
    }

    Ending run() {
        List<Claim> wanting = wanting();
        while (!wanting.isEmpty()) {
            List<Long> seeds = new ArrayList<>(); // of these claims, which were saved before
            for (int i = 0; i < wanting.size(); i++) {
                if (!measure(wanting.get(i), seeds, (i + 1) + " of " + wanting.size())) {
                    return new Ending(false, state -> {});
                }
            }
            wanting = wanting(); // someone may have made another meanwhile
        }
        return new Ending(true, state -> listener.changed(finding));
    }

    private List<Claim> wanting() {
        return rows.of(List.of(finding)).stream()
                .filter(claim -> !claim.isWithdrawn() && wants(claim))
                .toList();
    }

    /** Whether this round has too few measurements of a claim; of the weights alone one is enough for ever. */
    private boolean wants(Claim claim) {
        if (!claim.statement().measure().isDrawn()) {
            return claim.measured().stream().noneMatch(pooled -> pooled.isOn(hash()));
        }
        Map<Boolean, Integer> counts = rows.counts(claim.id(), turn.job().id(), hash());
        return counts.get(true) < Pooled.LEAST && counts.get(false) < Pooled.GIVEN_UP;
    }

    /** @return false if the job is to be left */
    private boolean measure(Claim claim, List<Long> seeds, String which) {
        for (int i = 0; wants(claim(claim)); i++) {
            if (i == seeds.size()) {
                seeds.add(SEEDS.nextLong());
            }
            int seed = i + 1;
            turn.progress(() -> "claim " + which + ", seed " + seed);
            Measured measured = measured(claim.statement(), seeds.get(i));
            if (measured == null) {
                return false;
            }
            turn.save(() -> rows.add(claim.id(), turn.job().id(), sample(seeds.get(seed - 1), measured)));
        }
        turn.write(() -> listener.changed(finding));
        return true;
    }

    /** As it stands now. */
    private Claim claim(Claim claim) {
        return claim.statement().measure().isDrawn()
                ? claim
                : rows.find(claim.id()).orElse(claim);
    }

    /** @return null if the job is to be left */
    private @Nullable Measured measured(Statement statement, long seed) {
        Ticket<Measured> ticket = lab.ask(measures.of(model, statement.measure(), seed));
        try {
            while (!turn.leave()) {
                try {
                    return ticket.result().get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException notYet) {
                    // looks again
                }
            }
            return null;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        } finally {
            ticket.leave();
        }
    }

    private Sample sample(long seed, Measured measured) {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
        return switch (measured) {
            case Measured.Value value -> new Sample(seed, hash(), value.value(), null, now);
            case Measured.Impossible impossible -> {
                String reason = impossible.reason();
                yield new Sample(
                        seed, hash(), null, reason.substring(0, Math.min(reason.length(), LONGEST_REASON)), now);
            }
        };
    }

    private String hash() {
        return model.ref().hash();
    }
}
