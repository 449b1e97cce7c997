package app.headlight.web.learn;

import app.headlight.web.component.SentenceField;
import app.headlight.web.panels.EmbeddablePage;
import app.headlight.web.panels.EmbeddablePage.Embedded;
import app.headlight.web.view.Address;
import app.headlight.web.view.ExploreAddress;
import app.headlight.web.view.ViewState;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The live view of a step: panels of another page, what to look at in them, and a field for a sentence of one's own. */
class LessonPicture extends Section {

    private static final String PART = "part";

    private final transient List<EmbeddablePage> pages;
    private final transient Consumer<String> changed;
    private final transient Map<String, Embedded> made = new LinkedHashMap<>();
    private final Paragraph look = new Paragraph();
    private final Div place = new Div();
    private final SentenceField sentence = new SentenceField();
    private final Div own = new Div();
    private final Anchor open = new Anchor("", "Open in Explore ↗");
    private final Button back = new Button("Back to the lesson’s own view");
    private transient Map<String, String> parameters = Map.of();
    private String path = ExploreAddress.PATH;
    private String shown = "";
    private String first = "";
    private boolean isShowing;

    /** @param changed told the address of the view after each change that the reader makes, also one to the same */
    LessonPicture(List<EmbeddablePage> pages, Consumer<String> changed) {
        this.pages = pages;
        this.changed = changed;
        addClassName("hl-lesson-picture");
        getElement().setAttribute("aria-label", "Live view");
        look.addClassName("hl-lesson-look");
        look.setId("lesson-look");
        sentence.setId("lesson-sentence");
        sentence.setPlaceholder("A sentence of your own, and Enter");
        sentence.addSubmitListener(event -> go(ExploreAddress.of(state(shown).withSentence(event.text()))));
        Span words = new Span("Try a sentence of your own");
        words.addClassName("hl-muted");
        own.add(words, sentence);
        own.addClassName("hl-lesson-own");
        open.setId("lesson-open");
        open.setTarget("_blank");
        open.getElement().setAttribute("rel", "noopener");
        open.getElement().setAttribute("router-ignore", true);
        back.setId("lesson-view-back");
        back.addThemeVariants(ButtonVariant.LUMO_SMALL);
        back.addClickListener(event -> go(first));
        Div below = new Div(back, open);
        below.addClassName("hl-lesson-below");
        add(look, place, own, below);
    }

    /**
     * Shows the view of a step.
     *
     * @param seen the address that the reader has made of it; empty: the lesson's own
     */
    void show(String page, Map<String, String> own, String whatToLookAt, String seen) {
        path = page;
        parameters = own;
        first = "";
        look.setText(whatToLookAt.replace("`", ""));
        look.setVisible(!whatToLookAt.isEmpty());
        Embedded view = made.computeIfAbsent(page, this::make);
        if (view.component().getParent().isEmpty()) {
            place.removeAll();
            place.add(view.component());
        }
        this.own.setVisible(isExplore());
        open.setText(isExplore() ? "Open in Explore ↗" : "Open in Circuits ↗");
        shown(view, own);
        first = shown;
        if (!seen.isEmpty() && Address.of(seen).path().equals(page)) {
            shown(view, withParts(seen));
        }
    }

    private Embedded make(String page) {
        return pages.stream()
                .filter(each -> each.path().equals(page))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no page “" + page + "” has panels"))
                .embedded(this::drawn);
    }

    private void shown(Embedded view, Map<String, String> given) {
        isShowing = true;
        try {
            view.show(given);
        } finally {
            isShowing = false;
        }
    }

    /** Shows something else, as if the reader had clicked it. */
    void go(String address) {
        Embedded view = made.get(path);
        if (view != null && !address.isEmpty()) {
            shown(view, withParts(address));
            changed.accept(shown);
        }
    }

    /** The panels are those of the lesson, whatever is seen in them. */
    private Map<String, String> withParts(String address) {
        Map<String, String> given = new LinkedHashMap<>(Address.of(address).parameters());
        String parts = parameters.get(PART);
        if (parts != null) {
            given.put(PART, parts);
        }
        return given;
    }

    private void drawn(String address) {
        boolean isLate = first.isEmpty() && !isShowing; // of a view that computes for long before it shows itself
        shown = address;
        if (isLate) {
            first = address;
        }
        open.setHref(address);
        back.setVisible(!first.isEmpty() && !address.equals(first));
        if (isExplore()) {
            sentence.setValue(state(address).sentence());
        }
        if (!isShowing && !isLate) {
            changed.accept(address);
        }
    }

    private boolean isExplore() {
        return path.equals(ExploreAddress.PATH);
    }

    /** The lesson's own view, as the page shows it; empty until it is there. */
    String first() {
        return first;
    }

    /** What is shown. */
    String shown() {
        return shown;
    }

    static ViewState state(@Nullable String address) {
        return ExploreAddress.read(Address.of(address == null ? "" : address).parameters())
                .state();
    }
}
