package app.headlight.circuits;

import app.headlight.tensor.FactoredMatrix;
import app.headlight.transformer.HeadId;
import app.headlight.transformer.Run;
import app.headlight.transformer.Transformer;
import java.util.List;
import java.util.stream.Collectors;
import org.ejml.data.FMatrixRMaj;

/**
 * Heads one after another, each moving on what the one before wrote: together they act as one head more (Elhage et al.
 * 2021, "A Mathematical Framework for Transformer Circuits", Virtual Attention Heads).
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
     * @throws IllegalArgumentException if there are fewer, one does not exist, or one is not in a later layer than the one
     *     before it
     */
    public static VirtualHead of(Transformer model, List<HeadId> heads) {
        if (heads.size() < 2) {
            throw new IllegalArgumentException("a virtual head of " + heads + "; expected two heads or more");
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

    /** From which source, by way of all the others, a destination gets what is moved: … A2 A1, {@code [T, T]}. */
    public FMatrixRMaj pattern(Transformer model, Run run) {
        FMatrixRMaj pattern = run.pattern(heads.getFirst());
        for (HeadId head : heads.subList(1, heads.size())) {
            FMatrixRMaj longer = new FMatrixRMaj(run.length(), run.length());
            model.products().multiply(run.pattern(head), pattern, longer);
            pattern = longer;
        }
        return pattern;
    }

    /** What it writes when it attends to a token, with eigenvalues and all that the circuit of a head has. */
    public OvCircuit ovCircuit(Transformer model) {
        return OvCircuit.of(model, ov);
    }
}
