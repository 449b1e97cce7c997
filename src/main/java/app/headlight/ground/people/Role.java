package app.headlight.ground.people;

/** The roles of accounts; each includes the roles before it. */
public enum Role {
    /** Reads, also what people without an account may not see. */
    READER,
    /** Writes, trains and imports; changes and deletes what is their own. */
    MEMBER,
    /** Invites, and may delete anything. */
    ADMIN;

    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /** As a sentence names it: {@code a member}. */
    public String inWords() {
        return switch (this) {
            case READER -> "a reader";
            case MEMBER -> "a member";
            case ADMIN -> "an admin";
        };
    }
}
