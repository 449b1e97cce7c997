package app.headlight.engine.text;

import app.headlight.engine.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/** Thrown for a tokenizer.json that cannot be read; the message says what is wrong and where. */
public final class UnreadableTokenizerException extends Refusal {

    private static final long serialVersionUID = 1L;

    UnreadableTokenizerException(String fault, @Nullable Throwable cause) {
        super(
                "This tokenizer.json cannot be read: " + fault
                        + ". Expected a file that Hugging Face's tokenizers wrote (with \"model\" and its \"vocab\").",
                cause);
    }

    UnreadableTokenizerException(String fault) {
        this(fault, null);
    }
}
