package app.headlight.findings;

/** Something that belongs to someone else was to be changed; the message says so for people. */
public class NotAllowedException extends RuntimeException {

    NotAllowedException(String message) {
        super(message);
    }
}
