package app.headlight.web.view;

/**
 * The state of the tab of the residual stream: which of its pictures, two axes of the projection, and the quantity that
 * colours the logit lens.
 *
 * <p>An axis is written like this: {@code pc1} a principal component; {@code " cat"} the unembedding of a token;
 * {@code " cat" - " dog"} a difference of two; {@code L1H2.write1}, {@code L1H2.read1} a head's singular directions.
 */
public record StreamState(Picture picture, String x, String y, Lens lens) {

    /** The pictures: the paths of the tokens with the logit lens; bandwidth; which heads delete. */
    public enum Picture {
        PATHS,
        BANDWIDTH,
        DELETION
    }

    /** What the cells of the logit lens show. */
    public enum Lens {
        PROBABILITY,
        RANK,
        KL
    }

    public static final StreamState FIRST = new StreamState(Picture.PATHS, "pc1", "pc2", Lens.PROBABILITY);

    public StreamState withPicture(Picture picture) {
        return new StreamState(picture, x, y, lens);
    }

    public StreamState withAxes(String x, String y) {
        return new StreamState(picture, x, y, lens);
    }

    public StreamState withLens(Lens lens) {
        return new StreamState(picture, x, y, lens);
    }
}
