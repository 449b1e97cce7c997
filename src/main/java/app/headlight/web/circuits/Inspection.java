package app.headlight.web.circuits;

import app.headlight.engine.circuits.DetectorScores;
import app.headlight.engine.circuits.ModelCircuits;
import app.headlight.engine.tensor.TopK;
import app.headlight.engine.training.TextFigures;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Transformer;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.lab.Measurement;
import app.headlight.services.models.OpenModel;
import app.headlight.web.python.PythonModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A model with its circuits, and a state that has been fitted to it.
 *
 * @param detectors on repeated random tokens; empty where the context is too short for them
 * @param strongestBigrams the pairs of tokens that the direct path raises most
 * @param head what the tables are about; null in a model without heads
 * @param text what the model's text is like; null where nothing is kept of it
 * @param lab where more is measured
 */
record Inspection(
        OpenModel model,
        Map<HeadId, DetectorScores> detectors,
        ModelCircuits circuits,
        List<TopK.Cell> strongestBigrams,
        @Nullable HeadId head,
        @Nullable TextFigures text,
        CircuitsState state,
        Laboratory lab) {

    /** The model, as Python asks for it. */
    PythonModel python() {
        return new PythonModel(model);
    }

    String label(int token) {
        return model.tokenizer().piece(token).label();
    }

    Optional<HeadId> chosen() {
        return Optional.ofNullable(head);
    }

    /** Something of the weights alone, measured once whoever asks. */
    <V> V measured(String what, List<?> how, Function<Transformer, V> work) {
        return lab.get(Measurement.quick(model.ref(), what, how, () -> work.apply(model.transformer())));
    }

    /** Of what is drawn: the model's weights and what else it depends on. */
    List<Object> key(Object... others) {
        return List.of(model.ref(), List.of(others));
    }
}
