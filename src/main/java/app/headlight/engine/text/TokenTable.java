package app.headlight.engine.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The texts of tokens by id, one after the other in one array of bytes: a String for each takes some ten times the
 * letters of a token.
 */
final class TokenTable {

    /** Ids are below this, as the vocabularies of models are. */
    static final int MOST = 1_000_000;

    /** Where each token is, plus one; 0 where an id has none. */
    private int[] places = new int[256];

    /** Of each token: its kind, how many bytes its text has (in four bytes), and these. */
    private byte[] bytes;

    private int size;
    private int end;

    /** @param letters about how many bytes all texts have together */
    TokenTable(int letters) {
        bytes = new byte[Math.max(256, letters)];
    }

    /** Where a token was named. */
    enum Kind {
        /** In the vocabulary of the model. */
        MODEL,
        /** Beside it. */
        ADDED,
        /** Beside it, with its own meaning. */
        SPECIAL
    }

    /** A token. */
    record Token(String text, Kind kind) {}

    /** The largest id, plus one. */
    int size() {
        return size;
    }

    @Nullable
    Token get(int id) {
        if (id < 0 || id >= size || places[id] == 0) {
            return null;
        }
        int at = places[id] - 1;
        String text = new String(bytes, at + 1 + Integer.BYTES, length(at), StandardCharsets.UTF_8);
        return new Token(text, Kind.values()[bytes[at]]);
    }

    private int length(int at) {
        int length = 0;
        for (int i = 1; i <= Integer.BYTES; i++) {
            length = length << Byte.SIZE | bytes[at + i] & 0xFF;
        }
        return length;
    }

    /**
     * Puts a token; one that was named beside the model's vocabulary stays.
     *
     * @throws UnreadableTokenizerException naming the token if there is no such id
     */
    void put(int id, String text, Kind kind) {
        if (id < 0 || id >= MOST) {
            throw new UnreadableTokenizerException(
                    "the token \"" + Labels.of(text) + "\" has the id " + id + "; expected 0 to " + (MOST - 1));
        }
        if (id >= places.length) {
            places = Arrays.copyOf(places, Math.min(MOST, Math.max(id + 1, 2 * places.length)));
        }
        size = Math.max(size, id + 1);
        if (kind == Kind.MODEL && places[id] != 0 && bytes[places[id] - 1] != Kind.MODEL.ordinal()) {
            return;
        }
        places[id] = end + 1;
        byte[] letters = text.getBytes(StandardCharsets.UTF_8);
        append((byte) kind.ordinal());
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            append((byte) (letters.length >> shift));
        }
        room(letters.length);
        System.arraycopy(letters, 0, bytes, end, letters.length);
        end += letters.length;
    }

    private void append(byte value) {
        room(1);
        bytes[end++] = value;
    }

    private void room(int more) {
        if (end + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end + more, bytes.length + bytes.length / 2));
        }
    }

    /** Gives back what is not needed after the last token. */
    TokenTable trimmed() {
        bytes = Arrays.copyOf(bytes, end);
        places = Arrays.copyOf(places, size);
        return this;
    }
}
