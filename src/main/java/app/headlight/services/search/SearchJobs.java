package app.headlight.services.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import app.headlight.engine.circuits.Edge;
import app.headlight.engine.refusal.Refusal;
import app.headlight.services.jobs.Job;
import app.headlight.services.jobs.Job.State;
import app.headlight.services.jobs.Jobs;
import app.headlight.services.models.OpenModel;
import app.headlight.services.search.CircuitSearch.Results;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/** The searches that take too long for a request, which are {@link Jobs}: whoever asks for the same has the same job. */
@Service
public class SearchJobs {

    private static final int WAITING = 20;
    private static final int KEPT = 200;

    private final Jobs jobs;
    private final SearchJobStore store;
    private final double longest;

    /** @param longest a request waits for what takes so many seconds, about; 0 or more */
    SearchJobs(Jobs jobs, SearchJobStore store, @Value("${headlight.search.seconds:10}") double longest) {
        if (!(longest >= 0) || Double.isInfinite(longest)) {
            throw Refusal.of("headlight.search.seconds", longest, "a number of seconds, 0 or more");
        }
        this.jobs = jobs;
        this.store = store;
        this.longest = longest;
    }

    /** Whether what takes so many seconds, about, is a job. */
    public boolean isLong(double seconds) {
        return seconds > longest;
    }

    /**
     * What a search found: a number of each edge, such as its effect; empty where it is not done.
     *
     * @param asked what a program had sent
     */
    public Optional<Map<Edge, Double>> result(OpenModel model, SearchRequest request, @Nullable String asked) {
        return jobs.find(SearchKind.NAME, name(request, asked))
                .filter(job -> job.state() == State.DONE)
                .flatMap(job -> store.result(job.id()))
                .map(text -> SearchJobStore.numbers(text, model.config()));
    }

    /**
     * What methods found on several pairs.
     *
     * @throws Refusal if that job is not done, or no longer there
     */
    public Results results(OpenModel model, Job job) {
        return FoundText.results(found(job), model.config());
    }

    /**
     * What ACDC found on several pairs.
     *
     * @throws Refusal if that job is not done, or no longer there
     */
    public SearchResult acdc(OpenModel model, Job job) {
        return FoundText.result(found(job), model.config());
    }

    private String found(Job job) {
        return store.result(job.id()).orElseThrow(() -> new Refusal("What this search found is gone; start it again."));
    }

    /** The search that a page has asked for; empty where none has. */
    public Optional<Job> find(SearchRequest request) {
        return jobs.find(SearchKind.NAME, name(request, null));
    }

    /** How many jobs of any kind have their turn or wait before one. */
    public long before(Job job) {
        return jobs.before(job);
    }

    /** Calls back, some times a second at most and from any thread, when something about a job has changed. */
    public Runnable listen(Runnable listener) {
        return jobs.listen(listener);
    }

    /**
     * Asks for a search; one that was asked for before goes on, and one that failed or was stopped begins anew.
     *
     * @param asked what a program had sent
     * @param ownerId the account of whoever asks; null for a stranger
     * @throws Refusal if too many are waiting
     */
    public synchronized Job ask(SearchRequest request, @Nullable String asked, @Nullable Long ownerId) {
        String name = name(request, asked);
        Optional<Job> known = jobs.find(SearchKind.NAME, name);
        if (known.isPresent() && (known.get().state().isOpen() || known.get().state() == State.DONE)) {
            return known.get();
        }
        known.ifPresent(ended -> jobs.delete(ended.id()));
        long waiting = jobs.all(SearchKind.NAME).stream()
                .filter(job -> job.state() == State.QUEUED)
                .count();
        if (waiting >= WAITING) {
            throw new Refusal(waiting + " searches are waiting already; ask again when some of them are done.");
        }
        store.forget(KEPT);
        try {
            return jobs.ask(SearchKind.NAME, name, ownerId, job -> store.add(job, request, asked));
        } catch (DuplicateKeyException askedElsewhereMeanwhile) {
            return jobs.find(SearchKind.NAME, name).orElseThrow();
        }
    }

    /** The search of that number. */
    public Optional<Job> find(long id) {
        return jobs.find(id).filter(job -> job.kind().equals(SearchKind.NAME));
    }

    public SearchRequest request(Job job) {
        return store.request(job.id());
    }

    /** What a program had sent; empty where a page asked. */
    public Optional<String> asked(Job job) {
        return store.asked(job.id());
    }

    /** Ends a search before it is done. */
    public void stop(Job job) {
        jobs.stop(job.id());
    }

    /**
     * How far a search is.
     *
     * @param done the share, in [0, 1]
     * @param secondsLeft as fast as it went so far; null before anything is done
     */
    public record Progress(double done, @Nullable Long secondsLeft) {

        /** The share with when this turn of the job began, since what an earlier turn did is done again. */
        static String text(double done, Instant begun) {
            return done + " " + begun.toEpochMilli();
        }

        static Progress of(String text) {
            String[] parts = text.split(" ");
            double done = Double.parseDouble(parts[0]);
            if (done <= 0 || parts.length < 2) { // as an earlier version writes it
                return new Progress(Math.max(0, done), null);
            }
            double soFar = (System.currentTimeMillis() - Long.parseLong(parts[1])) / 1000.;
            return new Progress(done, Math.round(Math.max(0, soFar * (1 - done) / done)));
        }
    }

    /** How far a search is that runs; empty of others. */
    public Optional<Progress> progress(Job job) {
        return jobs.progress(job).map(Progress::of);
    }

    private static String name(SearchRequest request, @Nullable String asked) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest((SearchJobStore.text(request) + "\n" + asked).getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
