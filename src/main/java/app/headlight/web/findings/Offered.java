package app.headlight.web.findings;

import app.headlight.findings.Subject;

/** Something on the page that a finding can be about, and how the page calls it. */
public record Offered(Subject subject, String label) {

    /** Called as lists of findings call it. */
    public static Offered of(Subject subject) {
        return new Offered(subject, InWords.subject(subject));
    }
}
