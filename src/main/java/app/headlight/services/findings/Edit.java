package app.headlight.services.findings;

/** The result of an edit. */
public sealed interface Edit {

    /** The edit is the new version of the finding, or it changed nothing. */
    record Saved(Finding finding) implements Edit {}

    /**
     * Somebody else edited the finding meanwhile, and nothing was stored. To store this edit nevertheless, edit again,
     * based on {@code theirs.number()}.
     */
    record Conflict(Version theirs, Content yours) implements Edit {}
}
