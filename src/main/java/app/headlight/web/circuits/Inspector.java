package app.headlight.web.circuits;

import app.headlight.engine.circuits.DetectorScores;
import app.headlight.engine.circuits.ModelCircuits;
import app.headlight.engine.circuits.SkipTrigrams;
import app.headlight.engine.circuits.TextMeasures;
import app.headlight.engine.circuits.modular.ModularCircuit;
import app.headlight.engine.tensor.TopK;
import app.headlight.engine.training.TextFigures;
import app.headlight.engine.training.TrainingLog;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.lab.HeadScores;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.lab.Measurement;
import app.headlight.services.lab.Ticket;
import app.headlight.services.lab.WeightsMark;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.StoredModel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/** Opens the model that an address asks for and computes its circuits, once a model, whoever asks. */
@Service
public class Inspector {

    private static final int STRONGEST = 40;

    private final ModelLibrary library;
    private final HeadScores scores;
    private final WeightsMark marks;
    private final Laboratory lab;

    Inspector(ModelLibrary library, HeadScores scores, WeightsMark marks, Laboratory lab) {
        this.library = library;
        this.scores = scores;
        this.marks = marks;
        this.lab = lab;
    }

    /**
     * What is computed of a model.
     *
     * @param bigrams the most raised pairs of the direct path
     */
    record Known(Map<HeadId, DetectorScores> detectors, ModelCircuits circuits, List<TopK.Cell> bigrams) {}

    List<StoredModel> models() {
        return library.models();
    }

    /** The model asked for, finished where its step is not stored; empty where it is not, or no model is. */
    Optional<OpenModel> model(CircuitsState asked) {
        String name = asked.get(CircuitsState.MODEL);
        if (!name.isEmpty()) {
            return library.open(name, asked.step()).or(() -> library.open(name));
        }
        return library.first();
    }

    /** Tells, for people, where the model that is shown is not at the step, or of the weights, that are asked for. */
    void check(CircuitsState asked, OpenModel shown, Consumer<String> notices) {
        if (library.open(shown.name(), asked.step()).isEmpty()) {
            notices.accept("No weights of step " + asked.step() + " of " + shown.name()
                    + " are stored; the finished model is shown.");
        }
        marks.trouble(shown, asked.get(CircuitsState.WEIGHTS)).ifPresent(notices);
    }

    /** Computes the page as it first shows, as soon as the program stands, so that the first visitor does not wait for it. */
    @EventListener(ApplicationReadyEvent.class)
    void computeTheFirstPage() {
        model(CircuitsState.FIRST).ifPresent(this::circuits);
    }

    Optional<TrainingLog> training(OpenModel model) {
        return library.training(model.stored());
    }

    @Nullable
    TextFigures text(OpenModel model) {
        return library.textFigures(model.stored()).orElse(null);
    }

    /** The head to look at first. */
    Optional<HeadId> strongest(OpenModel model) {
        return scores.strongest(model)
                .or(() -> model.transformer().heads().stream().findFirst());
    }

    Ticket<Known> circuits(OpenModel model) {
        return lab.ask(Measurement.slow(model.ref(), "circuits", List.of(), progress -> {
            Map<HeadId, DetectorScores> detectors = scores.of(model);
            ModelCircuits known = ModelCircuits.of(model.transformer(), done -> progress.goesOn(0.1 + 0.5 * done));
            return new Known(
                    detectors, known, known.bigrams().largest(STRONGEST, done -> progress.goesOn(0.6 + 0.4 * done)));
        }));
    }

    /**
     * Fits what is asked for to a model whose circuits are known.
     *
     * @param notices told, for people, of what is not there
     */
    Inspection inspect(OpenModel model, Known known, CircuitsState asked, Consumer<String> notices) {
        HeadId head = head(model, asked, notices);
        String weights = asked.get(CircuitsState.WEIGHTS);
        CircuitsState fitted = asked.with(CircuitsState.MODEL, model.name())
                .withStep(model.step())
                .with(CircuitsState.WEIGHTS, weights.isEmpty() ? marks.of(model) : weights)
                .with(CircuitsState.HEAD, head == null ? "" : head.toString());
        if (asked.token() >= model.config().dVocab()) {
            notices.accept(model.name() + " has no token " + asked.token() + ".");
            fitted = fitted.withoutToken();
        }
        int neuron = asked.get(CircuitsState.NEURON);
        int neurons = ModularCircuit.fits(model.config()) ? model.config().mlp().dMlp() : 0;
        if (neuron >= 0 && neuron >= neurons) {
            notices.accept(
                    neurons == 0
                            ? model.name() + " is no model of modular addition: no neuron is drawn."
                            : model.name() + " has no neuron " + neuron + "; it has " + neurons + ".");
            fitted = fitted.with(CircuitsState.NEURON, -1);
        }
        return new Inspection(
                model, known.detectors(), known.circuits(), known.bigrams(), head, text(model), fitted, lab);
    }

    private @Nullable HeadId head(OpenModel model, CircuitsState asked, Consumer<String> notices) {
        String name = asked.get(CircuitsState.HEAD);
        Optional<HeadId> given = model.transformer().heads().stream()
                .filter(head -> head.toString().equals(name))
                .findFirst();
        if (given.isEmpty() && !name.isEmpty()) {
            notices.accept(model.name() + " has no such head as the address asks for.");
        }
        return given.or(() -> strongest(model)).orElse(null);
    }

    /** How a model of modular addition adds. */
    Ticket<ModularCircuit> modular(OpenModel model) {
        return lab.ask(Measurement.slow(
                model.ref(),
                "modular addition",
                List.of(),
                progress -> ModularCircuit.of(model.transformer(), progress)));
    }

    /** The strongest skip-trigrams of a head. */
    Ticket<List<SkipTrigrams.Trigram>> trigrams(OpenModel model, HeadId head) {
        return lab.ask(Measurement.slow(
                model.ref(),
                "skip-trigrams",
                List.of(head),
                progress -> SkipTrigrams.of(model.transformer(), head).strongest(STRONGEST, progress)));
    }

    /** What the model does on a text. */
    Ticket<TextMeasures> measures(OpenModel model, List<int[]> windows) {
        return lab.ask(Measurement.slow(
                model.ref(),
                "measures of a text",
                windows.stream().map(Arrays::toString).toList(),
                progress -> TextMeasures.of(model.transformer(), windows, progress)));
    }
}
