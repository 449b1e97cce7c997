package app.headlight.web.findings;

import app.headlight.services.findings.Subject;
import java.util.List;

/** Something on the page that a finding can be about, and how the page calls it. */
public record Offered(Subject subject, String label) {

    /** Called as lists of findings call it. */
    public static Offered of(Subject subject) {
        return new Offered(subject, InWords.subject(subject));
    }

    /** The first of that sort, or else the first of all. */
    static Offered first(List<Offered> offered, Subject.Sort preferred) {
        return offered.stream()
                .filter(each -> each.subject().sort() == preferred)
                .findFirst()
                .orElse(offered.getFirst());
    }
}
