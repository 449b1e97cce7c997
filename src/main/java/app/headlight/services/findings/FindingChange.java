package app.headlight.services.findings;

/**
 * A change of a finding.
 *
 * @param finding its id; 0 if changes were missed
 * @param model that the finding is about (if an edit moves it to another model, there is a change for each); empty if
 *     changes were missed
 */
public record FindingChange(Sort sort, long finding, String model) {

    /** The kinds of changes. */
    public enum Sort {
        ADDED,
        EDITED,
        DELETED,
        COMMENT,
        VOTE,
        /** A claim, or what measurements say of one. */
        CLAIM,
        /** The connection to other servers was interrupted: everything that is shown should be read again. */
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
