package app.headlight.services.verdicts;

import app.headlight.engine.refusal.Refusal;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.NotAllowedException;
import app.headlight.services.claims.Claim;
import app.headlight.services.claims.ClaimListener;
import app.headlight.services.claims.ClaimRows;
import app.headlight.services.jobs.Job;
import app.headlight.services.jobs.Jobs;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.StoredModel;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/** The measuring of the claims of findings, which everybody who may write can ask for: a job for each finding. */
@Service
public class ClaimMeasurements {

    /** Measurements of a claim on the same weights: more would not change what they say. */
    private static final int MOST_MEASURED = 1_000;

    private final ClaimRows rows;
    private final Jobs jobs;
    private final ModelLibrary library;
    private final ClaimListener listener;

    ClaimMeasurements(ClaimRows rows, Jobs jobs, ModelLibrary library, ClaimListener listener) {
        this.rows = rows;
        this.jobs = jobs;
        this.library = library;
        this.listener = listener;
    }

    /**
     * Has all claims of a finding measured with seeds of their own, besides what was measured of them before.
     *
     * @throws Refusal if there are none, whoever asks sees no such model, or they were measured often enough
     */
    public Job measure(Account by, long finding) {
        String model = rows.model(finding).orElseThrow(() -> new Refusal("there is no finding " + finding));
        StoredModel stored = library.find(model)
                .orElseThrow(() -> new Refusal(
                        "There is no model “" + model + "” here; its claims can only be measured where it is."));
        List<Claim> claims = rows.of(List.of(finding)).stream()
                .filter(Predicate.not(Claim::isWithdrawn))
                .toList();
        if (claims.isEmpty()) {
            throw new Refusal("Finding " + finding + " makes no claims that could be measured.");
        }
        if (claims.stream().allMatch(ClaimMeasurements::isMeasuredEnough)) {
            throw new Refusal("Every claim of finding " + finding
                    + " was measured often enough on these weights: more would not change what is said of it.");
        }
        return ask(finding, stored.hash(), by.id());
    }

    /** The job that measures the claims of a finding, or did so last. */
    public Optional<Job> job(long finding) {
        return jobs.find(ClaimKind.NAME, ClaimKind.name(finding));
    }

    /** How far it is; empty where it does not run. */
    public Optional<String> progress(Job job) {
        return jobs.progress(job);
    }

    /**
     * Ends the measuring; what was measured so far stays.
     *
     * @throws NotAllowedException for all but whoever asked for it and admins
     */
    public void stop(Account by, long finding) {
        job(finding).ifPresent(job -> {
            if (!by.mayChange(job.ownerId())) {
                throw NotAllowedException.notYours("Only whoever asked to measure, or an admin, can stop it.");
            }
            jobs.stop(job.id());
        });
    }

    /** Calls back, some times a second at most and from any thread, when something about a job has changed. */
    public Runnable listen(Runnable listening) {
        return jobs.listen(listening);
    }

    /** Has the claims measured that nobody has asked to measure on the weights that their models have now. */
    void measureChanged() {
        rows.waiting()
                .forEach(waiting -> rows.model(waiting.finding())
                        .flatMap(library::hash)
                        .ifPresent(hash -> ask(waiting.finding(), hash, waiting.author())));
    }

    /** One that waits or runs takes in what is asked now. */
    private Job ask(long finding, String hash, @Nullable Long owner) {
        Optional<Job> last = job(finding);
        if (last.isPresent() && last.get().state().isOpen()) {
            return last.get();
        }
        last.ifPresent(ended -> jobs.delete(ended.id()));
        try {
            return jobs.ask(ClaimKind.NAME, ClaimKind.name(finding), owner, job -> {
                rows.asked(finding, hash);
                listener.changed(finding);
            });
        } catch (DuplicateKeyException anotherAskedMeanwhile) {
            return job(finding).orElseThrow(() -> anotherAskedMeanwhile);
        }
    }

    private static boolean isMeasuredEnough(Claim claim) {
        return claim.now()
                .filter(pooled -> !claim.statement().measure().isDrawn()
                        || pooled.samples().size() >= MOST_MEASURED)
                .isPresent();
    }
}
