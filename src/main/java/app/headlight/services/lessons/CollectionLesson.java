package app.headlight.services.lessons;

import app.headlight.services.findings.Content;
import app.headlight.services.findings.FindingCollection;
import app.headlight.services.findings.Slide;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The text of a lesson that is made from a collection: each of its slides becomes a step, with its view. */
public final class CollectionLesson {

    private CollectionLesson() {}

    /** To be gone over by whoever makes the lesson: the questions are theirs. */
    public static String of(FindingCollection collection) {
        Map<String, Integer> headings = new HashMap<>();
        String steps = collection.slides().stream()
                .limit(LessonReader.MOST_STEPS)
                .map(slide -> step(slide, headings))
                .collect(Collectors.joining("\n"));
        return "---\ntitle: " + line(collection.title()) + "\nminutes: 5\n---\n\n" + steps;
    }

    private static String step(Slide slide, Map<String, Integer> headings) {
        Content content = slide.finding().content();
        String title = line(content.title());
        int times = headings.merge(title, 1, Integer::sum);
        String heading = times == 1 ? title : title + " (" + times + ")";
        String view = content.view();
        boolean isLive = view.startsWith("explore") || view.startsWith("circuits");
        return "## " + heading + "\n\n" + text(content.markdown()) + "\n\n"
                + (isLive ? "view: " + view.replace("{", "%7B") + "\n" : "See [the view](" + view + ").\n");
    }

    /** What would begin a step, or a line that is more than text, is moved by a character; places stay texts. */
    private static String text(String markdown) {
        return markdown.lines()
                .map(line -> line.startsWith("## ") ? "#" + line : line)
                .map(line -> StepReader.isMore(line) ? " " + line : line)
                .collect(Collectors.joining("\n"))
                .replace("{{", "{ {")
                .replace("}}", "} }")
                .strip();
    }

    private static String line(String title) {
        return title.replace("{{", "{ {").replace("}}", "} }").strip();
    }
}
