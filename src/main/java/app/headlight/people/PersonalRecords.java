package app.headlight.people;

/** What some part of the program keeps about a person; every bean of this type is exported and deleted with an account. */
public interface PersonalRecords {

    /** The name of this part in the exported JSON: {@code findings}. */
    String name();

    /** What the account has made, as records, lists and maps that become JSON. */
    Object export(long accountId);

    /** Deletes it, or takes the account's name off what others still need; the account itself goes right after, in the same transaction. */
    void delete(long accountId);
}
