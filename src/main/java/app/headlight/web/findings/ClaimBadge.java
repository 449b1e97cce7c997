package app.headlight.web.findings;

import app.headlight.services.claims.Standing;
import app.headlight.services.claims.Verdict;
import com.vaadin.flow.component.html.Span;
import java.util.Locale;

/** How claims stand, in a few letters; the colour says no more than the words. */
public final class ClaimBadge {

    private ClaimBadge() {}

    /** That of one claim. */
    public static Span of(Verdict verdict) {
        return badge(verdict, verdict.words());
    }

    /** That of all claims of a finding, at least one. */
    static Span of(Standing standing) {
        return badge(standing.first().orElseThrow(), standing.inWords());
    }

    /** For style sheets and attributes, such as {@code fails}. */
    static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    private static Span badge(Verdict verdict, String words) {
        Span badge = new Span(verdict.mark() + " " + words);
        badge.addClassNames("hl-badge", "hl-verdict");
        badge.getElement().setAttribute("data-verdict", word(verdict));
        return badge;
    }
}
