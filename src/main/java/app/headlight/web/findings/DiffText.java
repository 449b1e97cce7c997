package app.headlight.web.findings;

import app.headlight.web.findings.LineDiff.Line;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import java.util.List;
import java.util.function.Predicate;

/** The lines of a text, marked where they differ from another text. */
class DiffText extends Div {

    private DiffText(List<Line> lines, Predicate<Line> shown) {
        addClassName("hl-diff");
        lines.stream().filter(shown).forEach(line -> add(line(line)));
    }

    /** Removed and added lines in one column. */
    static DiffText changes(String before, String after) {
        return new DiffText(LineDiff.of(before, after), line -> true);
    }

    /** One of two texts side by side. */
    static DiffText side(String text, String other) {
        return new DiffText(LineDiff.of(other, text), line -> line.sort() != LineDiff.Sort.REMOVED);
    }

    private static Span line(Line line) {
        Span span = new Span(line.text().isEmpty() ? " " : line.text());
        span.addClassName(
                switch (line.sort()) {
                    case SAME -> "hl-diff-same";
                    case REMOVED -> "hl-diff-removed";
                    case ADDED -> "hl-diff-added";
                });
        return span;
    }
}
