package app.headlight.web.explore.patching;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.residual.LogitLens.TokenProbability;
import app.headlight.engine.residual.Prediction;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.text.Piece;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import app.headlight.services.edits.AskedEdit;
import app.headlight.services.edits.EditList;
import app.headlight.web.component.FigureTable;
import app.headlight.web.component.FigureTable.Column;
import app.headlight.web.component.FigureTable.Kind;
import app.headlight.web.component.Float32;
import app.headlight.web.component.Heatmap;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.words.Figures;
import app.headlight.web.words.TokenText;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The selected patch: what the model expects, and where a head looks, in both runs and in the patched one. */
class PatchedCell extends Div {

    private static final int LIKELIEST = 4;

    private final Paragraph words = new Paragraph();
    private final FigureTable prediction = new FigureTable();
    private final Div patterns = new Div();
    private final List<Heatmap> pictures = List.of(new Heatmap(), new Heatmap(), new Heatmap(), new Heatmap());

    PatchedCell() {
        addClassName("hl-patched-cell");
        words.setId("patched-words");
        prediction.setId("patched-prediction");
        patterns.addClassName("hl-patched-patterns");
        for (int i = 0; i < pictures.size(); i++) {
            pictures.get(i).setId("patched-pattern-" + i);
            patterns.add(pictures.get(i));
        }
        add(words, prediction, patterns);
    }

    /**
     * The three runs.
     *
     * @param patched the one of {@code clean} and {@code corrupt} that is patched, with the patch
     * @param denoise whether that is the corrupt one
     * @param head whose pattern is shown
     */
    private record Runs(Exploration exploration, SentencePair pair, Run patched, boolean denoise, HeadId head) {

        Run base() {
            return denoise ? pair.corrupt() : pair.clean();
        }

        List<Piece> pieces() {
            return denoise ? pair.other().pieces() : exploration.prompt().pieces();
        }

        String baseName() {
            return denoise ? "second" : "first";
        }

        int position() {
            return pair.metric().position();
        }

        Prediction of(Run run) {
            return Prediction.at(run, position());
        }
    }

    /**
     * Shows a patch of the sentences of Explore.
     *
     * @param denoise whether the second sentence is patched
     */
    void show(Exploration exploration, SentencePair pair, AskedEdit edit, HeadId head, boolean denoise) {
        int[] tokens = (denoise ? pair.corrupt() : pair.clean()).tokens();
        Runs runs;
        try {
            EditList edits = EditList.of(exploration.lab(), exploration.model(), tokens, List.of(edit));
            runs = new Runs(
                    exploration,
                    pair,
                    exploration.lab().run(exploration.model(), tokens, edits.edits()),
                    denoise,
                    head);
        } catch (Refusal refused) {
            words.setText(refused.getMessage());
            prediction.setVisible(false);
            patterns.setVisible(false);
            return;
        }
        prediction.setVisible(true);
        patterns.setVisible(true);
        words.setText(words(runs));
        List<Object> key =
                List.of(exploration.sentenceKey(), exploration.state().patch(), pair.metric(), head, edit);
        prediction.show(key, () -> prediction(runs));
        draw(
                0,
                key,
                runs,
                "in the first sentence",
                pair.clean(),
                exploration.prompt().pieces());
        draw(1, key, runs, "in the second", pair.corrupt(), pair.other().pieces());
        draw(2, key, runs, "patched", runs.patched(), runs.pieces());
        Matrix change = runs.patched().pattern(head).minus(runs.base().pattern(head));
        pictures.get(3)
                .show(key, () -> cells(runs, "patched minus the " + runs.baseName(), change, runs.pieces(), true));
    }

    private void draw(int at, Object key, Runs runs, String which, Run run, List<Piece> pieces) {
        pictures.get(at).show(key, () -> cells(runs, which, run.pattern(runs.head()), pieces, false));
    }

    private static Heatmap.Cells cells(Runs runs, String which, Matrix pattern, List<Piece> pieces, boolean signed) {
        double[][] rows = new double[pattern.rows()][pattern.columns()];
        int window = runs.exploration().model().config().window(runs.head().layer());
        for (int t = 0; t < rows.length; t++) {
            for (int s = 0; s < rows.length; s++) {
                rows[t][s] = s <= t && t - s < window ? pattern.get(t, s) : Double.NaN;
            }
        }
        return new Heatmap.Cells(
                runs.exploration().model().name() + " " + runs.head() + " " + which,
                runs.head() + " " + which,
                Heatmap.Axis.sentence("destination", pieces),
                Heatmap.Axis.sentence("source", pieces),
                Float32.base64(rows),
                signed ? "diverging" : "sequential",
                signed ? "change" : "weight");
    }

    private static String words(Runs runs) {
        Exploration exploration = runs.exploration();
        int answer = runs.pair().metric().answer();
        int at = runs.position();
        Matrix clean = runs.pair().clean().pattern(runs.head());
        int source = clean.largestInRow(at, at + 1, 1).getFirst().index();
        return "After position " + at + " "
                + TokenText.of(exploration.piece(answer).label()) + " has "
                + percent(runs.of(runs.pair().clean()).probability(answer)) + " in the first sentence, "
                + percent(runs.of(runs.pair().corrupt()).probability(answer)) + " in the second, and "
                + percent(runs.of(runs.patched()).probability(answer)) + " in the " + runs.baseName()
                + " one patched. From there " + runs.head() + " looks most at " + exploration.placed(source)
                + " in the first, with weight " + weight(clean, at, source) + "; at that place with "
                + weight(runs.pair().corrupt().pattern(runs.head()), at, source) + " in the second, and "
                + weight(runs.patched().pattern(runs.head()), at, source) + " patched.";
    }

    private static String weight(Matrix pattern, int destination, int source) {
        return Figures.fixed(pattern.get(destination, source), 2);
    }

    private static String percent(double share) {
        return Figures.fixed(100 * share, 1) + " %";
    }

    /** The answer, the wrong token, and what each run expects most. */
    private static FigureTable.Figures prediction(Runs runs) {
        Set<Integer> tokens = new LinkedHashSet<>(
                List.of(runs.pair().metric().answer(), runs.pair().metric().wrong()));
        Stream.of(runs.pair().clean(), runs.pair().corrupt(), runs.patched())
                .flatMap(run -> runs.of(run).likeliest(LIKELIEST).stream())
                .map(TokenProbability::token)
                .forEach(tokens::add);
        List<FigureTable.Row> rows = new ArrayList<>();
        for (int token : tokens) {
            double patched = runs.of(runs.patched()).probability(token);
            rows.add(new FigureTable.Row(
                    Integer.toString(token),
                    List.of(
                            runs.exploration().piece(token).label(),
                            runs.of(runs.pair().clean()).probability(token),
                            runs.of(runs.pair().corrupt()).probability(token),
                            patched,
                            100 * (patched - runs.of(runs.base()).probability(token))),
                    null));
        }
        return new FigureTable.Figures(
                runs.exploration().model().name() + " predictions with a patch",
                List.of(
                        new Column("next token", Kind.TOKENS, "After position " + runs.position()),
                        new Column("first", Kind.SHARE, "Its probability in the first sentence"),
                        new Column("second", Kind.SHARE, "Its probability in the second sentence"),
                        new Column(
                                "patched", Kind.SHARE, "Its probability in the " + runs.baseName() + " one, patched"),
                        new Column("change", Kind.SIGNED, "Patched minus the same sentence without, in per cent")),
                rows,
                "",
                "");
    }
}
