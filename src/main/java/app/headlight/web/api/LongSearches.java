package app.headlight.web.api;

import app.headlight.engine.circuits.Edge;
import app.headlight.engine.tensor.UncomputableException;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.SignedIn;
import app.headlight.services.models.OpenModel;
import app.headlight.services.search.SearchJobs;
import app.headlight.services.search.SearchRequest;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Computes what a request asks for while it waits, or as a job where that would take long. */
@Component
class LongSearches {

    /** More is refused. */
    private static final double MOST_SECONDS = 3600;

    private final SearchJobs jobs;
    private final SignedIn signedIn;

    LongSearches(SearchJobs jobs, SignedIn signedIn) {
        this.jobs = jobs;
        this.signedIn = signedIn;
    }

    /**
     * What was sent, so that a job can answer it when it is done.
     *
     * @param operation {@code edges} or {@code circuit}
     */
    record Asked(String operation, Object body) {

        String text() {
            return JsonMapper.shared().writeValueAsString(this);
        }
    }

    /**
     * A number of each edge.
     *
     * @param seconds that it takes, about
     * @param now computes it
     * @throws QueuedException if it takes long and is not done
     * @throws UncomputableException if it would take hours, saying how many
     */
    Map<Edge, Double> numbers(
            OpenModel model, SearchRequest request, double seconds, Asked asked, Supplier<Map<Edge, Double>> now) {
        if (!jobs.isLong(seconds)) {
            return now.get();
        }
        if (seconds > MOST_SECONDS) {
            throw new UncomputableException(String.format(
                    Locale.ROOT,
                    "“method” is “%s”, which runs this model for each of its %,d edges: about %,.0f minutes. “eap” and"
                            + " “eap-ig” estimate all of them in one pass and in five.",
                    request.method() == null
                            ? "acdc"
                            : request.method().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    Edge.all(model.config()).size(),
                    seconds / 60));
        }
        String text = asked.text();
        return jobs.result(model, request, text)
                .orElseThrow(() -> new QueuedException(jobs.ask(
                        request, text, signedIn.current().map(Account::id).orElse(null))));
    }
}
