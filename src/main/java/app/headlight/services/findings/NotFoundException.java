package app.headlight.services.findings;

/** Thrown for something that does not exist (any more); the message is for people. */
public class NotFoundException extends RuntimeException {

    NotFoundException(String message) {
        super(message);
    }
}
