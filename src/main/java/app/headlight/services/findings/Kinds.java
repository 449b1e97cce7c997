package app.headlight.services.findings;

import java.util.List;

/** The known kinds of heads and circuits, by the names of the field. */
public final class Kinds {

    /** The kinds that a form offers; any other words are possible too. */
    public static final List<String> KNOWN = List.of(
            "induction",
            "previous token",
            "duplicate token",
            "copying",
            "skip-trigram",
            "bigram",
            "first token",
            "current token",
            "anti-induction",
            "copy suppression",
            "composition",
            "positional",
            "nothing found");

    private Kinds() {}
}
