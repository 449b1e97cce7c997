package app.headlight.web.findings;

import app.headlight.engine.transformer.HeadId;
import app.headlight.services.findings.FindingQuery;
import app.headlight.services.findings.FindingQuery.Order;
import app.headlight.web.ExploreAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of the address of the list, which say which findings it shows; a parameter that is not given is empty.
 */
public record ListAddress(Map<String, String> parameters) {

    static final String PATH = "findings";
    static final String MODEL = "model";
    /** Such as {@code L1H2}. */
    static final String HEAD = "head";

    static final String KIND = "kind";
    /** An account's id. */
    static final String AUTHOR = "author";

    static final String TAG = "tag";
    /** What is searched for in titles, texts and tags. */
    static final String WORDS = "find";
    /** {@code confirmed} or {@code disputed}; empty: the newest first. */
    static final String SORT = "sort";
    /** Counted from 1; empty: the first. */
    static final String PAGE = "page";

    static final int PAGE_SIZE = 20;

    private static final List<String> IN_ORDER = List.of(MODEL, HEAD, KIND, AUTHOR, TAG, WORDS, SORT, PAGE);
    private static final int LAST_PAGE = 100_000;

    /** Leaves out unknown and empty parameters. */
    public ListAddress {
        Map<String, String> kept = new LinkedHashMap<>();
        for (String key : IN_ORDER) {
            String value = parameters.getOrDefault(key, "");
            if (!value.isEmpty()) {
                kept.put(key, value);
            }
        }
        parameters = Map.copyOf(kept);
    }

    /** The findings about a head, alone or in a pair. */
    public static ListAddress ofHead(String model, HeadId head) {
        return new ListAddress(Map.of(MODEL, model, HEAD, head.toString()));
    }

    String get(String key) {
        return parameters.getOrDefault(key, "");
    }

    /** Anything but another page begins with the first one. */
    ListAddress with(String key, String value) {
        Map<String, String> changed = new LinkedHashMap<>(parameters);
        changed.remove(PAGE);
        changed.put(key, value);
        return new ListAddress(changed);
    }

    /** Whether anything is left out of the list. */
    boolean isFiltered() {
        return parameters.keySet().stream().anyMatch(key -> !key.equals(SORT) && !key.equals(PAGE));
    }

    /** Relative to the program's root. */
    public String href() {
        StringJoiner address = new StringJoiner("&", parameters.isEmpty() ? PATH : PATH + "?", "");
        for (String key : IN_ORDER) {
            if (parameters.containsKey(key)) {
                address.add(key + "=" + ExploreAddress.escaped(get(key)));
            }
        }
        return address.toString();
    }

    /** Counted from 0. */
    int page() {
        return get(PAGE).matches("[1-9]\\d{0,5}") ? Math.min(LAST_PAGE, Integer.parseInt(get(PAGE))) - 1 : 0;
    }

    /** @param notices gathers a sentence for each parameter that could not be read, and is left out of the query */
    FindingQuery query(List<String> notices) {
        return new FindingQuery(
                given(MODEL),
                head(notices),
                given(KIND),
                author(notices),
                given(TAG),
                given(WORDS),
                order(),
                page(),
                PAGE_SIZE);
    }

    Order order() {
        return switch (get(SORT)) {
            case "confirmed" -> Order.MOST_CONFIRMED;
            case "disputed" -> Order.MOST_DISPUTED;
            default -> Order.NEWEST;
        };
    }

    private @Nullable HeadId head(List<String> notices) {
        try {
            return get(HEAD).isEmpty() ? null : HeadId.parse(get(HEAD));
        } catch (IllegalArgumentException notAHead) {
            notices.add("The address asks for the head “" + shortened(get(HEAD))
                    + "”; heads are written like L1H2. Findings about all heads are shown.");
            return null;
        }
    }

    private @Nullable Long author(List<String> notices) {
        String author = get(AUTHOR);
        if (author.isEmpty() || author.matches("\\d{1,18}")) {
            return author.isEmpty() ? null : Long.valueOf(author);
        }
        notices.add("The address asks for the author “" + shortened(author)
                + "”, which is not the number of an account. Everybody's findings are shown.");
        return null;
    }

    private @Nullable String given(String key) {
        return parameters.get(key);
    }

    private static String shortened(String given) {
        return given.length() <= 40 ? given : given.substring(0, 40) + "…";
    }
}
