package app.headlight.services.findings;

import app.headlight.engine.refusal.Refusal;

/** Thrown for something that does not exist (any more); the message is for people. */
public class NotFoundException extends Refusal {

    NotFoundException(String message) {
        super(message);
    }
}
