package app.headlight.web.view;

import app.headlight.engine.transformer.Continuation;
import app.headlight.engine.transformer.HeadId;
import java.util.List;

/**
 * The state of Explore: everything that its pictures depend on.
 *
 * @param of which weights
 * @param text what the model reads
 * @param selected the heads and tokens that are selected
 * @param attention how the attention panel draws
 * @param circuit what the tabs below show
 * @param stream the axes and the quantity of the residual-stream tab
 * @param edits what is edited in the run
 * @param patch what the tab of patching shows
 * @param sentences what the tab over many sentences shows
 */
public record ViewState(
        ModelState of,
        TextState text,
        SelectionState selected,
        AttentionState attention,
        CircuitState circuit,
        StreamState stream,
        EditState edits,
        PatchState patch,
        SentencesState sentences) {

    /** A position that the address does not give, so the view chooses. */
    public static final int UNSET = -2;
    /** No position selected. */
    public static final int NONE = -1;
    /** In place of a step: the newest step of a running training. */
    public static final long NEWEST = -2;

    /** The sentence of the first visit: at its end an induction head looks back to what followed "Aunt" before. */
    public static final String FIRST_SENTENCE = "Uncle Henry and Aunt Mary came home. Then Uncle Henry and Aunt";

    public static final ViewState FIRST = new ViewState(
            ModelState.FIRST,
            TextState.FIRST,
            SelectionState.FIRST,
            AttentionState.FIRST,
            CircuitState.FIRST,
            StreamState.FIRST,
            EditState.NONE,
            PatchState.FIRST,
            SentencesState.FIRST);

    /** The stored model's name; empty: the first one. */
    public String model() {
        return of.name();
    }

    /** After which step of the model's training. */
    public long step() {
        return of.step();
    }

    /** Which weights the address was made with; empty: any. */
    public String weights() {
        return of.weights();
    }

    /** The text, as typed. */
    public String sentence() {
        return text.sentence();
    }

    /** The model's own tokens after it. */
    public Continuation continuation() {
        return text.continuation();
    }

    /** The heads shown, the first being the one that the circuits are about; empty: the view chooses. */
    public List<HeadId> heads() {
        return selected.heads();
    }

    /** The heads that are shown as one; empty: none. */
    public List<HeadId> virtual() {
        return selected.virtual();
    }

    /** The selected destination position, {@link #UNSET} or {@link #NONE}. */
    public int destination() {
        return selected.destination();
    }

    /** The selected source position, likewise. */
    public int source() {
        return selected.source();
    }

    /** Another model on the same sentence, without edits; what was selected is left to the view, since the heads differ. */
    public ViewState withModel(String model) {
        return new ViewState(
                new ModelState(model, NONE, ""),
                text,
                SelectionState.FIRST,
                attention.forOtherTokens(),
                circuit.withoutThrough().withoutSelection(),
                stream,
                EditState.NONE,
                patch,
                sentences);
    }

    /** The same model earlier or later in its training; whatever is selected stays. */
    public ViewState withStep(long step) {
        return withWeights(new ModelState(model(), step, ""));
    }

    /** With whatever weights are stored now. */
    public ViewState withPresentWeights() {
        return withWeights(new ModelState(model(), step(), ""));
    }

    private ViewState withWeights(ModelState of) {
        return new ViewState(of, text, selected, attention, circuit, stream, edits, patch, sentences);
    }

    /** Another sentence for the same heads; the selected tokens are left to the view. */
    public ViewState withSentence(String sentence) {
        return withText(new TextState(sentence, Continuation.NONE), attention.forOtherTokens());
    }

    /** The same sentence with other tokens of the model's after it; the selected tokens are left to the view. */
    public ViewState withContinuation(Continuation continuation) {
        return withText(new TextState(sentence(), continuation), attention);
    }

    private ViewState withText(TextState text, AttentionState attention) {
        SelectionState unset = selected.withLine(UNSET, UNSET);
        return new ViewState(of, text, unset, attention, circuit.withoutSelection(), stream, edits, patch, sentences);
    }

    /** Heads by themselves, no virtual one. */
    public ViewState withHeads(List<HeadId> heads) {
        CircuitState ofLayer =
                heads.isEmpty() ? circuit : circuit.forLayer(heads.getFirst().layer());
        return withSelected(new SelectionState(heads, List.of(), destination(), source()), ofLayer.withSingular(NONE));
    }

    /** Several heads as one; none: the heads by themselves again. */
    public ViewState withVirtual(List<HeadId> virtual) {
        return withSelected(
                new SelectionState(heads(), virtual, destination(), source()),
                circuit.withoutThrough().withSingular(NONE));
    }

    /** Another line; the token that the vocabulary tables are about follows it again. */
    public ViewState withLine(int destination, int source) {
        return withSelected(selected.withLine(destination, source), circuit.withToken(NONE));
    }

    private ViewState withSelected(SelectionState selected, CircuitState circuit) {
        return new ViewState(of, text, selected, attention, circuit, stream, edits, patch, sentences);
    }

    public ViewState withAttention(AttentionState attention) {
        return new ViewState(of, text, selected, attention, circuit, stream, edits, patch, sentences);
    }

    public ViewState withCircuit(CircuitState circuit) {
        return new ViewState(of, text, selected, attention, circuit, stream, edits, patch, sentences);
    }

    public ViewState withStream(StreamState stream) {
        return new ViewState(of, text, selected, attention, circuit, stream, edits, patch, sentences);
    }

    public ViewState withEdits(EditState edits) {
        return new ViewState(of, text, selected, attention, circuit, stream, edits, patch, sentences);
    }

    public ViewState withPatch(PatchState patch) {
        return new ViewState(of, text, selected, attention, circuit, stream, edits, patch, sentences);
    }

    public ViewState withSentences(SentencesState sentences) {
        return new ViewState(of, text, selected, attention, circuit, stream, edits, patch, sentences);
    }
}
