package app.headlight.web.component;

import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import java.util.List;

/** One head's computation at one destination as one drawn circuit, step by step. */
@Tag("headlight-circuit-diagram")
@JsModule("./circuit-diagram/circuit-diagram.ts")
public class CircuitDiagram extends LitComponent<CircuitDiagram.Circuit> {

    /**
     * The computation of one head at one destination.
     *
     * @param sources all of them or the strongest; those that are missing count among "others"
     * @param dHead numbers of a query, a key and a value
     * @param divisor what q · k is divided by, such as √16
     * @param cap of the scores; empty if there is none
     * @param turned whether queries and keys are turned by their positions
     * @param mlp whether an MLP writes to the stream after the heads
     */
    public record Circuit(
            String name,
            String head,
            Token destination,
            List<Source> sources,
            Vectors vectors,
            int dHead,
            String divisor,
            String cap,
            boolean turned,
            boolean mlp) {}

    /**
     * A token of the sentence.
     *
     * @param index its position
     */
    public record Token(int index, String label, int id) {}

    /**
     * One source with its score and weight.
     *
     * @param score q · k / the divisor, capped if the model does that
     * @param weight the pattern's entry
     */
    public record Source(int index, String label, int id, double score, double weight) {}

    /**
     * The vectors of the computation.
     *
     * @param x what the head reads at the destination, [dModel]
     * @param k [sources, dHead], in the order of the sources
     * @param v likewise
     * @param z the sum of the values by their weights, [dHead]
     * @param result what the head writes, [dModel]
     * @param before the stream before the layer, [dModel]
     * @param after the stream after this head's result, or after the whole layer, is added, [dModel]
     */
    public record Vectors(
            float[] x, float[] q, float[][] k, float[][] v, float[] z, float[] result, float[] before, float[] after) {}
}
