package app.headlight.ground.people;

import app.headlight.engine.refusal.Refusal;

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

    /**
     * Who may do what writes, as a setting says it: {@code member} or {@code admin}.
     *
     * @param right what the setting may be, for the message
     * @throws Refusal if it is neither
     */
    public static Role ofSetting(String setting, String value, String right) {
        return switch (value) {
            case "member" -> MEMBER;
            case "admin" -> ADMIN;
            default -> throw new Refusal(setting + " is “" + value + "”; expected " + right);
        };
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
