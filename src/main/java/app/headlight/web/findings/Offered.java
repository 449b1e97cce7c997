package app.headlight.web.findings;

import app.headlight.engine.transformer.HeadId;
import app.headlight.services.findings.Subject;
import java.util.List;
import java.util.stream.Stream;

/** Something on the page that a finding can be about, and how the page calls it. */
public record Offered(Subject subject, String label) {

    /** Called as lists of findings call it. */
    public static Offered of(Subject subject) {
        return new Offered(subject, InWords.subject(subject));
    }

    /** The first about exactly these heads, or else about the first of them, or else the first of all. */
    static Offered about(List<Offered> offered, List<HeadId> heads) {
        return Stream.of(heads, heads.stream().limit(1).toList())
                .flatMap(wanted -> offered.stream()
                        .filter(each ->
                                !wanted.isEmpty() && each.subject().heads().equals(wanted)))
                .findFirst()
                .orElse(offered.getFirst());
    }

    /** The first of that sort, or else the first of all. */
    static Offered first(List<Offered> offered, Subject.Sort preferred) {
        return offered.stream()
                .filter(each -> each.subject().sort() == preferred)
                .findFirst()
                .orElse(offered.getFirst());
    }
}
