package app.headlight.web.people;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The lists of these pages: a line each, what it is on the left, what can be done with it on the right. */
final class Rows {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Rows() {}

    /** @param more said after the name, quietly */
    static Div row(String name, String more, Component... actions) {
        Span what = new Span(name);
        Span quiet = new Span(more);
        quiet.addClassName("hl-muted");
        Div text = new Div(what, quiet);
        text.addClassName("hl-list-text");
        Div row = new Div(text);
        row.add(List.of(actions));
        row.addClassName("hl-list-row");
        row.getElement().setAttribute("data-name", name);
        return row;
    }

    static Button button(String text, Runnable action) {
        Button button = new Button(text, event -> action.run());
        button.addThemeVariants(ButtonVariant.LUMO_SMALL);
        return button;
    }

    /** In UTC, as the whole instance counts. */
    static String time(Instant instant) {
        return TIME.format(instant) + " UTC";
    }

    /** The browser and system in the name that a browser gives itself. */
    static String browser(String called) {
        String browser = first(
                called, "Edg", "Edge", "OPR", "Opera", "Firefox", "Firefox", "Chrome", "Chrome", "Safari", "Safari");
        String system = first(
                called, "Android", "Android", "iPhone", "iPhone", "iPad", "iPad", "Windows", "Windows", "Mac OS",
                "macOS", "Linux", "Linux");
        return (browser.isEmpty() ? "A browser" : browser) + (system.isEmpty() ? "" : " on " + system);
    }

    private static String first(String called, String... marksAndNames) {
        for (int i = 0; i < marksAndNames.length; i += 2) {
            if (called.contains(marksAndNames[i])) {
                return marksAndNames[i + 1];
            }
        }
        return "";
    }
}
