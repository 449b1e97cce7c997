package app.headlight.web.view;

import app.headlight.engine.circuits.PatchingMap.By;

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
 */
public record PatchState(
        String other, String answer, String wrong, Patched site, By by, Direction direction, int row, int column) {

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

    public static final PatchState FIRST =
            new PatchState("", "", "", Patched.RESID_PRE, By.HEAD, Direction.DENOISE, ViewState.NONE, ViewState.NONE);

    /** Another second sentence, of which other tokens are asked. */
    public PatchState withOther(String other) {
        return new PatchState(other, "", "", site, by, direction, ViewState.NONE, ViewState.NONE);
    }

    public PatchState withAsked(String answer, String wrong) {
        return new PatchState(other, answer, wrong, site, by, direction, row, column);
    }

    public PatchState withSite(Patched site) {
        return new PatchState(other, answer, wrong, site, by, direction, ViewState.NONE, ViewState.NONE);
    }

    public PatchState withBy(By by) {
        return new PatchState(other, answer, wrong, site, by, direction, ViewState.NONE, ViewState.NONE);
    }

    public PatchState withDirection(Direction direction) {
        return new PatchState(other, answer, wrong, site, by, direction, row, column);
    }

    public PatchState withCell(int row, int column) {
        return new PatchState(other, answer, wrong, site, by, direction, row, column);
    }
}
