package app.headlight.fuzz;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.text.Encoding;
import app.headlight.engine.text.HuggingFaceTokenizer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A tokenizer.json, and after it a tokenizer_config.json, if there is one. */
public final class TokenizerTarget {

    private static final String TEXT = "Once upon a time, é 😀▁<s> 12\n\tthe  end";

    private TokenizerTarget() {}

    /** The fuzzer calls this first. */
    public static void fuzzerInitialize() {
        Reading.warmUp(TokenizerTarget::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        List<byte[]> files = Joined.files(input, 2);
        String json = new String(files.getFirst(), StandardCharsets.UTF_8);
        String config = files.size() < 2 ? null : new String(files.get(1), StandardCharsets.UTF_8);
        Reading.tryOn(input, all -> {
            try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.of(json, config)) {
                use(tokenizer);
            }
        });
    }

    private static void use(HuggingFaceTokenizer tokenizer) {
        for (int id = 0; id < Math.min(tokenizer.vocabularySize(), 300); id++) {
            tokenizer.piece(id);
        }
        tokenizer.beginning().ifPresent(tokenizer::piece);
        tokenizer.inFront().ifPresent(tokenizer::piece);
        Encoding encoding = tokenizer.encodeWithSlices(TEXT);
        if (!String.join("", encoding.slices()).equals(TEXT)
                && encoding.pieces().size() > 0) {
            throw new IllegalStateException("the slices of the text are " + encoding.slices());
        }
        int[] ids = tokenizer.encode(TEXT);
        try {
            tokenizer.decode(ids);
        } catch (Refusal beyondTheVocabulary) {
            // a word that the two files do not agree on
        }
    }
}
