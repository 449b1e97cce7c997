package app.headlight.engine.text;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;

/**
 * A tokenizer in the native memory of Hugging Face's library, which is called directly: the classes around it copy the
 * text of a tokenizer.json several times. Several threads may use one, but none after it was closed.
 */
final class NativeTokenizer implements AutoCloseable {

    private static final Cleaner CLEANER = Cleaner.create();
    private static final TokenizersLibrary LIBRARY = TokenizersLibrary.LIB;

    private final long handle;
    private final Cleaner.Cleanable freed;

    private NativeTokenizer(long handle) {
        this.handle = handle;
        this.freed = CLEANER.register(this, () -> LIBRARY.deleteTokenizer(handle));
    }

    /**
     * The tokens of a text.
     *
     * @param spans the code points that each stands for; null for one that stands for none
     */
    record Tokens(long[] ids, @Nullable CharSpan[] spans) {}

    /**
     * Reads a tokenizer.json. Whatever it says, no text is cut off or filled up.
     *
     * @throws RuntimeException of the library, if it cannot be read
     */
    static NativeTokenizer of(String json) {
        NativeTokenizers.prepare();
        LibUtils.checkStatus();
        NativeTokenizer tokenizer = new NativeTokenizer(LIBRARY.createTokenizerFromString(json));
        LIBRARY.disableTruncation(tokenizer.handle);
        LIBRARY.disablePadding(tokenizer.handle);
        return tokenizer;
    }

    /** @throws RuntimeException of the library, if the text has no tokens */
    long[] ids(String text) {
        long encoding = LIBRARY.encode(handle, text, false);
        try {
            return LIBRARY.getTokenIds(encoding);
        } finally {
            LIBRARY.deleteEncoding(encoding);
        }
    }

    /** @throws RuntimeException of the library, if the text has no tokens */
    Tokens tokens(String text) {
        long encoding = LIBRARY.encode(handle, text, false);
        try {
            return new Tokens(LIBRARY.getTokenIds(encoding), LIBRARY.getTokenCharSpans(encoding));
        } finally {
            LIBRARY.deleteEncoding(encoding);
        }
    }

    String decode(long[] ids) {
        return LIBRARY.decode(handle, ids, false);
    }

    @Override
    public void close() {
        freed.clean();
    }
}
