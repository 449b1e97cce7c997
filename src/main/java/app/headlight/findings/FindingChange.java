package app.headlight.findings;

/**
 * Something that changed.
 *
 * @param finding its id; 0 where changes were missed
 * @param model that the finding is about (of an edit that moves it to another model, one change tells of either); empty
 *     where changes were missed
 */
public record FindingChange(Sort sort, long finding, String model) {

    /** What happened. */
    public enum Sort {
        ADDED,
        EDITED,
        DELETED,
        COMMENT,
        VOTE,
        /** The word from other servers was cut off for a while: whatever is shown should be read anew. */
        MISSED
    }

    static FindingChange parse(String text) {
        String[] parts = text.split(" ", 3);
        return new FindingChange(Sort.valueOf(parts[0]), Long.parseLong(parts[1]), parts[2]);
    }

    String text() {
        return sort + " " + finding + " " + model;
    }
}
