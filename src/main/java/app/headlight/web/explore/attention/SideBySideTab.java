package app.headlight.web.explore.attention;

import app.headlight.engine.transformer.HeadId;
import app.headlight.web.component.AttentionView;
import app.headlight.web.component.Segmented;
import app.headlight.web.explore.edits.EditMarks;
import app.headlight.web.explore.shown.Choice;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.Selection;
import app.headlight.web.explore.shown.StateChange;
import app.headlight.web.explore.shown.TabContent;
import app.headlight.web.view.AttentionState;
import app.headlight.web.view.AttentionState.Beside;
import app.headlight.web.view.AttentionState.Weighting;
import app.headlight.web.view.ViewState;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A large picture of attention for each of many heads, drawn as the panel above draws: pointing at a token shows its
 * lines in all of them.
 */
public class SideBySideTab extends TabContent {

    private static final int MOST = 32;

    /** Entries of patterns in all: each is sent twice or more, and drawn. */
    private static final long MOST_ENTRIES = 4_000_000;

    private final StateChange change;
    private final Segmented which;
    private final Paragraph words;
    private final Div pictures;
    private final List<Picture> made = new ArrayList<>();

    /** One head's. */
    private final class Picture extends Div {

        private final AttentionView view = new AttentionView();
        private final Span name = new Span();
        private transient HeadId head = new HeadId(0, 0);

        Picture() {
            addClassName("hl-one-head");
            name.getElement().setAttribute("slot", "title");
            view.setCompact();
            view.add(name);
            view.addLineSelectListener(event -> change.to(state -> event.sourceToken() < 0
                    ? Selection.destination(first(state, head), event.destination())
                    : first(state, head).withLine(event.destination(), event.sourceToken())));
            view.addLineCutListener(event -> change.to(
                    state -> AttentionPanel.cut(first(state, head), head, event.destination(), event.sourceToken())));
            view.addWithoutChangeListener(event ->
                    change.to(state -> state.withAttention(state.attention().withWithout(event.without()))));
            view.addClearSelectionListener(event -> change.to(state -> state.withLine(ViewState.NONE, ViewState.NONE)));
            add(view);
        }

        void show(Exploration exploration, HeadId shown) {
            head = shown;
            view.setId("beside-" + shown);
            name.setText(shown.toString());
            setClassName("hl-selected", chosen(exploration.state()).contains(shown));
            Exploration ofHead = exploration.ofHead(shown);
            EditMarks marks = EditMarks.of(ofHead);
            name.setClassName("hl-off", marks.off().contains(shown.toString()));
            AttentionDrawing.show(view, ofHead, marks);
        }
    }

    public SideBySideTab(StateChange change) {
        this(change, choice(), new Paragraph(), new Div());
    }

    /** Which heads stand side by side. */
    public static Segmented choice() {
        Segmented which = new Segmented(
                "Which heads",
                Arrays.stream(Beside.values())
                        .map(beside -> new Segmented.Choice(Choice.name(beside), label(beside), title(beside)))
                        .toList());
        which.setId("beside");
        return which;
    }

    private SideBySideTab(StateChange change, Segmented which, Paragraph words, Div pictures) {
        super("hl-tab-picked", which, words, pictures);
        this.change = change;
        this.which = which;
        this.words = words;
        this.pictures = pictures;
        which.addChoiceListener(event -> change.to(
                state -> state.withAttention(state.attention().withBeside(Choice.of(Beside.class, event.value())))));
        words.addClassName("hl-muted");
        pictures.addClassName("hl-side-by-side");
    }

    @Override
    protected String missing(Exploration exploration) {
        return exploration.headId().isEmpty() ? "This model has no attention heads." : super.missing(exploration);
    }

    @Override
    protected void draw(Exploration exploration) {
        Beside beside = exploration.state().attention().beside();
        which.setValue(Choice.name(beside));
        List<HeadId> heads = heads(exploration, beside);
        words.setText(words(exploration, heads, beside));
        while (made.size() > heads.size()) {
            pictures.remove(made.removeLast());
        }
        while (made.size() < heads.size()) {
            Picture picture = new Picture();
            made.add(picture);
            pictures.add(picture);
        }
        pictures.getStyle()
                .set("--hl-tokens", Integer.toString(exploration.computed().length()));
        for (int i = 0; i < heads.size(); i++) {
            made.get(i).show(exploration, heads.get(i));
        }
    }

    /** Those to draw; of a model with more than can be drawn at once, the layers from the selected head's on. */
    private static List<HeadId> heads(Exploration exploration, Beside beside) {
        return some(
                wanted(exploration, beside),
                exploration.headId().orElseThrow(),
                exploration.model().config().nHeads(),
                exploration.computed().length());
    }

    /**
     * As many as can be drawn at once, the layers from the selected head's on.
     *
     * @param perLayer how many heads a layer has
     * @param length T
     */
    public static List<HeadId> some(List<HeadId> wanted, HeadId head, int perLayer, long length) {
        int most = (int) Math.clamp(MOST_ENTRIES / (length * (length + 1) / 2), 1, MOST);
        int selected = Math.max(0, wanted.indexOf(head));
        int wholeLayers = most >= perLayer ? selected / perLayer * perLayer : selected;
        int first = Math.max(0, Math.min(wholeLayers, wanted.size() - most));
        return wanted.subList(first, Math.min(wanted.size(), first + most));
    }

    private static List<HeadId> wanted(Exploration exploration, Beside beside) {
        int layer = exploration.headId().orElseThrow().layer();
        return beside == Beside.SELECTED
                ? chosen(exploration.state())
                : exploration.model().transformer().heads().stream()
                        .filter(head -> beside == Beside.ALL || head.layer() == layer)
                        .toList();
    }

    /** The heads that are selected, or of which a virtual head is made. */
    private static List<HeadId> chosen(ViewState state) {
        return state.virtual().isEmpty() ? state.heads() : state.virtual();
    }

    private static String words(Exploration exploration, List<HeadId> heads, Beside beside) {
        return words(
                heads, wanted(exploration, beside).size(), exploration.state().attention());
    }

    /** What is drawn, and how many of the wanted heads. */
    public static String words(List<HeadId> heads, int wanted, AttentionState drawn) {
        String some = heads.size() < wanted
                ? "Of " + wanted + " heads " + heads.getFirst() + " to " + heads.getLast()
                        + " are drawn: select another head to go on to it. "
                : "";
        return some + "Each picture shows " + quantity(drawn.weighting()) + ", as shares of its own largest; below "
                + drawn.threshold() + " of it no line is drawn.";
    }

    private static String quantity(Weighting weighting) {
        return switch (weighting) {
            case WEIGHT -> "weights";
            case VALUE -> "weights times the size of what is moved";
            case LOGIT -> "what is added to the logit of the next token";
            case GRADIENT -> "weights times their gradient";
        };
    }

    /** A head becomes the one that the circuits are about; heads that were selected with it stay. */
    public static ViewState first(ViewState state, HeadId head) {
        if (state.virtual().contains(head)) {
            return state;
        }
        if (!state.heads().contains(head)) {
            return state.withHeads(List.of(head));
        }
        List<HeadId> heads = new ArrayList<>(state.heads());
        heads.remove(head);
        heads.addFirst(head);
        return state.withHeads(heads);
    }

    private static String label(Beside beside) {
        return switch (beside) {
            case SELECTED -> "selected heads";
            case LAYER -> "this layer";
            case ALL -> "all heads";
        };
    }

    private static String title(Beside beside) {
        return switch (beside) {
            case SELECTED -> "Those that are selected in the grid; Ctrl-click adds one";
            case LAYER -> "Every head in the layer of the selected one";
            case ALL -> "Every head of the model, as many as can be drawn at once";
        };
    }
}
