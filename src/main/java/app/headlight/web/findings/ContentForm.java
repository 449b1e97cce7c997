package app.headlight.web.findings;

import app.headlight.engine.refusal.Refusal;
import app.headlight.services.claims.Statement;
import app.headlight.services.findings.Content;
import app.headlight.services.findings.Limits;
import app.headlight.services.findings.Subject;
import app.headlight.web.component.Forms;
import app.headlight.web.component.Segmented;
import app.headlight.web.page.Leaving;
import app.headlight.web.page.MarkdownText;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The form for the content of a finding. */
class ContentForm extends Div {

    private static final int LINES = 8;

    private final Select<Offered> subject = new Select<>();
    private final TextField title = new TextField("Title");
    private final TextArea text = new TextArea();
    private final MarkdownText preview = new MarkdownText();
    private final Segmented shown = new Segmented(
            "Text or preview",
            List.of(
                    new Segmented.Choice("write", "Write", "Type the text in Markdown"),
                    new Segmented.Choice("preview", "Preview", "See the text as others will")));
    private final ComboBox<String> kind = new ComboBox<>("Kind");
    private final IntegerField confidence = new IntegerField("How sure, in %");
    private final TextField tags = new TextField("Tags");
    private final TextField view = new TextField("View");
    private final TextArea claims = new TextArea("Claims");
    private final String name;
    private final Span restored = new Span("What you had typed is here again; it is not saved yet.");
    private boolean touched;

    /**
     * @param kinds to offer; any other words will do too
     * @param name of what is written here, under which the browser keeps what is not saved yet
     */
    ContentForm(List<String> kinds, String name) {
        this.name = name;
        Forms.name(this, name);
        getElement().addEventListener("draft-restored", event -> restored.setVisible(true));
        Leaving.askWhile(this, this::isTouched);
        restored.addClassName("hl-muted");
        restored.setVisible(false);
        addClassNames("hl-recipe", "hl-content-form");
        subject.setLabel("About");
        subject.setId("about");
        subject.setItemLabelGenerator(Offered::label);
        title.setId("title");
        title.setPlaceholder("What did you find?");
        LimitedField.watch(title, Limits.TITLE);
        text.setId("text");
        text.setAriaLabel("Text");
        text.setMinRows(LINES);
        text.setMaxRows(2 * LINES);
        text.setPlaceholder("What can be seen, why you think so, and what would prove it wrong");
        LimitedField.watchMarkdown(text);
        preview.setVisible(false);
        shown.setValue("write");
        shown.addChoiceListener(event -> preview(event.value().equals("preview")));
        kind.setId("kind");
        kind.setItems(kinds);
        kind.setAllowCustomValue(true);
        kind.setClearButtonVisible(true);
        kind.setPlaceholder("induction, copying, …");
        kind.addCustomValueSetListener(event -> {
            touched = true;
            kind.setValue(event.getDetail().strip());
        });
        confidence.setMin(0);
        confidence.setMax(100);
        confidence.setStep(5);
        confidence.setManualValidation(true);
        confidence.setStepButtonsVisible(true);
        tags.setId("tags");
        tags.setPlaceholder("separated by commas");
        tags.setTooltipText("At most " + Limits.TAGS + " tags of " + Limits.TAG + " characters");
        view.setId("view");
        claims.setId("claims");
        claims.setVisible(false);
        claims.setMaxRows(LINES);
        claims.setPlaceholder("score(L1H3, induction) >= 0.8");
        claims.setHelperText("One a line: a measure, >= or <=, and a number. Each is measured with seeds that are drawn"
                + " after you save.");
        Span label = new Span("Text (Markdown)");
        label.addClassName("hl-muted");
        Div heading = new Div(label, shown);
        heading.addClassNames("hl-finding-line", "hl-text-heading");
        Div writing = new Div(heading, text, preview);
        writing.addClassName("hl-writing");
        Div pair = new Div(kind, confidence);
        pair.addClassName("hl-fields");
        confidence.setId("confidence");
        add(restored, subject, title, writing, claims, pair, tags, view);
        Stream.<HasValue<?, ?>>of(subject, title, text, claims, kind, confidence, tags, view)
                .forEach(field -> field.addValueChangeListener(event -> touched |= event.isFromClient()));
    }

    /** Whether something has been typed or picked here since it was filled. */
    boolean isTouched() {
        return touched;
    }

    /** Empties the form for a new finding. */
    void begin() {
        title.clear();
        text.clear();
        claims.clear();
        kind.clear();
        tags.clear();
        confidence.clear();
        showWriting();
        forget();
    }

    /** Tells the browser that the text was saved, or discarded. */
    void forget() {
        Forms.forget(name);
        restored.setVisible(false);
        touched = false;
    }

    /** @param address of the view; @param shown whether it can be changed here */
    void offer(List<Offered> subjects, Subject chosen, String address, boolean shown) {
        subject.setItems(subjects);
        subject.setValue(subjects.stream()
                .filter(each -> each.subject().equals(chosen))
                .findFirst()
                .orElse(subjects.getFirst()));
        view.setValue(address);
        view.setVisible(shown);
    }

    void fill(Content content, List<Offered> subjects) {
        offer(subjects, content.subject(), content.view(), true);
        title.setValue(content.title());
        text.setValue(content.markdown());
        kind.setValue(content.kind().isEmpty() ? null : content.kind());
        tags.setValue(String.join(", ", content.tags()));
        confidence.setValue(content.confidence());
        touched = false;
    }

    /** Offers to make claims too. */
    ContentForm withClaims() {
        claims.setVisible(true);
        return this;
    }

    /** Adds a claim to those that are written here, unless it is among them. */
    void claim(Statement statement) {
        String line = statement.toString();
        if (claims.getValue().lines().noneMatch(line::equals)) {
            claims.setValue((claims.getValue().stripTrailing() + "\n" + line).strip());
        }
        touched = true;
    }

    /** @throws Refusal in words, naming the line that cannot be read */
    List<Statement> claims() {
        return Statement.lines(claims.getValue());
    }

    /** @param listener called when another subject is picked here */
    void addSubjectListener(Runnable listener) {
        subject.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                listener.run();
            }
        });
    }

    Subject subject() {
        return subject.getValue().subject();
    }

    /** @throws Refusal in words, if something is missing, too long or not of its form */
    Content read() {
        if (title.getValue().isBlank()) {
            throw new Refusal("Give it a title: what did you find?");
        }
        Integer sure = confidence.getValue();
        if (sure == null) {
            throw new Refusal("Say how sure you are: a whole number from 0 to 100.");
        }
        return new Content(
                subject(),
                title.getValue(),
                text.getValue(),
                Arrays.asList(tags.getValue().split(",")),
                kind.getValue() == null ? "" : kind.getValue(),
                sure,
                // What is copied from the address bar begins with the server's name.
                view.getValue().strip().replaceFirst("^https?://[^/]*/", ""));
    }

    void focusTitle() {
        title.focus();
    }

    private void showWriting() {
        shown.setValue("write");
        preview(false);
    }

    private void preview(boolean asked) {
        preview.show(text.getValue());
        preview.setVisible(asked);
        text.setVisible(!asked);
    }
}
