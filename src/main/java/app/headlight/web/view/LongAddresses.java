package app.headlight.web.view;

import app.headlight.engine.refusal.Refusal;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.SignedIn;
import app.headlight.services.findings.KeptTexts;
import app.headlight.web.limits.RateLimit;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.vaadin.flow.component.UI;
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
    private final SignedIn signedIn;
    private final RateLimit limit = new RateLimit(PER_MINUTE);
    /** What is known to be kept, and whether lastingly, so that a click does not ask the database. */
    private final Cache<String, Boolean> known = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    LongAddresses(KeptTexts texts, SignedIn signedIn) {
        this.texts = texts;
        this.signedIn = signedIn;
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
        if (!address.contains("?") || (address.length() <= LONGEST && !address.contains("%7E"))) {
            return address;
        }
        try {
            return kept(Address.of(address), asker).toString();
        } catch (Refusal refused) {
            trouble.accept("This view is too long for an address that opens everywhere, and could not be kept here: "
                    + refused.getMessage() + ".");
        } catch (DataAccessException databaseGone) {
            trouble.accept("This view is too long for an address that opens everywhere, and the database that would"
                    + " keep it does not answer.");
        }
        return address;
    }

    private Address kept(Address address, String asker) {
        List<Address.Pair> pairs = new ArrayList<>(address.pairs());
        int length = address.toString().length();
        for (Address.Pair pair : address.pairs().stream()
                .sorted(Comparator.comparing(LongAddresses::length).reversed())
                .toList()) {
            if ((length > LONGEST && length(pair) > SHORT) || looksKept(pair)) {
                Address.Pair replaced = new Address.Pair(pair.name() + "=~" + keep(pair.value(), asker));
                length += length(replaced) - length(pair);
                pairs.set(pairs.indexOf(pair), replaced);
            }
        }
        return new Address(address.path(), pairs);
    }

    private static int length(Address.Pair pair) {
        return pair.escapedValue().length();
    }

    /** Whether it is a text that would be taken for a code. */
    private static boolean looksKept(Address.Pair pair) {
        return pair.escapedValue().startsWith("%7E")
                && CODE.matcher(pair.value()).matches();
    }

    private String keep(String text, String asker) {
        String code = KeptTexts.code(text);
        Account by = signedIn.member().orElse(null);
        Boolean lasting = known.getIfPresent(code);
        if (lasting == null && !limit.take(asker).isZero()) {
            throw new Refusal("more than " + PER_MINUTE + " long texts a minute came from your address; wait a little");
        }
        if (lasting == null || (by != null && !lasting)) {
            texts.keep(by, text);
            known.put(code, by != null);
        }
        return code;
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
}
