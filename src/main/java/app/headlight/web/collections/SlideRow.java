package app.headlight.web.collections;

import app.headlight.services.findings.Finding;
import app.headlight.services.findings.FindingCollection;
import app.headlight.services.findings.Slide;
import app.headlight.web.component.Forms;
import app.headlight.web.component.Script;
import app.headlight.web.links.LinkMaker;
import app.headlight.web.page.Leaving;
import app.headlight.web.view.Address;
import app.headlight.web.view.EmbedAddress;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dnd.DragSource;
import com.vaadin.flow.component.dnd.DropTarget;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.IFrame;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A slide on the page of its collection, and in the handout: title, text, picture, notes. */
class SlideRow extends Section {

    /** Pictures of later slides wait until they are scrolled to, unless it is printed, which would miss them. */
    private static final int AT_ONCE = 40;

    /** The pages of which there is no still picture. */
    private static final Set<String> LIVE = Set.of("circuits", "search");

    private final transient FindingCollection collection;
    private final transient Slide slide;
    private final transient LinkMaker links;

    /** @param changes null if the collection belongs to somebody else */
    SlideRow(FindingCollection collection, int index, LinkMaker links, @Nullable SlideChanges changes) {
        this.collection = collection;
        this.slide = collection.slides().get(index);
        this.links = links;
        Finding finding = slide.finding();
        addClassNames("hl-panel", "hl-slide-row");
        getElement().setAttribute("data-finding", String.valueOf(finding.id()));
        H2 heading = new H2(
                new Span((index + 1) + ". "),
                new Anchor("findings/" + finding.id(), finding.content().title()));
        Paragraph about = new Paragraph(SlideCard.about(finding));
        about.addClassName("hl-muted");
        Div words = new Div(heading, about, FindingText.still(finding.content().markdown(), view -> picture(view)));
        words.addClassName("hl-slide-words");
        Div notes = notes(changes);
        words.add(notes);
        add(words, view(index));
        if (changes != null) {
            add(actions(index, changes));
        }
    }

    private String picture(String view) {
        return links.of(view) + "/preview.png";
    }

    /** The view as it is presented; in Explore a still picture shows the same. */
    private Component view(int index) {
        String view = slide.finding().content().view();
        if (!LIVE.contains(Address.of(view).page())) {
            return still(index, view);
        }
        Div live = new Div();
        live.addClassName("hl-still");
        EmbedAddress.of(view).ifPresent(embed -> {
            IFrame frame = new IFrame(embed);
            frame.setTitle(pictured());
            live.add(frame);
        });
        live.add(new Anchor(view, "Open the view"));
        return live;
    }

    private String pictured() {
        return "The view of “" + slide.finding().content().title() + "”";
    }

    private Anchor still(int index, String view) {
        String link = links.of(view);
        Image picture = new Image(link + "/preview.png", pictured());
        if (index >= AT_ONCE) {
            picture.getElement().setAttribute("loading", "lazy");
        }
        Span address = new Span(link);
        address.addClassName("hl-print-only");
        Script.whenAttached(address, "this.textContent = new URL($0, document.baseURI).href", link);
        Anchor anchor = new Anchor(view);
        anchor.add(picture, address);
        anchor.addClassName("hl-still");
        anchor.setTitle("Open the view");
        return anchor;
    }

    private Div notes(@Nullable SlideChanges changes) {
        Div notes = new Div();
        notes.addClassName("hl-slide-notes");
        showNotes(notes, changes);
        return notes;
    }

    private void showNotes(Div notes, @Nullable SlideChanges changes) {
        notes.removeAll();
        if (!slide.notes().isBlank()) {
            Span label = new Span("Notes");
            label.addClassName("hl-muted");
            notes.add(label, FindingText.still(slide.notes(), this::picture));
        }
        if (changes != null) {
            Button edit = SlideShow.button(slide.notes().isBlank() ? "Write notes" : "Edit notes");
            edit.addClassName("hl-no-print");
            edit.addClickListener(event -> editNotes(notes, changes));
            notes.add(edit);
            Forms.reopen(notes, form(), () -> editNotes(notes, changes));
        }
    }

    private void editNotes(Div notes, SlideChanges changes) {
        TextArea text = new TextArea("Notes for the presenter (Markdown)");
        text.setValue(slide.notes());
        text.setWidthFull();
        Forms.name(notes, form());
        Forms.setOpen(form(), true);
        Leaving.askWhile(text, () -> !text.getValue().equals(slide.notes()));
        Button save = SlideShow.button("Save notes");
        save.addClickListener(event -> {
            // Before, since what comes of it is shown at once, with the editor open where it is said to be.
            Forms.setOpen(form(), false);
            if (changes.setNotes(collection, slide.finding().id(), text.getValue())) {
                Forms.forget(form());
            } else {
                Forms.setOpen(form(), true);
            }
        });
        Button cancel = SlideShow.button("Cancel");
        cancel.addClickListener(event -> {
            close();
            showNotes(notes, changes);
        });
        notes.removeAll();
        notes.add(text, save, cancel);
        text.focus();
    }

    private void close() {
        Forms.setOpen(form(), false);
        Forms.forget(form());
    }

    /** The editor of these notes, to the browser. */
    private String form() {
        return "notes on finding " + slide.finding().id() + " in collection " + collection.id();
    }

    private Div actions(int index, SlideChanges changes) {
        long finding = slide.finding().id();
        String title = slide.finding().content().title();
        Button up = action("↑", "Move “" + title + "” up");
        up.setEnabled(index > 0);
        up.addClickListener(event -> changes.move(collection, finding, index - 1));
        Button down = action("↓", "Move “" + title + "” down");
        down.setEnabled(index < collection.slides().size() - 1);
        down.addClickListener(event -> changes.move(collection, finding, index + 1));
        Button remove = action("✕", "Take “" + title + "” out of the collection");
        remove.addClickListener(event -> changes.remove(collection, finding));
        Span handle = new Span("⠿");
        handle.addClassName("hl-handle");
        handle.setTitle("Drag to another place");
        DragSource.create(handle).setDragData(finding);
        DropTarget.create(this)
                .addDropListener(event -> event.getDragData()
                        .filter(Long.class::isInstance)
                        .map(Long.class::cast)
                        .ifPresent(dragged -> changes.move(collection, dragged, index)));
        Div actions = new Div(handle, up, down, remove);
        actions.addClassNames("hl-slide-actions", "hl-no-print");
        return actions;
    }

    private static Button action(String sign, String inWords) {
        Button button = SlideShow.button(sign);
        button.setAriaLabel(inWords);
        button.setTooltipText(inWords);
        return button;
    }
}
