package app.headlight.services.models;

import java.nio.file.Path;

/** Makes drafts of models for tests of other packages. */
public final class Drafts {

    private Drafts() {}

    /** @param most bytes of all files together */
    public static ModelDraft of(Path folder, long most) {
        return new ModelDraft(folder, most);
    }
}
