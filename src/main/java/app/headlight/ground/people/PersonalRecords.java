package app.headlight.ground.people;

/**
 * The records that a part of the program keeps about a person; those of every bean of this type are exported and
 * deleted with an account.
 */
public interface PersonalRecords {

    /** The name of this part in the exported JSON: {@code findings}. */
    String name();

    /** What the account has made, as records, lists and maps that become JSON. */
    Object export(long accountId);

    /**
     * Deletes the records, or removes the account's name from those that others still need; the account itself is
     * deleted next, in the same transaction.
     */
    void delete(long accountId);
}
