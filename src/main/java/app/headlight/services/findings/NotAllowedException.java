package app.headlight.services.findings;

/** Thrown for a change of something that belongs to somebody else; the message is for people. */
public class NotAllowedException extends RuntimeException {

    NotAllowedException(String message) {
        super(message);
    }
}
