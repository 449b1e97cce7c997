package app.headlight.web.explore.shown;

import app.headlight.engine.circuits.DetectorScores;
import app.headlight.engine.circuits.LogitEffect;
import app.headlight.engine.circuits.ScoreParts;
import app.headlight.engine.circuits.VirtualHead;
import app.headlight.engine.residual.LogitLens.TokenProbability;
import app.headlight.engine.residual.Stage;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.text.Piece;
import app.headlight.engine.training.TrainingLog;
import app.headlight.engine.transformer.Head;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import app.headlight.services.lab.HeadScores;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.lab.Measurement;
import app.headlight.services.lab.RunRef;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.Prompt;
import app.headlight.web.component.TokenLabel;
import app.headlight.web.component.TokenStrip.Guess;
import app.headlight.web.python.PythonModel;
import app.headlight.web.python.PythonRun;
import app.headlight.web.view.EditState;
import app.headlight.web.view.ViewState;
import app.headlight.web.words.TokenText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A view state that has been fitted to its model and computed.
 *
 * @param runs with and without edits; null where there is no token to run on
 * @param state the state with everything chosen that the address left open
 * @param training how the model was trained; null where nothing is recorded of that
 * @param notices what the user should know: what had to be changed, and why
 * @param lab where more is measured
 */
public record Exploration(
        OpenModel model,
        Prompt prompt,
        @Nullable EditedRun runs,
        ViewState state,
        @Nullable TrainingLog training,
        List<String> notices,
        Laboratory lab) {

    public Exploration {
        notices = List.copyOf(notices);
    }

    public boolean isEmpty() {
        return runs == null;
    }

    /** The runs with and without edits; only where there is a token to run on. */
    public EditedRun runsOfSentence() {
        if (runs == null) {
            throw new IllegalStateException("there is no token to run on");
        }
        return runs;
    }

    /** The run that is shown, with edits or without; only where there is a token to run on. */
    public Run computed() {
        return runsOfSentence().shown();
    }

    /** Whether pictures show how the run with edits differs from that without. */
    public boolean isDifference() {
        return runs != null && state.edits().shown() == EditState.Shown.DIFFERENCE;
    }

    /** The same exploration as if the run without edits were shown. */
    public Exploration withoutEdits() {
        return showing(EditState.Shown.WITHOUT);
    }

    /** The same exploration as if the run with edits were shown. */
    public Exploration withEdits() {
        return showing(EditState.Shown.WITH);
    }

    private Exploration showing(EditState.Shown shown) {
        return runs == null || state.edits().asked().isEmpty()
                ? this
                : new Exploration(
                        model,
                        prompt,
                        runs.showing(shown),
                        state.withEdits(state.edits().withShown(shown)),
                        training,
                        notices,
                        lab);
    }

    /** The same exploration as if one head were selected. */
    public Exploration ofHead(HeadId head) {
        return new Exploration(model, prompt, runs, state.withHeads(List.of(head)), training, notices, lab);
    }

    /** What every picture of this sentence depends on. */
    public List<Object> sentenceKey() {
        return List.of(model.ref(), prompt, state.edits());
    }

    /**
     * Something of this run, measured once whoever asks.
     *
     * @param how all that it depends on beside the run
     */
    public <V> V ofRun(String what, List<?> how, Function<Run, V> work) {
        Run run = computed();
        return lab.get(
                Measurement.quick(RunRef.of(model.ref(), run.tokens(), run.edits()), what, how, () -> work.apply(run)));
    }

    /**
     * Something of the weights alone, measured once whoever asks.
     *
     * @param how all that it depends on beside the weights
     */
    public <V> V ofModel(String what, List<?> how, Function<Transformer, V> work) {
        return lab.get(Measurement.quick(model.ref(), what, how, () -> work.apply(model.transformer())));
    }

    /** What the heads do on repeated random tokens; empty where that cannot be measured. */
    public Map<HeadId, DetectorScores> scores() {
        return new HeadScores(lab).of(model);
    }

    /** What every entry of a pattern adds to the logits. */
    public LogitEffect logitEffect() {
        return LogitEffect.of(model.transformer(), computed(), logitTargets());
    }

    /** The tokens whose logits {@link #logitEffect()} is about: those of the run without edits, whichever is shown. */
    LogitEffect.Targets logitTargets() {
        return withoutEdits()
                .ofRun("targets of effects", List.of(), run -> LogitEffect.Targets.of(model.transformer(), run));
    }

    /** What a head's scores are made of. */
    public ScoreParts scoreParts(HeadId head) {
        return ScoreParts.of(model.transformer(), computed(), head);
    }

    /** Where a shown head attends, [T, T]. */
    public Matrix pattern(ShownHead head) {
        return ofRun("pattern", List.of(head.name()), run -> head.pattern(model.transformer(), run));
    }

    /** The model, as Python asks for it. */
    public PythonModel pythonModel() {
        return new PythonModel(model);
    }

    /**
     * A program about the run that is shown.
     *
     * @return null where there is no such run, or Python has none like it
     */
    public @Nullable String python(Function<PythonRun, @Nullable String> picture) {
        if (runs == null || !runs.edits().isEmpty() && model.config().nLayers() == 0) {
            return null;
        }
        return picture.apply(new PythonRun(
                pythonModel(),
                prompt.pieces(),
                runs.plain(),
                runs.edited(),
                runs.edits(),
                state.edits().shown()));
    }

    /** The head of the model that the circuits are about; none in a model without heads. */
    public Optional<HeadId> headId() {
        return state.heads().stream().findFirst();
    }

    Optional<Head> head() {
        return headId().map(model.transformer()::head);
    }

    /** What the attention panel shows: the virtual head, or the heads. */
    public List<ShownHead> shownHeads() {
        return state.virtual().isEmpty()
                ? state.heads().stream().<ShownHead>map(ShownHead.One::new).toList()
                : List.of(new ShownHead.Virtual(VirtualHead.of(model.transformer(), state.virtual())));
    }

    /** What the OV circuit and the inspector are about; none in a model without heads. */
    public Optional<ShownHead> shownHead() {
        return shownHeads().stream().findFirst();
    }

    /** {@code ·the (11)}. */
    public String placed(int position) {
        return TokenText.placed(prompt.pieces().get(position), position);
    }

    public String label(int position) {
        return prompt.pieces().get(position).label();
    }

    public List<TokenLabel> labels() {
        return prompt.pieces().stream().map(TokenLabel::of).toList();
    }

    public Piece piece(int token) {
        return model.tokenizer().piece(token);
    }

    /** Tokens that are likely, as pictures show them. */
    public List<Guess> guesses(List<TokenProbability> likeliest) {
        return likeliest.stream()
                .map(guess -> new Guess(guess.token(), piece(guess.token()).label(), guess.probability()))
                .toList();
    }

    public boolean hasDestination() {
        return !isEmpty() && state.destination() >= 0;
    }

    public boolean hasLine() {
        return hasDestination() && state.source() >= 0;
    }

    /** The names of the stream's stages: before the first layer, and after each. */
    public List<String> stages() {
        return Stage.layers(model.config()).stream().map(Stage::name).toList();
    }
}
