package app.headlight.web.explore.patching;

import app.headlight.engine.circuits.PairTotals;
import app.headlight.engine.circuits.Spread;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.edits.AskedEdit;
import app.headlight.web.component.Float32;
import app.headlight.web.component.Heatmap;
import app.headlight.web.explore.shown.Choice;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.view.AskedPairs;
import app.headlight.web.view.PatchState;
import app.headlight.web.view.PatchState.Direction;
import app.headlight.web.view.PatchState.Figure;
import app.headlight.web.words.Figures;
import app.headlight.web.words.TokenText;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A map of patches, as the tab of patching shows it. */
interface ShownMap {

    /** So many positions are named one by one. */
    int NAMED = 4;

    /** What a figure of one pair is. */
    String RECOVERED = "recovered";

    Exploration exploration();

    MappedPairs pairs();

    /** What was computed. */
    PairTotals found();

    /** How many places are estimated by one derivative, and how many there are. */
    Estimated estimated();

    /** Some of all places. */
    record Estimated(int some, int all) {}

    /** The rows and the columns. */
    Axes axes();

    /** What stands at the sides of a map. */
    record Axes(String what, Heatmap.Axis rows, Heatmap.Axis columns) {}

    /** The share of the difference that a cell brings; NaN where there is none. */
    Spread share(int row, int column);

    /** The program that computes the cells of one pair exactly; null: there is none. */
    @Nullable
    String program(SentencePair pair);

    /** The program that computes what is drawn; null: there is none. */
    default @Nullable String python() {
        return pairs().isSeveral() || estimated().some() > 0 ? null : program(pairs().alone());
    }

    /** What is selected; empty if there is no such cell. */
    Optional<Selected> selected();

    /**
     * The selected cell.
     *
     * @param words what its patch does
     * @param edit the patch as an edit of the run that is patched; null without such a run
     * @param head whose activation is patched; null where it is no head's
     */
    record Selected(
            String words,
            @Nullable AskedEdit edit,
            @Nullable HeadId head) {}

    private PatchState asked() {
        return exploration().state().patch();
    }

    /** Whether the second sentence is run with parts of the first one's run. */
    default boolean isDenoised() {
        return asked().direction() == Direction.DENOISE;
    }

    /** Whether there is nothing to bring back. */
    default boolean isAlike() {
        return found().differing() == 0;
    }

    /** The sentence whose values are taken. */
    default String from() {
        return isDenoised() ? exploration().state().sentence() : asked().other();
    }

    /** The picture. */
    default Heatmap.Cells cells() {
        Axes axes = axes();
        boolean several = pairs().isSeveral();
        boolean spread = several && asked().figure() == Figure.SPREAD;
        String mean = several ? "recovered, mean of " + found().differing() : RECOVERED;
        String deviation = "standard deviation over " + found().differing() + " pairs";
        Heatmap.Cells cells = new Heatmap.Cells(
                exploration().model().name() + " patching " + axes.what() + " " + Choice.name(asked().direction()),
                (spread ? "How far pairs differ in the share that " : "Share of the difference that ") + axes.what()
                        + " brings",
                axes.rows(),
                axes.columns(),
                values(axes, spread ? Spread::deviation : Spread::mean),
                spread ? "sequential" : "diverging",
                spread ? deviation : estimated().some() == 0 ? mean : mean + ", in part estimated");
        return several
                ? cells.with(List.of(
                        new Heatmap.More(
                                spread ? mean : deviation, values(axes, spread ? Spread::mean : Spread::deviation)),
                        new Heatmap.More(
                                "pairs",
                                values(axes, share -> Double.isNaN(share.mean()) ? Double.NaN : found().differing()))))
                : cells;
    }

    private String values(Axes axes, ToDoubleFunction<Spread> figure) {
        double[][] rows =
                new double[axes.rows().names().size()][axes.columns().names().size()];
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < rows[row].length; column++) {
                rows[row][column] = figure.applyAsDouble(share(row, column));
            }
        }
        return Float32.base64(rows);
    }

    /** Where the sentences differ, and what each of them expects. */
    default String words() {
        return (pairs().isSeveral() ? ofSeveral() : ofOne(pairs().alone()))
                + (exploration().state().edits().asked().isEmpty() ? "" : " Both are run without the edits above.")
                + (estimated().some() == 0
                        ? ""
                        : String.format(
                                " Of %,d places %,d are estimated by one derivative, until their exact values are there.",
                                estimated().all(), estimated().some()));
    }

    private Spread clean() {
        return isDenoised() ? found().other() : found().base();
    }

    private Spread corrupt() {
        return isDenoised() ? found().base() : found().other();
    }

    private String ofSeveral() {
        int alike = pairs().tasks().size() - found().differing();
        int wanted = asked().pairs()
                .filter(pairs -> pairs.made() != AskedPairs.Made.OWN)
                .map(AskedPairs::count)
                .orElse(0);
        String fewer = pairs().tasks().size() < wanted
                ? "This model's words make no more than " + count() + " of this kind, not " + wanted + ". "
                : "";
        return fewer + "Over " + count() + ", the logit of the answer minus that of the wrong token is " + told(clean())
                + " after the clean sentences, and " + told(corrupt()) + " after the corrupt ones."
                + (alike == 0
                        ? ""
                        : " In " + alike
                                + " of them both runs are alike, so that there is nothing to bring back; the map"
                                + " leaves them out.");
    }

    private String count() {
        int count = pairs().tasks().size();
        return count == 1 ? "one pair" : count + " pairs";
    }

    private static String told(Spread spread) {
        return Figures.signed(spread.mean())
                + (Double.isNaN(spread.deviation()) ? "" : " ± " + Figures.fixed(spread.deviation(), 2));
    }

    private String ofOne(SentencePair pair) {
        List<Integer> differing = pair.differing();
        String where = differing.isEmpty()
                ? "Both sentences have the same tokens."
                : "They differ at "
                        + differing.stream()
                                .limit(NAMED)
                                .map(t -> t + " (" + TokenText.of(exploration().label(t)) + " | "
                                        + TokenText.of(
                                                pair.other().pieces().get(t).label()) + ")")
                                .collect(Collectors.joining(", "))
                        + (differing.size() > NAMED ? " and at " + (differing.size() - NAMED) + " more." : ".");
        return where + " Logit of "
                + TokenText.of(exploration().piece(pair.metric().answer()).label()) + " minus that of "
                + TokenText.of(exploration().piece(pair.metric().wrong()).label()) + " after position "
                + pair.metric().position() + ": " + Figures.signed(clean().mean()) + " in the first, "
                + Figures.signed(corrupt().mean()) + " in the second."
                + (isAlike() ? " They are equal, so that there is nothing to bring back." : "");
    }

    /** What a patch does that makes the difference another. */
    default String moves(String what, Spread metric, Spread share) {
        if (!pairs().isSeveral()) {
            return what + ", taken from the " + (isDenoised() ? "first" : "second")
                    + " sentence, moves the difference from "
                    + Figures.signed(found().base().mean()) + " to "
                    + Figures.signed(metric.mean()) + ": " + percent(share.mean()) + " of the way to "
                    + Figures.signed(found().other().mean()) + ".";
        }
        return what + ", taken from the " + (isDenoised() ? "clean" : "corrupt")
                + " sentences, moves the difference from " + told(found().base()) + " to " + told(metric) + ", over "
                + count()
                + ": " + percent(share.mean())
                + (Double.isNaN(share.deviation()) ? "" : " ± " + percent(share.deviation())) + " of the way to "
                + told(found().other()) + ".";
    }

    private static String percent(double share) {
        return Figures.fixed(100 * share, 1) + " %";
    }
}
