package app.headlight.web.explore.shown;

import app.headlight.engine.circuits.LogitEffect;
import app.headlight.engine.circuits.OvCircuit;
import app.headlight.engine.circuits.SingularDirections;
import app.headlight.engine.circuits.ValueWeighting;
import app.headlight.engine.circuits.VirtualHead;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import java.util.List;

/** A head as the panels show it: one of the model's own, or several one after another, which act as one more. */
public sealed interface ShownHead {

    /** {@code L1H3}, or {@code L0H0 → L1H3}. */
    String name();

    /** The heads of the model that it is made of, the earliest first. */
    List<HeadId> heads();

    /** {@code [T, T]}. */
    Matrix pattern(Transformer model, Run run);

    /** How large what it moves from each source is, {@code [T]}. */
    float[] sourceNorms(Transformer model, Run run);

    /** How large what it moves from each source to each destination is, {@code [T, T]}. */
    Matrix weighted(Transformer model, Run run);

    /** What each entry of the pattern adds to the next token's logit, {@code [T, T]}. */
    Matrix logitEffect(LogitEffect effect);

    /** What one entry of the pattern adds to every logit, {@code [V]}. */
    float[] logitRow(LogitEffect effect, int destination, int source);

    /** What that entry adds to the logits of all tokens on average, which {@link #logitRow} leaves out. */
    double commonLogit(LogitEffect effect, int destination, int source);

    OvCircuit ov(Transformer model);

    /** The singular directions of W_OV with {@code k} tokens at each end. */
    SingularDirections directions(Transformer model, int k);

    /** A head of the model. */
    record One(HeadId id) implements ShownHead {

        @Override
        public String name() {
            return id.toString();
        }

        @Override
        public List<HeadId> heads() {
            return List.of(id);
        }

        @Override
        public Matrix pattern(Transformer model, Run run) {
            return run.pattern(id);
        }

        @Override
        public float[] sourceNorms(Transformer model, Run run) {
            return ValueWeighting.of(model, run, id).sourceNorms();
        }

        @Override
        public Matrix weighted(Transformer model, Run run) {
            return ValueWeighting.of(model, run, id).pattern();
        }

        @Override
        public Matrix logitEffect(LogitEffect effect) {
            return effect.of(id);
        }

        @Override
        public float[] logitRow(LogitEffect effect, int destination, int source) {
            return effect.row(id, destination, source);
        }

        @Override
        public double commonLogit(LogitEffect effect, int destination, int source) {
            return effect.common(id, destination, source);
        }

        @Override
        public OvCircuit ov(Transformer model) {
            return OvCircuit.of(model, id);
        }

        @Override
        public SingularDirections directions(Transformer model, int k) {
            return SingularDirections.ofOv(model, id, k);
        }
    }

    /** Several heads one after another. */
    record Virtual(VirtualHead head) implements ShownHead {

        /** The one of its ways from a source to a destination that carries most. */
        public VirtualHead.Way strongestWay(Exploration exploration, int destination, int source) {
            return exploration.ofRun(
                    "strongest way",
                    List.of(name(), destination, source),
                    run -> head.strongestWay(run, destination, source));
        }

        @Override
        public String name() {
            return head.name().replace("->", " → ");
        }

        @Override
        public List<HeadId> heads() {
            return head.heads();
        }

        @Override
        public Matrix pattern(Transformer model, Run run) {
            return head.pattern(model, run);
        }

        @Override
        public float[] sourceNorms(Transformer model, Run run) {
            return ValueWeighting.of(model, run, head).sourceNorms();
        }

        @Override
        public Matrix weighted(Transformer model, Run run) {
            return ValueWeighting.of(model, run, head).pattern();
        }

        @Override
        public Matrix logitEffect(LogitEffect effect) {
            return effect.of(head);
        }

        @Override
        public float[] logitRow(LogitEffect effect, int destination, int source) {
            return effect.row(head, destination, source);
        }

        @Override
        public double commonLogit(LogitEffect effect, int destination, int source) {
            return effect.common(head, destination, source);
        }

        @Override
        public OvCircuit ov(Transformer model) {
            return head.ovCircuit(model);
        }

        @Override
        public SingularDirections directions(Transformer model, int k) {
            return SingularDirections.ofOv(model, head, k);
        }
    }
}
