package app.headlight.web.search;

import app.headlight.engine.circuits.EdgeTask.Measure;
import app.headlight.engine.refusal.Refusal;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.lab.WeightsMark;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.StoredModel;
import app.headlight.services.search.CircuitSearch;
import app.headlight.services.search.CircuitSearch.Method;
import app.headlight.services.search.PairSet;
import app.headlight.web.page.LongWork;
import app.headlight.web.pairs.ReadPairs;
import app.headlight.web.search.SearchState.Way;
import app.headlight.web.view.AskedPairs.Made;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Opens the model that an address asks for and searches its circuits, for the page and for what is embedded elsewhere. */
@Service
class Searcher {

    /** The exact method is left out where it takes longer, in seconds. */
    private static final double MOST_EXACT = 20;

    private static final double MOST = 300;

    private final ModelLibrary library;
    private final WeightsMark marks;
    private final Laboratory lab;
    private final CircuitSearch search;

    Searcher(ModelLibrary library, WeightsMark marks, Laboratory lab) {
        this.library = library;
        this.marks = marks;
        this.lab = lab;
        search = new CircuitSearch(lab);
    }

    List<StoredModel> models() {
        return library.models();
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
     * @param notices told, for people, what is left out
     * @throws Refusal if the pairs cannot be read, or it would take too long
     */
    void find(OpenModel model, SearchState asked, LongWork work, Consumer<String> notices, Consumer<Search> then) {
        ReadPairs made = ReadPairs.of(model, asked.pairs(), asked.get(SearchState.METRIC));
        int wanted = asked.get(SearchState.PAIRS);
        if (asked.get(SearchState.TASK) != Made.OWN && made.pairs().size() < wanted) {
            notices.accept("This model's words make no more than "
                    + made.pairs().size() + " of these pairs, not " + wanted + ".");
        }
        List<Method> methods = methods(model, made.set(), asked.get(SearchState.METRIC), notices);
        refuseLong(
                CircuitSearch.seconds(model, made.set(), methods), made.pairs().size(), "");
        boolean acdc = asked.get(SearchState.METHOD) == Way.ACDC;
        if (acdc) {
            refuseLong(
                    CircuitSearch.acdcSeconds(model, made.set()), made.pairs().size(), "by ACDC ");
        }
        work.await(lab.ask(search.results(model, made.set(), methods)), "Searching circuits", results -> {
            if (!acdc) {
                then.accept(new Search(model, asked, made, results, null));
                return;
            }
            work.await(
                    lab.ask(search.acdc(model, made.set(), asked.get(SearchState.THRESHOLD))),
                    "Trying each edge, from the logits backwards",
                    found -> then.accept(new Search(model, asked, made, results, found)));
        });
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
