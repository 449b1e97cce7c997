package app.headlight.web.collections;

import app.headlight.ground.people.Account;
import app.headlight.ground.people.SignedIn;
import app.headlight.services.findings.FindingCollection;
import app.headlight.services.findings.FindingCollections;
import app.headlight.services.findings.FindingsExport;
import app.headlight.web.component.Forms;
import app.headlight.web.component.Script;
import app.headlight.web.component.Trouble;
import app.headlight.web.page.Leaving;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;

/** The heading of a collection: its title, and actions on the whole collection. */
class CollectionHeading extends Div {

    private final transient FindingCollection collection;
    private final transient FindingCollections collections;
    private final transient SignedIn signedIn;
    private final Trouble trouble;
    private final transient Consumer<Function<Account, FindingCollection>> change;
    private final Div title = new Div();

    /**
     * @param mine whether the person who is signed in may change it
     * @param change makes a change in the name of the person who is signed in
     */
    CollectionHeading(
            FindingCollection collection,
            FindingCollections collections,
            FindingsExport export,
            SignedIn signedIn,
            Trouble trouble,
            boolean mine,
            Consumer<Function<Account, FindingCollection>> change) {
        this.collection = collection;
        this.collections = collections;
        this.signedIn = signedIn;
        this.trouble = trouble;
        this.change = change;
        addClassName("hl-collection-heading");
        title.add(new H1(collection.title()));
        Paragraph about = new Paragraph("A collection of " + CollectionsView.findings(collection) + ", by "
                + collection.owner().name());
        about.addClassName("hl-muted");
        Div actions = new Div();
        actions.addClassNames("hl-collection-actions", "hl-no-print");
        if (signedIn.member().isPresent() && !collection.slides().isEmpty()) {
            Anchor present = new Anchor("present/" + collection.id(), "Present");
            present.setId("present");
            present.addClassName("hl-primary-link");
            actions.add(present);
        }
        if (signedIn.member().isPresent() && !collection.slides().isEmpty()) {
            Anchor lesson = new Anchor("learn/new?collection=" + collection.id(), "Make a lesson");
            lesson.setId("make-lesson");
            lesson.setTitle("A lesson in which each finding is a step");
            actions.add(lesson);
        }
        Button print = SlideShow.button("Print a handout");
        print.setId("print");
        Script.whenAttached(print, "this.onclick = () => print()");
        actions.add(print);
        for (FindingsExport.Format format : FindingsExport.Format.values()) {
            actions.add(file(export, format));
        }
        if (mine) {
            Button rename = SlideShow.button("Rename");
            rename.addClickListener(event -> rename());
            Button delete = SlideShow.button("Delete");
            delete.addClickListener(event -> confirmDeletion());
            actions.add(rename, delete);
            Forms.reopen(this, form(), this::rename);
        }
        add(title, about, actions);
    }

    private Anchor file(FindingsExport export, FindingsExport.Format format) {
        String name = format == FindingsExport.Format.MARKDOWN ? "Markdown" : format.name();
        Anchor file = new Anchor(
                DownloadHandler.fromInputStream(event -> {
                    byte[] bytes = export.collection(collection.id(), format).getBytes(StandardCharsets.UTF_8);
                    return new DownloadResponse(
                            new ByteArrayInputStream(bytes),
                            "headlight-collection-" + collection.id() + "." + format.extension(),
                            format.mediaType(),
                            bytes.length);
                }),
                name);
        file.setId("export-" + format.name().toLowerCase(Locale.ROOT));
        file.setTitle("The whole collection as a file");
        return file;
    }

    private void rename() {
        TextField field = new TextField();
        field.setAriaLabel("Title of the collection");
        field.setId("collection-title");
        field.setValue(collection.title());
        field.setWidthFull();
        Forms.name(title, form());
        Forms.setOpen(form(), true);
        Leaving.askWhile(field, () -> !field.getValue().equals(collection.title()));
        Button save = SlideShow.button("Save");
        Runnable store = () -> change.accept(by -> {
            FindingCollection renamed = collections.rename(by, collection.id(), field.getValue());
            close();
            return renamed;
        });
        save.addClickListener(event -> store.run());
        field.addKeyPressListener(Key.ENTER, event -> store.run());
        Button cancel = SlideShow.button("Cancel");
        cancel.addClickListener(event -> {
            close();
            title.removeAll();
            title.add(new H1(collection.title()));
        });
        title.removeAll();
        title.add(field, save, cancel);
        field.focus();
    }

    private void close() {
        Forms.setOpen(form(), false);
        Forms.forget(form());
    }

    /** The field for another title, to the browser. */
    private String form() {
        return "title of collection " + collection.id();
    }

    private void confirmDeletion() {
        ConfirmDialog dialog = new ConfirmDialog();
        dialog.setHeader("Delete “" + collection.title() + "”?");
        dialog.setText("The order and the notes are lost; the findings in it stay.");
        dialog.setCancelable(true);
        dialog.setConfirmText("Delete the collection");
        dialog.addConfirmListener(event -> trouble.tried(() -> {
            collections.delete(signedIn.requireMember(), collection.id());
            getUI().ifPresent(ui -> ui.navigate(CollectionsView.class));
        }));
        dialog.open();
    }
}
