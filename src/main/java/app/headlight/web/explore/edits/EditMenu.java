package app.headlight.web.explore.edits;

import app.headlight.engine.circuits.ScoreParts;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Site.Kind;
import app.headlight.services.edits.AskedEdit;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.StateChange;
import app.headlight.web.view.EditState;
import app.headlight.web.view.ViewState;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.contextmenu.ContextMenu;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.contextmenu.SubMenu;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The edits that can be made of what is selected, or of what the pointer is on, where the element that it belongs to
 * says what that is. Those that are made are checked, and undone by choosing them again.
 */
public class EditMenu extends ContextMenu {

    private static final List<Float> SCALES = List.of(-1f, 0.5f, 2f, 4f);

    private final transient StateChange change;
    private transient @Nullable Exploration exploration;

    /** @param target on which it opens: by a click of the right button, or the key of menus */
    public EditMenu(Component target, StateChange change) {
        super(target);
        this.change = change;
    }

    /** The menu of a button, which opens on a plain click. */
    public static EditMenu ofButton(Component button, StateChange change) {
        EditMenu menu = new EditMenu(button, change);
        menu.setOpenOnClick(true);
        return menu;
    }

    public void show(Exploration exploration) {
        this.exploration = exploration;
    }

    /**
     * A place in the model and the sentence.
     *
     * @param heads one; those of a virtual head, which has no lines of its own; or none
     * @param destination −1: none
     * @param source −1: none
     */
    private record Place(List<HeadId> heads, int destination, int source) {

        boolean isLine() {
            return heads.size() == 1 && source >= 0 && source <= destination;
        }
    }

    @Override
    protected boolean onBeforeOpenMenu(ObjectNode detail) {
        removeAll();
        Exploration shown = exploration;
        if (shown != null && !shown.isEmpty()) {
            fill(shown, place(shown, detail));
        }
        return !getItems().isEmpty();
    }

    private static Place place(Exploration shown, ObjectNode detail) {
        ViewState state = shown.state();
        List<HeadId> heads =
                state.virtual().isEmpty() ? shown.headId().map(List::of).orElse(List.of()) : state.virtual();
        if (detail.has("head")) {
            List<HeadId> pointed = List.of(HeadId.parse(detail.path("head").asString()));
            boolean selected = heads.equals(pointed);
            return new Place(pointed, selected ? state.destination() : -1, selected ? state.source() : -1);
        }
        int destination = detail.path("destination").asInt(state.destination());
        int source = detail.path("source").asInt(state.source());
        return new Place(heads, destination, source);
    }

    private void fill(Exploration shown, Place at) {
        Config config = shown.model().config();
        if (at.isLine()) {
            HeadId head = at.heads().getFirst();
            String line = at.destination() + " ← " + at.source() + " of " + head;
            add(shown, "Cut the line " + line, AskedEdit.cut(head, at.destination(), at.source(), false));
            add(shown, "Cut it, and renormalise the rest", AskedEdit.cut(head, at.destination(), at.source(), true));
            ofPartner(shown, head, at);
        }
        at.heads().forEach(head -> ofHead(shown, head));
        at.heads().stream().map(HeadId::layer).distinct().forEach(layer -> {
            addOutput(shown, "All heads of layer " + layer, new Site(Kind.RESULT, layer, -1));
            if (config.mlp() != null) {
                addOutput(shown, "MLP" + layer, Site.of(Kind.MLP_OUT, layer));
            }
        });
        int token = at.destination() >= 0 ? at.destination() : at.source();
        if (token >= 0 && token < shown.prompt().pieces().size()) {
            AskedEdit embedding = AskedEdit.zero(Site.of(Kind.EMBED)).at(token);
            SubMenu menu = addItem("Embedding of " + shown.placed(token)).getSubMenu();
            add(menu, shown, "Set it to zero", embedding);
            add(
                    menu,
                    shown,
                    "Set it to the sentence’s mean",
                    AskedEdit.mean(Site.of(Kind.EMBED)).at(token));
        }
        if (!shown.state().edits().asked().isEmpty()) {
            addItem("Undo all edits", event -> change.to(state -> state.withEdits(EditState.NONE)));
        }
    }

    /** The line by which an earlier head brought what the key of this line reads most: that of its partner. */
    private void ofPartner(Exploration shown, HeadId head, Place at) {
        boolean isSeen = at.destination() - at.source() < shown.model().config().window(head.layer());
        if (!isSeen || !ScoreParts.isPossible(shown.computed(), head)) {
            return;
        }
        ScoreParts parts = shown.scoreParts(head);
        HeadId partner = shown.ofRun(
                        "split of a score",
                        List.of(head, at.destination(), at.source()),
                        run -> parts.at(at.destination(), at.source()))
                .largest(ScoreParts.Side.KEY)
                .head();
        if (partner != null) {
            int from = shown.computed()
                    .pattern(partner)
                    .largestInRow(at.source(), at.source() + 1, 1)
                    .getFirst()
                    .index();
            add(
                    shown,
                    "Cut " + at.source() + " ← " + from + " of " + partner + ", which the key of " + head + " reads",
                    AskedEdit.cut(partner, at.source(), from, false));
        }
    }

    private void ofHead(Exploration shown, HeadId head) {
        SubMenu menu = addOutput(shown, head.toString(), Site.of(Kind.RESULT, head));
        for (float by : SCALES) {
            String factor = by == Math.rint(by) ? Integer.toString((int) by) : Float.toString(by);
            add(
                    menu,
                    shown,
                    "Multiply its output by " + factor.replace("-", "−"),
                    AskedEdit.scale(Site.of(Kind.RESULT, head), by));
        }
        add(menu, shown, "Freeze its pattern as it is without edits", AskedEdit.freeze(head));
    }

    private SubMenu addOutput(Exploration shown, String whose, Site site) {
        SubMenu menu = addItem(whose).getSubMenu();
        add(menu, shown, "Set its output to zero", AskedEdit.zero(site));
        add(menu, shown, "Set its output to its mean over the sentence", AskedEdit.mean(site));
        return menu;
    }

    private void add(Exploration shown, String text, AskedEdit edit) {
        check(shown, addItem(text, event -> toggle(edit)), edit);
    }

    private void add(SubMenu menu, Exploration shown, String text, AskedEdit edit) {
        check(shown, menu.addItem(text, event -> toggle(edit)), edit);
    }

    private static void check(Exploration shown, MenuItem item, AskedEdit edit) {
        // Flow's own check calls the browser about an item that may have gone by then, where the menu is left and
        // opened
        // by keys pressed quickly. The menu reads this property when it is drawn.
        item.getElement().setProperty("_checked", shown.state().edits().asked().contains(edit));
    }

    private void toggle(AskedEdit edit) {
        toggle(change, edit);
    }

    /** Makes an edit, or undoes it. */
    public static void toggle(StateChange change, AskedEdit edit) {
        change.to(state -> state.withEdits(state.edits().toggled(edit)));
    }
}
