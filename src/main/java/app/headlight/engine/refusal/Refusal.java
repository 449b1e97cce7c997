package app.headlight.engine.refusal;

import org.jspecify.annotations.Nullable;

/**
 * Thrown for what a person does wrong, in a file, a text, a request, an option or a setting. The message is for that
 * person: it names what is wrong, with its value, and what would be right. It is shown as it is, whereas the message of
 * any other exception means a fault of the program and is only logged.
 */
public class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, with its value; and what would be right */
    public Refusal(String message) {
        super(message);
    }

    public Refusal(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * A refusal of a value.
     *
     * @param what has that value, such as the name of a field
     * @param right what would be right
     */
    public static Refusal of(String what, Object value, String right) {
        return new Refusal(what + " is " + value + "; expected " + right);
    }

    /** The message; never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
