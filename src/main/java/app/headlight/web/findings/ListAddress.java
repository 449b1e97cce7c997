package app.headlight.web.findings;

import app.headlight.engine.transformer.HeadId;
import app.headlight.services.claims.Verdict;
import app.headlight.services.findings.FindingQuery;
import app.headlight.services.findings.FindingQuery.Order;
import app.headlight.web.view.ExploreAddress;
import app.headlight.web.view.Parameter;
import app.headlight.web.view.Query;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the address of the list says: which findings it shows, in which order. */
public record ListAddress(Query query) {

    static final String PATH = "findings";
    static final Parameter<String> MODEL = ExploreAddress.MODEL;
    /** The head that findings are about. */
    static final Parameter<Optional<HeadId>> HEAD = Parameter.of(
            "head",
            Optional.empty(),
            text -> Optional.of(HeadId.parse(text)),
            head -> head.map(HeadId::toString).orElse(""),
            text -> "The address asks for the head “" + text
                    + "”; heads are written like L1H2. Findings about all heads are shown.");

    static final Parameter<String> KIND = Parameter.text("kind");
    /** An account's id. */
    static final Parameter<Optional<Long>> AUTHOR = Parameter.of(
            "author",
            Optional.empty(),
            text -> Optional.of(account(text)),
            author -> author.map(String::valueOf).orElse(""),
            text -> "The address asks for the author “" + text
                    + "”, which is not the number of an account. Everybody's findings are shown.");

    static final Parameter<String> TAG = Parameter.text("tag");
    /** What is searched for in titles, texts and tags. */
    static final Parameter<String> WORDS = Parameter.text("find");
    /** What the measurements say of the claims. */
    static final Parameter<Claimed> CLAIMS = Parameter.choice("claims", Claimed.ANY);
    /** Which findings come first. */
    static final Parameter<Sort> SORT = Parameter.choice("sort", Sort.NEWEST);
    /** Counted from 1. */
    static final Parameter<Integer> PAGE = Parameter.whole("page", 1);

    static final int PAGE_SIZE = 20;

    static final ListAddress FIRST =
            new ListAddress(Query.of(List.of(MODEL, HEAD, KIND, AUTHOR, TAG, WORDS, CLAIMS, SORT, PAGE)));

    private static final int LAST_PAGE = 100_000;

    /** Which findings the list shows, by their claims. */
    enum Claimed {
        ANY("Any claims or none", null),
        HOLDS("All claims hold", Verdict.HOLDS),
        FAILS("A claim fails", Verdict.FAILS),
        UNDECIDED("A claim is undecided", Verdict.UNDECIDED),
        IMPOSSIBLE("A claim cannot be measured", Verdict.IMPOSSIBLE),
        UNMEASURED("A claim is not measured yet", Verdict.UNMEASURED);

        private final String label;
        private final @Nullable Verdict verdict;

        Claimed(String label, @Nullable Verdict verdict) {
            this.label = label;
            this.verdict = verdict;
        }

        String label() {
            return label;
        }
    }

    /** The orders of the list. */
    enum Sort {
        NEWEST("Newest first", Order.NEWEST),
        CONFIRMED("Most confirmed", Order.MOST_CONFIRMED),
        DISPUTED("Most disputed", Order.MOST_DISPUTED);

        private final String label;
        private final Order order;

        Sort(String label, Order order) {
            this.label = label;
            this.order = order;
        }

        String label() {
            return label;
        }
    }

    static ListAddress of(Map<String, String> parameters) {
        return new ListAddress(FIRST.query.read(parameters));
    }

    /** The findings about a head, alone or in a pair. */
    public static ListAddress ofHead(String model, HeadId head) {
        return FIRST.with(MODEL, model).with(HEAD, Optional.of(head));
    }

    /** What a person gave for a parameter, whether or not it can be read; empty: nothing. */
    String text(Parameter<?> parameter) {
        return query.text(parameter);
    }

    /** Anything but another page begins with the first one. */
    <T> ListAddress with(Parameter<T> parameter, T value) {
        return new ListAddress(query.with(PAGE, PAGE.usual()).with(parameter, value));
    }

    /** The same, as a person typed it. */
    ListAddress withText(Parameter<?> parameter, String text) {
        return new ListAddress(query.with(PAGE, PAGE.usual()).withText(parameter, text));
    }

    /** Whether anything is left out of the list. */
    boolean isFiltered() {
        return query.written().keySet().stream()
                .anyMatch(name -> !name.equals(SORT.name()) && !name.equals(PAGE.name()));
    }

    /** Relative to the program's root. */
    public String href() {
        return query.at(PATH);
    }

    /** Counted from 0. */
    int page() {
        return Math.clamp(query.get(PAGE), 1, LAST_PAGE) - 1;
    }

    Claimed claimed() {
        return query.get(CLAIMS);
    }

    Sort sort() {
        return query.get(SORT);
    }

    /** @param notices told a sentence about each parameter that could not be read, and is left out */
    FindingQuery findings(Consumer<String> notices) {
        query.notices().forEach(notices);
        return new FindingQuery(
                given(MODEL),
                query.get(HEAD).orElse(null),
                given(KIND),
                query.get(AUTHOR).orElse(null),
                given(TAG),
                given(WORDS),
                query.get(CLAIMS).verdict,
                sort().order,
                page(),
                PAGE_SIZE);
    }

    private @Nullable String given(Parameter<String> parameter) {
        String value = query.get(parameter);
        return value.isEmpty() ? null : value;
    }

    private static long account(String text) {
        if (text.matches("\\d{1,18}")) {
            return Long.parseLong(text);
        }
        throw new IllegalArgumentException();
    }
}
