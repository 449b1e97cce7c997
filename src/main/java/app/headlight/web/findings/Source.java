package app.headlight.web.findings;

import app.headlight.services.findings.Content;

/** A finding as plain lines, every part of it, so that two can be set side by side. */
final class Source {

    private Source() {}

    static String of(Content content) {
        return "Title: " + content.title()
                + "\nAbout: " + InWords.subject(content.subject())
                + "\nKind: " + content.kind()
                + "\nHow sure: " + content.confidence() + " %"
                + "\nTags: " + String.join(", ", content.tags())
                + "\nView: " + content.view()
                + "\n\n" + content.markdown();
    }
}
