package app.headlight.ground.people;

import app.headlight.engine.refusal.Refusal;

/** Thrown when a person asks for something that their role does not include; the message is a sentence for them. */
public class NotAllowedException extends Refusal {

    private static final long serialVersionUID = 1;

    private final boolean stranger;

    private NotAllowedException(String message, boolean stranger) {
        super(message);
        this.stranger = stranger;
    }

    /** Nobody is signed in. */
    public static NotAllowedException stranger() {
        return new NotAllowedException("Sign in to do this.", true);
    }

    /** Someone is signed in, but may not. */
    public static NotAllowedException notYours(String why) {
        return new NotAllowedException(why, false);
    }

    /** Whether signing in could help. */
    public boolean isStranger() {
        return stranger;
    }
}
