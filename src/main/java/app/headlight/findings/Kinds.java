package app.headlight.findings;

import java.util.List;

/** What heads and circuits are known to do, by the names that the field gives them. */
public final class Kinds {

    /** To offer; any other words will do too. */
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
