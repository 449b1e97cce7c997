package app.headlight.web.api;

import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.RefusedModels;
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
