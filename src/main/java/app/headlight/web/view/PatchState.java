package app.headlight.web.view;

import app.headlight.engine.circuits.PatchingMap.By;
import java.util.Optional;

/**
 * The state of the tab of patching.
 *
 * @param other the second sentence; empty: none
 * @param answer the token whose logit counts, as it is written; empty: what the model expects after the first sentence
 * @param wrong the token whose logit is subtracted; empty: what the model expects after the other
 * @param site what is patched
 * @param by the axes of a map of what each head has; of anything else it is by position
 * @param direction which run is patched
 * @param row of the map that is selected; {@link ViewState#NONE}: none
 * @param column likewise
 * @param pairs several pairs, whose maps are shown together; empty: the two sentences alone
 * @param figure of several pairs, what the map shows
 */
public record PatchState(
        String other,
        String answer,
        String wrong,
        Patched site,
        By by,
        Direction direction,
        int row,
        int column,
        Optional<AskedPairs> pairs,
        Figure figure) {

    /** What can be patched, by the names of its sites. */
    public enum Patched {
        RESID_PRE,
        ATTN_OUT,
        MLP_OUT,
        RESULT,
        Q,
        K,
        V,
        PATTERN,
        /** What one writer of the stream writes, as one reader reads it. */
        EDGE
    }

    /** Which run is patched. */
    public enum Direction {
        /** That of the other sentence, with what the first has there. */
        DENOISE,
        /** That of the first sentence, with what the other has there. */
        NOISE
    }

    /** What a map of several pairs shows. */
    public enum Figure {
        /** The mean over the pairs. */
        MEAN,
        /** The standard deviation over them. */
        SPREAD
    }

    public static final PatchState FIRST = new PatchState(
            "",
            "",
            "",
            Patched.RESID_PRE,
            By.HEAD,
            Direction.DENOISE,
            ViewState.NONE,
            ViewState.NONE,
            Optional.empty(),
            Figure.MEAN);

    /** Another second sentence, of which other tokens are asked; an edge stays selected, since it is in no sentence. */
    public PatchState withOther(String other) {
        return new PatchState(other, "", "", site, by, direction, row, column, pairs, figure)
                .kept(site == Patched.EDGE);
    }

    public PatchState withAsked(String answer, String wrong) {
        return new PatchState(other, answer, wrong, site, by, direction, row, column, pairs, figure);
    }

    public PatchState withSite(Patched site) {
        return new PatchState(other, answer, wrong, site, by, direction, row, column, pairs, figure).kept(false);
    }

    public PatchState withBy(By by) {
        return new PatchState(other, answer, wrong, site, by, direction, row, column, pairs, figure).kept(false);
    }

    public PatchState withDirection(Direction direction) {
        return new PatchState(other, answer, wrong, site, by, direction, row, column, pairs, figure);
    }

    public PatchState withCell(int row, int column) {
        return new PatchState(other, answer, wrong, site, by, direction, row, column, pairs, figure);
    }

    /** @param pairs empty: the two sentences alone */
    public PatchState withPairs(Optional<AskedPairs> pairs) {
        return new PatchState(other, answer, wrong, site, by, direction, row, column, pairs, figure);
    }

    public PatchState withFigure(Figure figure) {
        return new PatchState(other, answer, wrong, site, by, direction, row, column, pairs, figure);
    }

    /** @param cell whether the selected cell stays selected */
    private PatchState kept(boolean cell) {
        return cell ? this : withCell(ViewState.NONE, ViewState.NONE);
    }
}
