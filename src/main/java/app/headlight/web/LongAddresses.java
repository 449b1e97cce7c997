package app.headlight.web;

import app.headlight.services.findings.KeptTexts;
import app.headlight.services.findings.Member;
import app.headlight.web.api.RateLimit;
import app.headlight.web.findings.Members;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.QueryParameters;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;

/**
 * Keeps addresses short enough for browsers and proxies. If one is longer than 2,000 characters, its longest values are
 * kept on the server, and {@code ~CODE} replaces them: {@code explore?model=a&text=~7kQ…}.
 */
@Service
public class LongAddresses {

    static final int LONGEST = 2_000;

    /** A value that is not longer than this stays where it is. */
    private static final int SHORT = 60;

    private static final int PER_MINUTE = 60;
    private static final Pattern CODE = Pattern.compile("~[1-9A-HJ-NP-Za-km-z]{22}");

    private final KeptTexts texts;
    private final Members members;
    private final RateLimit limit = new RateLimit(PER_MINUTE);
    /** What is known to be kept, and whether lastingly, so that a click does not ask the database. */
    private final Cache<String, Boolean> known = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    LongAddresses(KeptTexts texts, Members members) {
        this.texts = texts;
        this.members = members;
    }

    /**
     * The address of the page that is open, short enough.
     *
     * @param trouble told, for people, where it has to stay as long as it is
     */
    public String shortened(String address, Consumer<String> trouble) {
        return shortened(address, UI.getCurrent().getSession().getBrowser().getAddress(), trouble);
    }

    /** The same, for a person at a network address. */
    public String shortened(String address, String asker, Consumer<String> trouble) {
        int mark = address.indexOf('?');
        if (mark < 0 || (address.length() <= LONGEST && !address.contains("%7E"))) {
            return address;
        }
        List<Value> values = new ArrayList<>();
        for (String pair : address.substring(mark + 1).split("&")) {
            values.add(new Value(pair));
        }
        try {
            return address.substring(0, mark + 1) + String.join("&", kept(values, mark + 1, asker));
        } catch (IllegalArgumentException refused) {
            trouble.accept("This view is too long for an address that opens everywhere, and could not be kept here: "
                    + refused.getMessage() + ".");
        } catch (DataAccessException databaseGone) {
            trouble.accept("This view is too long for an address that opens everywhere, and the database that would"
                    + " keep it does not answer.");
        }
        return address;
    }

    /** @param before how much of the address stands before the values */
    private List<String> kept(List<Value> values, int before, String asker) {
        int length = before
                + values.stream()
                        .mapToInt(value -> value.written().length() + 1)
                        .sum()
                - 1;
        for (Value value : values.stream()
                .sorted(Comparator.comparing(Value::length).reversed())
                .toList()) {
            if ((length > LONGEST && value.length() > SHORT) || value.looksKept()) {
                Value replaced = new Value(value.key() + "=~" + keep(value.decoded(), asker));
                length += replaced.length() - value.length();
                values.set(values.indexOf(value), replaced);
            }
        }
        return values.stream().map(Value::written).toList();
    }

    private String keep(String text, String asker) {
        String code = KeptTexts.code(text);
        Member by = members.current().orElse(null);
        Boolean lasting = known.getIfPresent(code);
        if (lasting == null && !limit.take(asker).isZero()) {
            throw new IllegalArgumentException(
                    "more than " + PER_MINUTE + " long texts a minute came from your address; wait a little");
        }
        if (lasting == null || (by != null && !lasting)) {
            texts.keep(by, text);
            known.put(code, by != null);
        }
        return code;
    }

    /** Likewise, of an address's parameters, of which those that are given twice count once. */
    public Map<String, String> spelledOut(QueryParameters parameters, Consumer<String> notices) {
        Map<String, String> single = new LinkedHashMap<>();
        parameters.getParameters().forEach((key, values) -> single.put(key, values.isEmpty() ? "" : values.getFirst()));
        return spelledOut(single, notices);
    }

    /**
     * The parameters of an address with what is kept in the place of its codes; empty where that is gone.
     *
     * @param notices told, for people, what is gone
     */
    public Map<String, String> spelledOut(Map<String, String> parameters, Consumer<String> notices) {
        Map<String, String> whole = new LinkedHashMap<>(parameters);
        whole.replaceAll((key, value) -> CODE.matcher(value).matches()
                ? text(value.substring(1)).orElseGet(() -> {
                    notices.accept("The " + (key.equals("text") ? "text" : "part “" + key + "”")
                            + " of this view is kept by a server under " + value
                            + ", and is not stored here (any more).");
                    return "";
                })
                : value);
        return whole;
    }

    private Optional<String> text(String code) {
        try {
            return texts.text(code);
        } catch (DataAccessException databaseGone) {
            return Optional.empty();
        }
    }

    /** A parameter as it stands in an address: {@code key=encoded}, or anything else that stands there. */
    private record Value(String written) {

        String key() {
            return written.substring(0, Math.max(0, written.indexOf('=')));
        }

        String encoded() {
            return written.substring(written.indexOf('=') + 1);
        }

        int length() {
            return encoded().length();
        }

        String decoded() {
            return URLDecoder.decode(encoded(), StandardCharsets.UTF_8);
        }

        /** Whether it is a text that would be taken for a code. */
        boolean looksKept() {
            return encoded().startsWith("%7E") && CODE.matcher(decoded()).matches();
        }
    }
}
