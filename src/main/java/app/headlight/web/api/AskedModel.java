package app.headlight.web.api;

import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.RefusedModels;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Finds the model that a path names. */
@Component
class AskedModel {

    private final ModelLibrary library;
    private final RefusedModels refused;

    AskedModel(ModelLibrary library, RefusedModels refused) {
        this.library = library;
        this.refused = refused;
    }

    /**
     * The model as it was after a step of its training.
     *
     * @param step null: the finished model
     * @throws Problem with status 404 if there is no model of that name, or its weights of that step are not stored
     */
    OpenModel open(String name, @Nullable Long step) {
        OpenModel finished = open(name);
        return step == null
                ? finished
                : library.open(name, step)
                        .filter(model -> step >= 0)
                        .orElseThrow(() -> new Problem(
                                HttpStatus.NOT_FOUND,
                                "No such step",
                                "No weights of step " + step + " of “" + name + "” are stored"
                                        + library.training(finished.stored())
                                                .map(training -> "; those of " + training.checkpoints() + " are.")
                                                .orElse(", nor of any other.")));
    }

    /** @throws Problem with status 404 if there is no model of that name */
    OpenModel open(String name) {
        return library.open(name).orElseThrow(() -> {
            String reason = refused.all().get(name);
            return new Problem(
                    HttpStatus.NOT_FOUND,
                    "No such model",
                    "No model “" + name + "” is stored here"
                            + (reason == null ? "." : ": it is refused, as " + reason));
        });
    }
}
