package app.headlight.text;

import org.jspecify.annotations.Nullable;

/** A tokenizer.json that is not one; the message says what is wrong with it and where. */
public final class UnreadableTokenizerException extends IllegalArgumentException {

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
