package app.headlight.web.search;

import app.headlight.engine.circuits.EdgeTask.Measure;
import app.headlight.engine.refusal.Refusal;
import app.headlight.ground.people.SignedIn;
import app.headlight.services.jobs.Job;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.lab.Measurement;
import app.headlight.services.lab.WeightsMark;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.StoredModel;
import app.headlight.services.search.CircuitSearch;
import app.headlight.services.search.CircuitSearch.Method;
import app.headlight.services.search.CircuitSearch.Results;
import app.headlight.services.search.PairSet;
import app.headlight.services.search.SearchJobs;
import app.headlight.services.search.SearchRequest;
import app.headlight.services.search.SearchResult;
import app.headlight.web.page.LongWork;
import app.headlight.web.pairs.ReadPairs;
import app.headlight.web.search.SearchState.Way;
import app.headlight.web.view.AskedPairs.Made;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Opens the model that an address asks for and searches its circuits, for the page and for what is embedded elsewhere. */
@Service
class Searcher {

    /** The exact method is left out where it takes longer, in seconds. */
    private static final double MOST_EXACT = 20;

    /** A search that takes longer is refused, in seconds. */
    private static final double MOST = 3600;

    private final ModelLibrary library;
    private final WeightsMark marks;
    private final Laboratory lab;
    private final CircuitSearch search;
    private final SearchJobs jobs;
    private final SignedIn signedIn;

    Searcher(ModelLibrary library, WeightsMark marks, Laboratory lab, SearchJobs jobs, SignedIn signedIn) {
        this.library = library;
        this.marks = marks;
        this.lab = lab;
        this.jobs = jobs;
        this.signedIn = signedIn;
        search = new CircuitSearch(lab);
    }

    List<StoredModel> models() {
        return library.models();
    }

    /**
     * What shows a search that takes long.
     *
     * @param isWhole whether people can start one there
     */
    LongSearch longSearch(boolean isWhole) {
        return new LongSearch(jobs, signedIn, isWhole);
    }

    /**
     * The model asked for, finished where its step is not stored; empty where it is not, or no model is.
     *
     * @param notices told, for people, what is not there
     */
    Optional<OpenModel> model(SearchState asked, Consumer<String> notices) {
        String name = asked.get(SearchState.MODEL);
        if (name.isEmpty()) {
            return library.first();
        }
        Optional<OpenModel> atStep = library.open(name, asked.step());
        if (atStep.isEmpty() && library.open(name).isPresent()) {
            notices.accept(
                    "No weights of step " + asked.step() + " of " + name + " are stored; the finished model is shown.");
        }
        return atStep.or(() -> library.open(name));
    }

    /** What is asked for, as it is of a model; tells where that has other weights. */
    SearchState fitted(SearchState asked, OpenModel model, Consumer<String> notices) {
        String weights = asked.get(SearchState.WEIGHTS);
        marks.trouble(model, weights).ifPresent(notices);
        return asked.with(SearchState.MODEL, model.name())
                .with(SearchState.STEP, (int) model.step())
                .with(SearchState.WEIGHTS, weights.isEmpty() ? marks.of(model) : weights);
    }

    /**
     * Searches.
     *
     * @param work shows how far it is
     * @param longer shows how far what takes long is, which is a job
     * @param notices told, for people, what is left out
     * @throws Refusal if the pairs cannot be read, or it would take too long
     */
    void find(
            OpenModel model,
            SearchState asked,
            LongWork work,
            LongSearch longer,
            Consumer<String> notices,
            Consumer<Search> then) {
        work.end();
        longer.end();
        ReadPairs made = ReadPairs.of(model, asked.pairs(), asked.get(SearchState.METRIC));
        int wanted = asked.get(SearchState.PAIRS);
        if (asked.get(SearchState.TASK) != Made.OWN && made.pairs().size() < wanted) {
            notices.accept("This model's words make no more than "
                    + made.pairs().size() + " of these pairs, not " + wanted + ".");
        }
        List<Method> methods = methods(model, made.set(), asked.get(SearchState.METRIC), notices);
        PairSet set = made.set();
        int pairs = made.pairs().size();
        double threshold = asked.get(SearchState.THRESHOLD);
        Stage<Results> results = new Stage<>(
                new LongSearch.Part(
                        SearchRequest.results(model.ref(), set, methods),
                        CircuitSearch.seconds(model, set, methods),
                        "Searching circuits"),
                search.results(model, set, methods),
                job -> jobs.results(model, job));
        refuseLong(results.part().seconds(), pairs, "");
        if (asked.get(SearchState.METHOD) != Way.ACDC) {
            whenDone(
                    longer,
                    List.of(results),
                    found -> show(
                            work,
                            model,
                            results,
                            found,
                            known -> then.accept(new Search(model, asked, made, known, null))));
            return;
        }
        Stage<SearchResult> acdc = new Stage<>(
                new LongSearch.Part(
                        SearchRequest.acdc(model.ref(), set, threshold),
                        CircuitSearch.acdcSeconds(model, set),
                        "Trying each edge, from the logits backwards"),
                search.acdc(model, set, threshold),
                job -> jobs.acdc(model, job));
        refuseLong(acdc.part().seconds(), pairs, "by ACDC ");
        whenDone(
                longer,
                List.of(results, acdc),
                found -> show(
                        work,
                        model,
                        results,
                        found,
                        known -> show(
                                work,
                                model,
                                acdc,
                                found,
                                kept -> then.accept(new Search(model, asked, made, known, kept)))));
    }

    /**
     * A part of a search.
     *
     * @param part what it is as a job
     * @param now what computes it where it does not take long
     * @param stored what its job found
     */
    private record Stage<V>(LongSearch.Part part, Measurement<V> now, Function<Job, V> stored) {}

    /** @param then told the jobs of those that take long, by what they were asked for; later where one is not done */
    private void whenDone(LongSearch longer, List<Stage<?>> stages, Consumer<Map<SearchRequest, Job>> then) {
        List<LongSearch.Part> parts = new ArrayList<>();
        for (Stage<?> stage : stages) {
            if (jobs.isLong(stage.part().seconds())) {
                parts.add(stage.part());
            }
        }
        if (parts.isEmpty()) {
            then.accept(Map.of());
            return;
        }
        longer.await(parts, done -> {
            Map<SearchRequest, Job> found = new HashMap<>();
            for (int i = 0; i < parts.size(); i++) {
                found.put(parts.get(i).request(), done.get(i));
            }
            then.accept(found);
        });
    }

    private <V> void show(
            LongWork work, OpenModel model, Stage<V> stage, Map<SearchRequest, Job> done, Consumer<V> then) {
        Job job = done.get(stage.part().request());
        Measurement<V> wanted = job == null
                ? stage.now()
                : Measurement.quick(
                        model.ref(),
                        "what a job found",
                        List.of(job.id()),
                        () -> stage.stored().apply(job));
        work.await(lab.ask(wanted), stage.part().words(), then);
    }

    /** @throws Refusal if it would take too long, saying how long */
    private static void refuseLong(double seconds, int pairs, String how) {
        if (seconds > MOST) {
            throw new Refusal(String.format(
                    Locale.ROOT,
                    "On this model %d pairs %stake about %,.0f minutes; take fewer of them, or shorter ones.",
                    pairs,
                    how,
                    Math.ceil(seconds / 60)));
        }
    }

    /** Those that a model and a metric allow; says which are left out, and why. */
    private static List<Method> methods(OpenModel model, PairSet set, Measure measure, Consumer<String> notices) {
        boolean exact = CircuitSearch.exactSeconds(model, set.found()) <= MOST_EXACT;
        if (!exact) {
            notices.accept(
                    "Exact effects are left out: this model has too many edges to patch each of them on every pair.");
        }
        if (measure == Measure.KL) {
            notices.accept(
                    "EAP is left out: the derivative of KL at the clean run is 0, so that it would find nothing.");
        }
        return Stream.of(Method.values())
                .filter(method -> exact || method != Method.EXACT)
                .filter(method -> measure != Measure.KL || method != Method.EAP)
                .toList();
    }
}
