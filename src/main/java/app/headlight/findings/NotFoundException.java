package app.headlight.findings;

/** Something was asked for that is not there, or not any more; the message says so for people. */
public class NotFoundException extends RuntimeException {

    NotFoundException(String message) {
        super(message);
    }
}
