package app.headlight.web.findings;

import app.headlight.services.findings.Finding;
import app.headlight.services.findings.Subject;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes parts of findings in words. */
final class InWords {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private InWords() {}

    /** {@code L1H3 of toy}. */
    static String subject(Subject subject) {
        String what = switch (subject.sort()) {
            case HEAD -> subject.which();
            case PAIR -> subject.which().replace("-", " with ");
            case TOKEN -> "token " + subject.which();
            case MODEL -> "";
        };
        String of = subject.model().replaceFirst("^runs/", "run ");
        return what.isEmpty() ? of : what + " of " + of;
    }

    /** A time in UTC, as everywhere on the instance. */
    static String time(OffsetDateTime time) {
        return TIME.format(time) + " UTC";
    }

    /** {@code 3 confirm it · 1 disputes it · 2 comments}; empty if there are none. */
    static String reactions(Finding finding) {
        List<String> said = new ArrayList<>();
        add(said, finding.confirmations(), "confirms it", "confirm it");
        add(said, finding.disputes(), "disputes it", "dispute it");
        add(said, finding.comments(), "comment", "comments");
        return String.join(" · ", said);
    }

    private static void add(List<String> said, int count, String one, String many) {
        if (count > 0) {
            said.add(count + " " + (count == 1 ? one : many));
        }
    }
}
