package app.headlight.web.api;

import app.headlight.library.ModelLibrary;
import app.headlight.library.OpenModel;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Finds the model that a path names. */
@Component
class AskedModel {

    private final ModelLibrary library;

    AskedModel(ModelLibrary library) {
        this.library = library;
    }

    /** @throws Problem with status 404 if there is none of that name */
    OpenModel open(String name) {
        return library.open(name)
                .orElseThrow(() ->
                        new Problem(HttpStatus.NOT_FOUND, "No such model", "No model “" + name + "” is stored here."));
    }
}
