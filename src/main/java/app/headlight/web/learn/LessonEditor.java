package app.headlight.web.learn;

import app.headlight.engine.refusal.Refusal;
import app.headlight.ground.people.SignedIn;
import app.headlight.services.findings.FindingCollection;
import app.headlight.services.findings.FindingCollections;
import app.headlight.services.lessons.CollectionLesson;
import app.headlight.services.lessons.OwnLessons;
import app.headlight.services.lessons.OwnLessons.OwnLesson;
import app.headlight.services.models.Audience;
import app.headlight.web.component.Forms;
import app.headlight.web.component.Trouble;
import app.headlight.web.page.Leaving;
import app.headlight.web.panels.EmbeddablePage;
import app.headlight.web.view.Address;
import app.headlight.web.view.AddressBar;
import app.headlight.web.view.Parameter;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteAlias;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a member writes a lesson: its Markdown beside what it becomes. */
@Route(LessonAddress.PATH + "/new")
@RouteAlias(LessonAddress.PATH + "/:lesson/edit")
@PageTitle("Headlight · Write a lesson")
@RolesAllowed("MEMBER")
public class LessonEditor extends Main implements BeforeEnterObserver {

    private static final Parameter<String> COLLECTION = Parameter.text("collection");
    private static final int LINES = 26;
    private static final int PAUSE = 700;

    private static final String FIRST = """
            ---
            title: A lesson of mine
            minutes: 5
            model: storybook-2l
            ---

            ## The first step

            The text of the step, in Markdown. What is measured stands between braces: the induction score of {{head(induction)}} is {{score(head(induction), induction)}}.

            view: explore?text=The old man sat down. The old man&heads={{head(previous)}}&dest={{position(last)}}&part=tokens,heads,attention
            look: What to look at in the picture.
            question: Click a head that looks at the token after the earlier copy of the marked one.
            click: head where attends(after-same) >= 0.4
            hint: Where did “man” stand before?
            """;

    private final transient OwnLessons own;
    private final transient FindingCollections collections;
    private final transient SignedIn signedIn;
    private final transient AddressBar bar = new AddressBar();
    private final TextArea text = new TextArea();
    private final Select<Audience> audience = new Select<>();
    private final Trouble trouble = new Trouble();
    private final LessonPreview preview;
    private transient @Nullable OwnLesson before;
    private String form = "";

    LessonEditor(
            OwnLessons own,
            FindingCollections collections,
            SignedIn signedIn,
            StepWork work,
            List<EmbeddablePage> pages) {
        this.own = own;
        this.collections = collections;
        this.signedIn = signedIn;
        preview = new LessonPreview(work, pages);
        addClassName("hl-lesson-editor");
        text.setId("lesson-text");
        text.setLabel("The lesson, as Markdown");
        text.setMinRows(LINES);
        text.setMaxRows(LINES);
        text.setValueChangeMode(ValueChangeMode.LAZY);
        text.setValueChangeTimeout(PAUSE);
        text.addValueChangeListener(event -> preview.show(event.getValue()));
        audience.setLabel("Who sees it");
        audience.setId("lesson-audience");
        audience.setItems(Audience.values());
        audience.setItemLabelGenerator(Audience::words);
        Leaving.askWhile(this, this::isUnsaved);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        bar.entered(event.getLocation());
        removeAll();
        String name = event.getRouteParameters().get("lesson").orElse("");
        Optional<OwnLesson> found = own.find(name);
        if (!name.isEmpty()
                && found.filter(lesson -> signedIn.requireMember().mayChange(lesson.owner()))
                        .isEmpty()) {
            add(
                    new Paragraph("There is no lesson “" + name + "” here that you may change."),
                    new Anchor(LessonAddress.PATH, "All lessons"));
            return;
        }
        before = found.orElse(null);
        form = "lesson " + (name.isEmpty() ? "new" : name);
        Map<String, String> given = Address.of(event.getLocation()).parameters();
        String begun = found.map(OwnLesson::markdown).orElseGet(() -> begun(COLLECTION.in(given, unread -> {})));
        audience.setValue(found.map(OwnLesson::audience).orElse(Audience.ALL));
        show(begun);
    }

    /** The text to begin with: made from a collection, or an example of everything. */
    private String begun(String collection) {
        Optional<FindingCollection> found = Address.number(collection).isPresent()
                ? collections.find(Address.number(collection).getAsLong())
                : Optional.empty();
        return found.filter(from -> !from.slides().isEmpty())
                .map(CollectionLesson::of)
                .orElse(FIRST);
    }

    private void show(String begun) {
        text.setValue(begun);
        Forms.name(text, form);
        Button save = new Button("Save", event -> save());
        save.setId("lesson-save");
        save.addThemeVariants(ButtonVariant.LUMO_PRIMARY, ButtonVariant.LUMO_SMALL);
        Div actions = new Div(audience, save);
        if (before != null) {
            Button delete = new Button("Delete", event -> confirm());
            delete.setId("lesson-delete");
            delete.addThemeVariants(ButtonVariant.LUMO_SMALL);
            actions.add(delete);
        }
        actions.add(new Anchor(
                before == null ? LessonAddress.PATH : address(), before == null ? "All lessons" : "Read it"));
        actions.addClassName("hl-lesson-actions");
        Paragraph help = new Paragraph(
                "Steps begin with “## ”. Lines that begin with view:, look:, question:, click:,"
                        + " option:, hint: and holds: are explained in docs/lessons.md; a view is the address that Share copies.");
        help.addClassName("hl-muted");
        Div words = new Div(new H1(before == null ? "Write a lesson" : "Edit a lesson"), help, text, actions, trouble);
        words.addClassName("hl-lesson-words");
        Div columns = new Div(words, preview);
        columns.addClassName("hl-lesson-columns");
        add(columns);
        preview.show(begun);
    }

    private String address() {
        return LessonAddress.PATH + "/" + (before == null ? "" : before.name());
    }

    private boolean isUnsaved() {
        return !text.isEmpty() && !text.getValue().equals(before == null ? FIRST : before.markdown());
    }

    private void save() {
        trouble.tried(() -> {
            String name;
            if (before == null) {
                name = own.add(text.getValue(), audience.getValue());
            } else {
                own.change(before, text.getValue(), audience.getValue());
                name = before.name();
            }
            before = own.find(name).orElseThrow(() -> new Refusal("the lesson has been deleted meanwhile"));
            Forms.forget(form);
            getUI().ifPresent(ui -> ui.navigate(LessonAddress.PATH + "/" + name));
        });
    }

    private void confirm() {
        OwnLesson lesson = before;
        if (lesson == null) {
            return;
        }
        ConfirmDialog dialog = new ConfirmDialog();
        dialog.setHeader("Delete “" + lesson.title() + "”?");
        dialog.setText("The lesson and what people answered in it are gone for good.");
        dialog.setCancelable(true);
        dialog.setConfirmText("Delete the lesson");
        dialog.addConfirmListener(event -> trouble.tried(() -> {
            own.delete(lesson);
            text.setValue("");
            Forms.forget(form);
            getUI().ifPresent(ui -> ui.navigate(LearnView.class));
        }));
        dialog.open();
    }
}
