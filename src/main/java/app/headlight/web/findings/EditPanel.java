package app.headlight.web.findings;

import app.headlight.ground.people.SignedIn;
import app.headlight.services.findings.Content;
import app.headlight.services.findings.Edit;
import app.headlight.services.findings.Finding;
import app.headlight.services.findings.Findings;
import app.headlight.services.findings.Subject;
import app.headlight.services.findings.Version;
import app.headlight.web.component.Trouble;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import java.util.ArrayList;
import java.util.List;

/**
 * The panel that edits a finding. If somebody else saved meanwhile, both texts are shown and the person chooses; until
 * then nothing of either text is lost.
 */
class EditPanel extends Div {

    private final transient Findings findings;
    private final transient SignedIn signedIn;
    private final transient Runnable done;
    private final long id;
    private final ContentForm form;
    private final Div buttons = new Div();
    private final Div meanwhile = new Div();
    private final Trouble trouble = new Trouble();
    private final Div conflict = new Div();
    private int basedOn;

    /** @param done called when the edit is saved or given up */
    EditPanel(Finding finding, Findings findings, SignedIn signedIn, List<String> kinds, Runnable done) {
        this.findings = findings;
        this.signedIn = signedIn;
        this.done = done;
        id = finding.id();
        basedOn = finding.version();
        form = new ContentForm(kinds, "edit " + id + " " + basedOn);
        form.fill(finding.content(), subjects(finding.content().subject()));
        addClassNames("hl-panel", "hl-edit");
        setId("edit");
        Button save = new Button("Save", event -> save());
        save.setId("save-edit");
        save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        Button cancel = new Button("Cancel", event -> end());
        buttons.add(save, cancel);
        buttons.addClassName("hl-finding-line");
        conflict.setId("conflict");
        meanwhile.setId("meanwhile");
        meanwhile.addClassName("hl-notice");
        meanwhile.getElement().setAttribute("role", "status");
        meanwhile.setVisible(false);
        add(new H2("Edit"), meanwhile, form, buttons, trouble, conflict);
    }

    /** A version of the finding as it stands: of one that came meanwhile it is said before anything is saved. */
    void tell(Version newest) {
        meanwhile.setVisible(newest.number() > basedOn);
        meanwhile.setText(newest.editor().name() + " saved version " + newest.number()
                + " while you are writing. When you save, you will see both texts and choose.");
    }

    private void save() {
        trouble.tried(() -> save(form.read()));
    }

    private void save(Content content) {
        switch (findings.edit(signedIn.requireMember(), id, basedOn, content)) {
            case Edit.Saved saved -> end();
            case Edit.Conflict(var theirs, var yours) -> {
                form.setVisible(false);
                buttons.setVisible(false);
                conflict.removeAll();
                conflict.add(new ConflictPanel(
                        theirs,
                        yours,
                        () -> trouble.tried(() -> {
                            basedOn = theirs.number();
                            save(yours);
                        }),
                        this::end,
                        () -> merge(theirs)));
            }
        }
    }

    private void end() {
        form.forget();
        done.run();
    }

    /** Back to the form, which still has one's own text, with theirs to copy from. */
    private void merge(Version theirs) {
        basedOn = theirs.number();
        conflict.removeAll();
        conflict.add(ConflictPanel.text(
                theirs.editor().name() + " saved, for you to copy from",
                Source.of(theirs.content()),
                Source.of(form.read())));
        form.setVisible(true);
        buttons.setVisible(true);
    }

    /** What it is about, its parts, and the model as a whole. */
    private static List<Offered> subjects(Subject subject) {
        List<Offered> subjects = new ArrayList<>();
        subjects.add(Offered.of(subject));
        if (subject.sort() == Subject.Sort.PAIR) {
            subject.heads().forEach(head -> subjects.add(Offered.of(Subject.ofHead(subject.model(), head))));
        }
        if (subject.sort() != Subject.Sort.MODEL) {
            subjects.add(Offered.of(Subject.ofModel(subject.model())));
        }
        return subjects;
    }
}
