package app.headlight.web.view;

import app.headlight.engine.transformer.HeadId;
import java.util.List;

/**
 * The state of Explore: everything that its pictures depend on.
 *
 * @param model the stored model's name; empty: the first one
 * @param step after which step of the model's training; {@link #NONE}: the finished model; {@link #NEWEST}
 * @param weights which weights the address was made with, as {@link app.headlight.services.lab.WeightsMark} names them; empty: any
 * @param sentence the text, as typed
 * @param heads the heads shown, the first being the one that the circuits are about; empty: the view chooses
 * @param virtual heads that are shown as one virtual head in place of those, the earliest first; empty: none
 * @param destination the selected destination position, {@link #UNSET}: the view chooses, {@link #NONE}: none
 * @param source the selected source position, likewise
 * @param attention how the attention panel draws
 * @param circuit what the tabs below show
 * @param stream the axes and the quantity of the residual-stream tab
 * @param edits what is edited in the run
 * @param patch what the tab of patching shows
 */
public record ViewState(
        String model,
        long step,
        String weights,
        String sentence,
        List<HeadId> heads,
        List<HeadId> virtual,
        int destination,
        int source,
        AttentionState attention,
        CircuitState circuit,
        StreamState stream,
        EditState edits,
        PatchState patch) {

    /** A position that the address does not give, so the view chooses. */
    public static final int UNSET = -2;
    /** No position selected. */
    public static final int NONE = -1;
    /** In place of a step: the newest step of a running training. */
    public static final long NEWEST = -2;

    /** The sentence of the first visit: at its end an induction head looks back to what followed "Aunt" before. */
    public static final String FIRST_SENTENCE = "Uncle Henry and Aunt Mary came home. Then Uncle Henry and Aunt";

    public static final ViewState FIRST = new ViewState(
            "",
            NONE,
            "",
            FIRST_SENTENCE,
            List.of(),
            List.of(),
            UNSET,
            UNSET,
            AttentionState.FIRST,
            CircuitState.FIRST,
            StreamState.FIRST,
            EditState.NONE,
            PatchState.FIRST);

    public ViewState {
        heads = List.copyOf(heads);
        virtual = List.copyOf(virtual);
    }

    /** Another model on the same sentence, without edits; what was selected is left to the view, since the heads differ. */
    public ViewState withModel(String model) {
        return new ViewState(
                model,
                NONE,
                "",
                sentence,
                List.of(),
                List.of(),
                UNSET,
                UNSET,
                attention,
                circuit.withoutThrough().withoutSelection(),
                stream,
                EditState.NONE,
                patch);
    }

    /** The same model earlier or later in its training; whatever is selected stays. */
    public ViewState withStep(long step) {
        return new ViewState(
                model,
                step,
                "",
                sentence,
                heads,
                virtual,
                destination,
                source,
                attention,
                circuit,
                stream,
                edits,
                patch);
    }

    /** With whatever weights are stored now. */
    public ViewState withPresentWeights() {
        return new ViewState(
                model,
                step,
                "",
                sentence,
                heads,
                virtual,
                destination,
                source,
                attention,
                circuit,
                stream,
                edits,
                patch);
    }

    /** Another sentence for the same heads; the selected tokens are left to the view. */
    public ViewState withSentence(String sentence) {
        return new ViewState(
                model,
                step,
                weights,
                sentence,
                heads,
                virtual,
                UNSET,
                UNSET,
                attention,
                circuit.withoutSelection(),
                stream,
                edits,
                patch);
    }

    /** Heads by themselves, no virtual one. */
    public ViewState withHeads(List<HeadId> heads) {
        return new ViewState(
                model,
                step,
                weights,
                sentence,
                heads,
                List.of(),
                destination,
                source,
                attention,
                (heads.isEmpty() ? circuit : circuit.forLayer(heads.getFirst().layer())).withSingular(NONE),
                stream,
                edits,
                patch);
    }

    /** Several heads as one; none: the heads by themselves again. */
    public ViewState withVirtual(List<HeadId> virtual) {
        return new ViewState(
                model,
                step,
                weights,
                sentence,
                heads,
                virtual,
                destination,
                source,
                attention,
                circuit.withoutThrough().withSingular(NONE),
                stream,
                edits,
                patch);
    }

    /** Another line; the token that the vocabulary tables are about follows it again. */
    public ViewState withLine(int destination, int source) {
        return new ViewState(
                model,
                step,
                weights,
                sentence,
                heads,
                virtual,
                destination,
                source,
                attention,
                circuit.withToken(NONE),
                stream,
                edits,
                patch);
    }

    public ViewState withAttention(AttentionState attention) {
        return new ViewState(
                model,
                step,
                weights,
                sentence,
                heads,
                virtual,
                destination,
                source,
                attention,
                circuit,
                stream,
                edits,
                patch);
    }

    public ViewState withCircuit(CircuitState circuit) {
        return new ViewState(
                model,
                step,
                weights,
                sentence,
                heads,
                virtual,
                destination,
                source,
                attention,
                circuit,
                stream,
                edits,
                patch);
    }

    public ViewState withStream(StreamState stream) {
        return new ViewState(
                model,
                step,
                weights,
                sentence,
                heads,
                virtual,
                destination,
                source,
                attention,
                circuit,
                stream,
                edits,
                patch);
    }

    public ViewState withEdits(EditState edits) {
        return new ViewState(
                model,
                step,
                weights,
                sentence,
                heads,
                virtual,
                destination,
                source,
                attention,
                circuit,
                stream,
                edits,
                patch);
    }

    public ViewState withPatch(PatchState patch) {
        return new ViewState(
                model,
                step,
                weights,
                sentence,
                heads,
                virtual,
                destination,
                source,
                attention,
                circuit,
                stream,
                edits,
                patch);
    }
}
