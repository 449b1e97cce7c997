package app.headlight.web.explore.patching;

import app.headlight.services.edits.AskedEdit;
import app.headlight.web.component.Heatmap;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.view.PatchState.Direction;
import app.headlight.web.words.Figures;
import app.headlight.web.words.TokenText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A map of patches, as the tab of patching shows it. */
interface ShownMap {

    /** So many positions are named one by one. */
    int NAMED = 4;

    Exploration exploration();

    SentencePair pair();

    /** The difference of the logits in the run that is patched. */
    double base();

    /** The same in the run that activations are taken from. */
    double other();

    Heatmap.Cells cells();

    /** What is selected; empty if there is no such cell. */
    Optional<Selected> selected();

    /** The selected cell: what its patch does, and the patch as an edit of the run that is patched. */
    record Selected(String words, AskedEdit edit) {}

    /** Whether the second sentence is run with parts of the first one's run. */
    default boolean isDenoised() {
        return exploration().state().patch().direction() == Direction.DENOISE;
    }

    /** The sentence whose values are taken. */
    default String from() {
        return isDenoised()
                ? exploration().state().sentence()
                : exploration().state().patch().other();
    }

    /** Where the sentences differ, and what each of them expects. */
    default String words() {
        List<Integer> differing = pair().differing();
        String where = differing.isEmpty()
                ? "Both sentences have the same tokens."
                : "They differ at "
                        + differing.stream()
                                .limit(NAMED)
                                .map(t -> t + " (" + TokenText.of(exploration().label(t)) + " | "
                                        + TokenText.of(
                                                pair().other().pieces().get(t).label()) + ")")
                                .collect(Collectors.joining(", "))
                        + (differing.size() > NAMED ? " and at " + (differing.size() - NAMED) + " more." : ".");
        double clean = isDenoised() ? other() : base();
        double corrupt = isDenoised() ? base() : other();
        return where + " Logit of "
                + TokenText.of(exploration().piece(pair().metric().answer()).label()) + " minus that of "
                + TokenText.of(exploration().piece(pair().metric().wrong()).label()) + " after position "
                + pair().metric().position() + ": " + Figures.signed(clean) + " in the first, "
                + Figures.signed(corrupt) + " in the second."
                + (clean == corrupt ? " They are equal, so that there is nothing to bring back." : "")
                + (exploration().state().edits().asked().isEmpty() ? "" : " Both are run without the edits above.");
    }

    /** What a patch does that makes the difference another. */
    default String moves(String what, double metric) {
        return what + ", taken from the " + (isDenoised() ? "first" : "second")
                + " sentence, moves the difference from " + Figures.signed(base()) + " to " + Figures.signed(metric)
                + ": " + Figures.fixed(100 * (metric - base()) / (other() - base()), 1) + " % of the way to "
                + Figures.signed(other()) + ".";
    }
}
