package app.headlight.services.findings;

import app.headlight.engine.refusal.Refusal;
import app.headlight.ground.addresses.ViewAddress;
import app.headlight.ground.markdown.SafeMarkdown;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The content of a finding, as a person writes it.
 *
 * @param title one line, at most 200 characters
 * @param markdown at most 50,000 bytes of UTF-8; {@link SafeMarkdown} renders it
 * @param tags at most 20 of at most 40 characters each, in small letters, none twice
 * @param kind what the subject does, one of {@link Kinds#KNOWN} or any other words; empty if none was given
 * @param confidence how sure the author is, in percent
 * @param view the exact view, an address that {@link ViewAddress} accepts
 */
public record Content(
        Subject subject, String title, String markdown, List<String> tags, String kind, int confidence, String view) {

    /** @throws Refusal if a part is too long or has a wrong form; the message says which */
    public Content {
        title = Limits.filled("the title", title, Limits.TITLE);
        markdown = Limits.markdown(markdown);
        tags = tags(tags);
        kind = Limits.line("the kind", kind, Limits.KIND);
        if (confidence < 0 || confidence > 100) {
            throw new Refusal("a confidence of " + confidence + " % was given; it goes from 0 to 100");
        }
        view = ViewAddress.check(view);
    }

    /** The text that a search looks in, in small letters. */
    String searched() {
        return (title + "\n" + markdown + "\n" + String.join("\n", tags)).toLowerCase(Locale.ROOT);
    }

    private static List<String> tags(List<String> given) {
        Set<String> tags = new LinkedHashSet<>();
        for (String tag : given) {
            String line = Limits.line("a tag", tag, Limits.TAG).toLowerCase(Locale.ROOT);
            if (!line.isEmpty()) {
                tags.add(Limits.line("a tag", line, Limits.TAG));
            }
        }
        if (tags.size() > Limits.TAGS) {
            throw new Refusal("there are " + tags.size() + " tags; at most " + Limits.TAGS + " are kept");
        }
        return List.copyOf(tags);
    }
}
