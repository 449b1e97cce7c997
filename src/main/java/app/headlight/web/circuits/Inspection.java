package app.headlight.web.circuits;

import app.headlight.library.OpenModel;
import app.headlight.training.TrainingLog;
import app.headlight.transformer.HeadId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A state that has been fitted to its model.
 *
 * @param head what the tables are about; null in a model without heads
 * @param notices what had to be changed, and why
 */
record Inspection(
        OpenModel model,
        ModelCircuits circuits,
        @Nullable HeadId head,
        @Nullable TrainingLog training,
        CircuitsState state,
        List<String> notices) {

    String label(int token) {
        return model.tokenizer().piece(token).label();
    }

    Optional<HeadId> chosen() {
        return Optional.ofNullable(head);
    }
}
