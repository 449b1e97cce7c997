package app.headlight.engine.training;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.text.Tokenizer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads texts as token ids of two bytes each: a hundred million tokens take 200 MB. */
public final class Corpus {

    /** The number of characters that are tokenized at once. */
    private static final int CHUNK = 1 << 15;

    /** The number of chunks in memory at once, for all cores. */
    private static final int HELD = 64;

    private Corpus() {}

    /**
     * The tokens of a text, which is cut only at the ends of lines, so that they are the tokens of the whole text.
     *
     * @throws Refusal if the vocabulary has more than 65,536 tokens, or the tokenizer cannot read the
     *     text
     */
    public static char[] tokens(Reader text, Tokenizer tokenizer) throws IOException {
        if (tokenizer.vocabularySize() > 1 << Character.SIZE) {
            throw new Refusal("the vocabulary has " + tokenizer.vocabularySize() + " tokens; expected 65,536 at most");
        }
        BufferedReader lines = new BufferedReader(text);
        Growing tokens = new Growing();
        List<String> chunks = new ArrayList<>();
        StringBuilder chunk = new StringBuilder();
        for (String line; (line = lines.readLine()) != null; ) {
            chunk.append(line).append('\n');
            if (chunk.length() >= CHUNK) {
                chunks.add(chunk.toString());
                chunk.setLength(0);
            }
            if (chunks.size() == HELD) {
                tokens.append(chunks, tokenizer);
                chunks.clear();
            }
        }
        chunks.add(chunk.toString());
        tokens.append(chunks, tokenizer);
        return tokens.all();
    }

    /** A growing array. */
    private static final class Growing {

        private char[] tokens = new char[1 << 16];
        private int size;

        void append(List<String> chunks, Tokenizer tokenizer) {
            for (int[] part : chunks.parallelStream().map(tokenizer::encode).toList()) {
                if (size + part.length > tokens.length) {
                    tokens = Arrays.copyOf(tokens, Math.max(2 * tokens.length, size + part.length));
                }
                for (int token : part) {
                    tokens[size++] = (char) token;
                }
            }
        }

        char[] all() {
            return Arrays.copyOf(tokens, size);
        }
    }
}
