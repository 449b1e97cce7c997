package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.FactoredMatrix;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.FrozenNorm;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.ejml.data.FMatrixRMaj;

/**
 * A virtual head: heads one after another, each of which moves what the one before wrote, so that together they act as
 * one more head (Elhage et al. 2021, "A Mathematical Framework for Transformer Circuits", Virtual Attention Heads).
 *
 * @param heads the earliest first
 * @param ov W_OV1 W_OV2 …, {@code [D, D]}, factored; a norm between the heads is left out
 */
public record VirtualHead(List<HeadId> heads, FactoredMatrix ov) {

    /** Copies the list. */
    public VirtualHead {
        heads = List.copyOf(heads);
    }

    /**
     * The virtual head of two or more heads of {@code model}.
     *
     * @throws Refusal if there are fewer, if one does not exist, or if one is not in a later layer
     *     than the one before it
     */
    public static VirtualHead of(Transformer model, List<HeadId> heads) {
        if (heads.size() < 2) {
            throw new Refusal("a virtual head of " + heads + "; expected two heads or more");
        }
        FactoredMatrix ov = model.head(heads.getFirst()).ov();
        for (int i = 1; i < heads.size(); i++) {
            Composition.checkOrder(heads.get(i - 1), heads.get(i));
            ov = ov.times(model.head(heads.get(i)).ov());
        }
        return new VirtualHead(heads, ov);
    }

    /** {@code L0H1->L1H0}. */
    public String name() {
        return heads.stream().map(HeadId::toString).collect(Collectors.joining("->"));
    }

    /** The pattern from sources to destinations through all the heads: … A2 A1, {@code [T, T]}. */
    public Matrix pattern(Transformer model, Run run) {
        Matrix pattern = run.pattern(heads.getFirst());
        for (HeadId head : heads.subList(1, heads.size())) {
            FMatrixRMaj longer = new FMatrixRMaj(run.length(), run.length());
            model.products().multiply(run.pattern(head), pattern, longer);
            pattern = Matrix.of(longer);
        }
        return pattern;
    }

    /**
     * The pattern with the scales of the norms between the heads, … A2 diag(scale) A1, because the layer of each later
     * head scales what it reads, and without what edits put something else in place of; else that is {@link #pattern}.
     * {@code [T, T]}.
     */
    Matrix flow(Transformer model, Run run) {
        Matrix flow = SourceOutputs.kept(run, heads.getFirst());
        for (HeadId head : heads.subList(1, heads.size())) {
            FMatrixRMaj read = flow.copy();
            float[] scale = run.normScale(head.layer());
            for (int i = 0; i < read.data.length; i++) {
                read.data[i] *= scale[i / read.numCols];
            }
            FMatrixRMaj longer = new FMatrixRMaj(run.length(), run.length());
            model.products().multiply(SourceOutputs.kept(run, head), Matrix.of(read), longer);
            flow = Matrix.of(longer);
        }
        return flow;
    }

    /**
     * What it would write for attention 1 to each source: v_s W_O of the first head, passed through the others,
     * {@code [T, D]}.
     */
    FMatrixRMaj sourceOutputs(Transformer model, Run run) {
        FMatrixRMaj outputs = SourceOutputs.of(model, run, heads.getFirst());
        for (HeadId head : heads.subList(1, heads.size())) {
            FrozenNorm.ofAttention(model, run, head.layer()).readUnscaled(outputs);
            FactoredMatrix next = model.head(head).ov();
            FMatrixRMaj values = new FMatrixRMaj(outputs.numRows, next.inner());
            FMatrixRMaj written = new FMatrixRMaj(outputs.numRows, next.columns());
            model.products().multiply(Matrix.of(outputs), next.left(), values);
            model.products().multiply(Matrix.of(values), next.right(), written);
            outputs = written;
        }
        return outputs;
    }

    /**
     * The strongest way through the heads for an entry of the pattern, by the positions at which it goes from one head
     * to the next.
     *
     * @param positions the positions between the heads, from the destination back; one fewer than there are heads
     * @param weight the product of the attention weights along it
     */
    public record Way(List<Integer> positions, double weight) {}

    /**
     * The strongest way from a source to a destination; the sum over all ways is the pattern's entry.
     *
     * @throws Refusal naming a position that does not exist, or if the source comes after the
     *     destination
     */
    public Way strongestWay(Run run, int destination, int source) {
        Submatrix.checked(destination, run.length(), "position");
        Submatrix.checked(source, destination + 1, "source");
        int n = destination + 1;
        double[] best = new double[n]; // the strongest weight that reaches a position through the heads so far
        for (int t = source; t < n; t++) {
            best[t] = run.pattern(heads.getFirst()).get(t, source);
        }
        int[][] from = new int[heads.size()][n];
        for (int h = 1; h < heads.size(); h++) {
            Matrix pattern = run.pattern(heads.get(h));
            double[] longer = new double[n];
            for (int t = source; t < n; t++) {
                from[h][t] = source;
                for (int m = source; m <= t; m++) {
                    double weight = pattern.get(t, m) * best[m];
                    if (weight > longer[t]) {
                        longer[t] = weight;
                        from[h][t] = m;
                    }
                }
            }
            best = longer;
        }
        List<Integer> positions = new ArrayList<>();
        for (int h = heads.size() - 1, at = destination; h > 0; h--) {
            at = from[h][at];
            positions.add(at);
        }
        return new Way(List.copyOf(positions), best[destination]);
    }

    /**
     * A virtual head with one more head, and its V-composition.
     *
     * @param heads the earliest first
     * @param ratio ‖product of the OV matrices‖ / product of their norms, in [0, 1], of the added head and the rest; 0
     *     if one of them is all zeros
     */
    public record Extension(List<HeadId> heads, double ratio) {}

    /**
     * All virtual heads with one more head before or after the given heads, by V-composition, the strongest first.
     *
     * @param heads one or more, each in a later layer than the one before it
     * @throws Refusal if there are none, or if they are not heads of {@code model} in that order
     */
    public static List<Extension> extensions(Transformer model, List<HeadId> heads) {
        FactoredMatrix ov = heads.size() == 1
                ? model.head(heads.getFirst()).ov()
                : of(model, heads).ov();
        double norm = ov.frobeniusNorm();
        return model.heads().parallelStream()
                .filter(id -> id.layer() < heads.getFirst().layer()
                        || id.layer() > heads.getLast().layer())
                .map(id -> extension(model, heads, ov, norm, id))
                .sorted(Comparator.comparingDouble(Extension::ratio).reversed())
                .toList();
    }

    private static Extension extension(
            Transformer model, List<HeadId> heads, FactoredMatrix ov, double norm, HeadId id) {
        boolean before = id.layer() < heads.getFirst().layer();
        FactoredMatrix other = model.head(id).ov();
        double norms = norm * other.frobeniusNorm();
        FactoredMatrix product = before ? other.times(ov) : ov.times(other);
        List<HeadId> longer = new ArrayList<>(heads);
        longer.add(before ? 0 : heads.size(), id);
        return new Extension(List.copyOf(longer), norms == 0 ? 0 : product.frobeniusNorm() / norms);
    }

    /** Its full OV circuit, with all that the circuit of a head has. */
    public OvCircuit ovCircuit(Transformer model) {
        return OvCircuit.of(model, ov);
    }
}
