package app.headlight.findings;

/** What became of an edit. */
public sealed interface Edit {

    /** It is the finding's new version (or it changed nothing, and the finding is as it was). */
    record Saved(Finding finding) implements Edit {}

    /**
     * Someone else's edit came between; nothing was stored. To keep one's own all the same, edit once more, based on
     * {@code theirs.number()}.
     */
    record Conflict(Version theirs, Content yours) implements Edit {}
}
