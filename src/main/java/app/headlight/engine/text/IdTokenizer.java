package app.headlight.engine.text;

import app.headlight.engine.refusal.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tokenizer of a model that has none: its text is the ids themselves, as in "12 7 3" or "12, 7, 3". */
public final class IdTokenizer implements Tokenizer {

    private static final Pattern WORD = Pattern.compile("[^\\s,]+");
    private static final int SHOWN_OF_A_WORD = 30;

    private final int vocabularySize;

    /** Throws {@link IllegalArgumentException} if {@code vocabularySize} is not positive. */
    public IdTokenizer(int vocabularySize) {
        if (vocabularySize <= 0) {
            throw new IllegalArgumentException("a vocabulary of " + vocabularySize + " tokens; expected at least 1");
        }
        this.vocabularySize = vocabularySize;
    }

    @Override
    public Encoding encodeWithSlices(String text) {
        List<Piece> pieces = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        for (Matcher words = WORD.matcher(text); words.find(); ) {
            pieces.add(piece(id(words.group(), pieces.size() + 1)));
            ends.add(words.end());
        }
        return new Encoding(
                pieces, Encoding.slice(text, ends.stream().mapToInt(i -> i).toArray()));
    }

    @Override
    public String decode(int[] ids) {
        return Arrays.stream(ids).mapToObj(id -> Integer.toString(checked(id))).collect(Collectors.joining(" "));
    }

    @Override
    public Piece piece(int id) {
        if (id < 0) {
            throw new IllegalArgumentException("token id " + id + " is negative");
        }
        boolean known = id < vocabularySize;
        String text = Integer.toString(id);
        return new Piece(id, text, known ? text : Labels.ofId(id), known ? Piece.Kind.TEXT : Piece.Kind.UNKNOWN);
    }

    @Override
    public int vocabularySize() {
        return vocabularySize;
    }

    /** Holds nothing; does nothing. */
    @Override
    public void close() {}

    private int id(String word, int place) {
        // Nine digits fit an int, and no vocabulary is larger.
        if (word.matches("0*[0-9]{1,9}")) {
            int id = Integer.parseInt(word);
            if (id < vocabularySize) {
                return id;
            }
        }
        String shown = word.length() <= SHOWN_OF_A_WORD ? word : word.substring(0, SHOWN_OF_A_WORD) + "…";
        throw new Refusal("word " + place + ", \"" + shown + "\", is not a token id; this model has no "
                + "tokenizer and reads ids from 0 to " + (vocabularySize - 1) + " with spaces between them");
    }

    private int checked(int id) {
        if (id < 0 || id >= vocabularySize) {
            throw new Refusal("token id " + id + " is outside the vocabulary; expected 0 to " + (vocabularySize - 1));
        }
        return id;
    }
}
