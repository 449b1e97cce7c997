package app.headlight.services.lessons.language;

import java.util.List;

/** The sorts of things that an expression can stand for. */
public enum Sort {
    NUMBER("a number", List.of()),
    HEAD("a head", List.of("this", "shown")),
    PLACE(
            "a place in the sentence",
            List.of("first", "last", "self", "previous", "same", "after-same", "source", "clicked")),
    TOKEN("a token", List.of("next", "likeliest")),
    DETECTOR("a detector", List.of("previous", "duplicate", "induction", "first")),
    ROLE("a role of heads", List.of("previous", "duplicate", "induction", "first", "copying")),
    KIND("a kind of composition", List.of("Q", "K", "V")),
    NAME("the name of a model", List.of());

    private final String words;
    private final List<String> known;

    Sort(String words, List<String> known) {
        this.words = words;
        this.known = known;
    }

    /** For people: “a head”. */
    public String words() {
        return words;
    }

    /** The single words that stand for one. */
    public List<String> known() {
        return known;
    }
}
