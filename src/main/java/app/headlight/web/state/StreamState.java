package app.headlight.web.state;

/**
 * The residual-stream tab: two axes of the projection and the quantity that colours the logit lens.
 *
 * <p>An axis is written as people would: {@code pc1} a principal component; {@code " cat"} the unembedding of a token;
 * {@code " cat" - " dog"} a difference of two; {@code L1H2.write1}, {@code L1H2.read1} a head's singular directions.
 */
public record StreamState(String x, String y, Lens lens) {

    public enum Lens {
        PROBABILITY,
        RANK,
        KL
    }

    public static final StreamState FIRST = new StreamState("pc1", "pc2", Lens.PROBABILITY);

    public StreamState withAxes(String x, String y) {
        return new StreamState(x, y, lens);
    }

    public StreamState withLens(Lens lens) {
        return new StreamState(x, y, lens);
    }
}
