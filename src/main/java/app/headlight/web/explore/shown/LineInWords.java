package app.headlight.web.explore.shown;

import app.headlight.engine.circuits.VirtualHead;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.TopK;
import app.headlight.engine.tensor.Vector;
import app.headlight.web.component.Term;
import app.headlight.web.words.Figures;
import app.headlight.web.words.TokenText;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlComponent;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Span;
import java.util.ArrayList;
import java.util.List;

/** A line of attention, told to a newcomer. */
public record LineInWords(Exploration exploration) {

    private static final int NAMED = 3;

    /** @param change of every token's logit that the line makes, [V] */
    public List<Component> line(ShownHead head, Vector change) {
        int t = exploration.state().destination();
        int s = exploration.state().source();
        List<Component> words = new ArrayList<>();
        words.add(strong(head.name()));
        switch (head) {
            case ShownHead.One one -> {
                words.add(text(" lets "));
                words.add(token(exploration, t));
                words.add(text(" look at "));
                words.add(token(exploration, s));
                words.add(text(" with "));
                words.add(new Term("weight", "weight"));
                words.add(text(" "));
                words.add(weight(one, t, s));
                words.add(text(relation(t, s)));
            }
            case ShownHead.Virtual virtual -> {
                words.add(text(" brings "));
                words.add(token(exploration, t));
                words.add(text(" what stands at "));
                words.add(token(exploration, s));
                words.add(text(" with "));
                words.add(new Term("weight", "weight"));
                words.add(text(" "));
                words.add(weight(virtual, t, s));
                words.add(text(", most of it by way of "));
                VirtualHead.Way way = virtual.strongestWay(exploration, t, s);
                for (int i = 0; i < way.positions().size(); i++) {
                    words.add(text(i == 0 ? "" : ", then "));
                    words.add(token(exploration, way.positions().get(i)));
                }
            }
        }
        if (change.largest(1).getFirst().value() == 0) {
            words.add(text(". It adds nothing to any logit."));
            return words;
        }
        words.add(text(". It pushes the prediction toward "));
        words.add(token(exploration.piece(change.largest(1).getFirst().index()).label()));
        words.add(text("."));
        return words;
    }

    private Component weight(ShownHead head, int t, int s) {
        return strong(Figures.fixed(exploration.pattern(head).get(t, s), 2));
    }

    /** A destination without a line: where the head looks from there, or what a model without heads does. */
    public List<Component> destinationAlone() {
        int t = exploration.state().destination();
        List<Component> words = new ArrayList<>();
        if (exploration.shownHead().isEmpty()) {
            words.add(text("This model has no heads: what it expects after "));
            words.add(token(exploration, t));
            words.add(text(" depends on that token alone, by the direct path from embedding to unembedding."));
            return words;
        }
        ShownHead head = exploration.shownHead().orElseThrow();
        words.add(strong(head.name()));
        words.add(text(" at "));
        words.add(token(exploration, t));
        words.add(text(" looks most at "));
        Matrix pattern = exploration.pattern(head);
        boolean first = true;
        for (TopK.Entry source : pattern.largestInRow(t, t + 1, NAMED)) {
            words.add(text(first ? "" : ", "));
            words.add(token(exploration, source.index()));
            words.add(text(" " + Figures.fixed(source.value(), 2)));
            first = false;
        }
        words.add(text("."));
        return words;
    }

    /** How source and destination stand to each other, where that tells something. */
    private String relation(int t, int s) {
        return relation(exploration.prompt().tokens(), exploration.label(t), t, s);
    }

    /**
     * The same of any tokens.
     *
     * @param tokens by which the same token is known again
     * @param label of the destination
     */
    public static String relation(int[] tokens, String label, int t, int s) {
        if (s == t) {
            return ", itself";
        }
        if (s > 0 && s < t && tokens[s - 1] == tokens[t]) {
            return ": the token that followed the earlier " + TokenText.of(label);
        }
        if (tokens[s] == tokens[t]) {
            return s < t ? ": the same token, earlier" : ": the same token, later";
        }
        if (Math.abs(s - t) == 1) {
            return s < t ? ": the token just before" : ": the token just after";
        }
        return s == 0 ? ": the first token" : "";
    }

    /** A token with its position. */
    public static Component token(Exploration exploration, int position) {
        return token(exploration.label(position), position);
    }

    /** The same of any token. */
    public static Component token(String label, int position) {
        Span token = token(label);
        Span index = new Span("(" + position + ")");
        index.addClassName("hl-position");
        token.add(index);
        return token;
    }

    /** A token by itself; where it is cut, all of it is in the tooltip. */
    public static Span token(String label) {
        String shown = TokenText.elided(label);
        HtmlComponent own = new HtmlComponent("bdi");
        own.getElement().setText(shown);
        Span token = new Span(own);
        token.addClassName("hl-token");
        if (!shown.equals(label)) {
            token.setTitle(label);
        }
        return token;
    }

    public static Component text(String text) {
        return new Text(text);
    }

    public static Component strong(String text) {
        Span strong = new Span(text);
        strong.addClassName("hl-strong");
        return strong;
    }
}
