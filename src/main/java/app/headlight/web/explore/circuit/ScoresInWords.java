package app.headlight.web.explore.circuit;

import static app.headlight.web.explore.shown.LineInWords.strong;
import static app.headlight.web.explore.shown.LineInWords.text;
import static app.headlight.web.explore.shown.LineInWords.token;

import app.headlight.engine.circuits.ScoreParts.Side;
import app.headlight.engine.circuits.ScoreParts.Split;
import app.headlight.engine.circuits.StreamWriter;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.HeadId;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.view.ReadThrough;
import app.headlight.web.words.Figures;
import com.vaadin.flow.component.Component;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the scores of a head come from, told to a newcomer. */
record ScoresInWords(Exploration exploration, HeadId head) {

    /** {@code key side through L0H0}. */
    static String through(ReadThrough through) {
        List<String> sides = new ArrayList<>();
        if (through.query() != null) {
            sides.add("query side through " + through.query());
        }
        if (through.key() != null) {
            sides.add("key side through " + through.key());
        }
        return sides.isEmpty() ? "all of the scores" : String.join(", ", sides);
    }

    /** The circuit over the whole vocabulary that belongs to it, {@code QK, keys by L0H0}. */
    static String circuit(ReadThrough through) {
        return "QK"
                + (through.queryHead() == null ? "" : ", queries by " + through.queryHead())
                + (through.keyHead() == null ? "" : ", keys by " + through.keyHead());
    }

    /** Its weights. */
    static String weights(ReadThrough through) {
        return (through.queryHead() == null ? "" : "W_OV " + through.queryHead() + " · ")
                + "W_QK"
                + (through.keyHead() == null ? "" : " · (W_OV " + through.keyHead() + ")ᵀ");
    }

    /** The score of the selected line and its largest part. */
    List<Component> line(Split split) {
        int destination = split.destination();
        int source = split.source();
        List<Component> words = new ArrayList<>();
        words.add(strong(head.toString()));
        words.add(text(" at "));
        words.add(token(exploration, destination));
        words.add(text(" gives "));
        words.add(token(exploration, source));
        words.add(text(" the score "));
        words.add(strong(figure(split.score())));
        StreamWriter query = split.largest(Side.QUERY);
        StreamWriter key = split.largest(Side.KEY);
        words.add(text(". Its key brings most of that by what "));
        words.add(written(key));
        words.add(text(" (" + figure(split.of(key, Side.KEY)) + "), its query by what "));
        words.add(written(query));
        words.add(text(" (" + figure(split.of(query, Side.QUERY)) + ")."));
        words.addAll(moved(key.head(), source, Side.KEY, destination));
        words.addAll(moved(query.head(), destination, Side.QUERY, source));
        return words;
    }

    /** What a head had moved to a position that is read there. */
    private List<Component> moved(@Nullable HeadId by, int position, Side side, int other) {
        List<Component> words = new ArrayList<>();
        if (by == null) {
            return words;
        }
        Matrix pattern = exploration.computed().pattern(by);
        int from = pattern.largestInRow(position, position + 1, 1).getFirst().index();
        words.add(text(" "));
        words.add(strong(by.toString()));
        words.add(text(" at "));
        words.add(token(exploration, position));
        words.add(text(" looks most (" + Figures.fixed(pattern.get(position, from), 2) + ") at "));
        words.add(token(exploration, from));
        words.add(text(
                from == position
                        ? ", itself."
                        : ", and so moved that token’s identity here; " + head + "’s "
                                + (side == Side.KEY ? "key" : "query") + " reads it."));
        int[] tokens = exploration.prompt().tokens();
        if (side == Side.KEY && from != position && tokens[from] == tokens[other]) {
            words.add(text(" That is the same token as "));
            words.add(token(exploration, other));
            words.add(text(", which is looking: the head finds what followed its own token earlier."));
        }
        return words;
    }

    private static Component written(StreamWriter writer) {
        return switch (writer.kind()) {
            case EMBEDDING -> text("the token itself is");
            case POSITIONS -> text("its position is");
            case BIAS -> text("the biases are");
            case HEAD, MLP -> strong(writer + " wrote");
        };
    }

    /** A score with its sign. */
    static String figure(double score) {
        return Figures.signed(score, 2);
    }
}
