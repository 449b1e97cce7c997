package app.headlight.engine.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The alphabet in which byte-level tokenizers write their tokens: one printable character for each byte (Radford et al.
 * 2019, GPT-2, {@code bytes_to_unicode} in its encoder.py).
 */
final class ByteAlphabet {

    private static final Map<Character, Byte> BYTES = new HashMap<>();
    private static final char[] LETTERS = new char[256];

    static {
        int moved = 0;
        for (int b = 0; b < 256; b++) {
            boolean printable = b >= '!' && b <= '~' || b >= 0xA1 && b <= 0xAC || b >= 0xAE;
            LETTERS[b] = (char) (printable ? b : 256 + moved++);
            BYTES.put(LETTERS[b], (byte) b);
        }
    }

    private ByteAlphabet() {}

    /** The bytes of a token; null if one of its characters is not in the alphabet. */
    static byte @Nullable [] bytes(String token) {
        byte[] bytes = new byte[token.length()];
        for (int i = 0; i < bytes.length; i++) {
            Byte b = BYTES.get(token.charAt(i));
            if (b == null) {
                return null;
            }
            bytes[i] = b;
        }
        return bytes;
    }

    /** The letters for some bytes, one for each; the inverse of {@link #bytes}. */
    static String letters(byte[] bytes) {
        char[] letters = new char[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            letters[i] = LETTERS[bytes[i] & 0xFF];
        }
        return new String(letters);
    }

    /** All 256 letters, sorted. */
    static String letters() {
        char[] sorted = LETTERS.clone();
        Arrays.sort(sorted);
        return new String(sorted);
    }

    /** A label that shows whole characters where the bytes are such, and single bytes elsewhere. */
    static String label(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        StringBuilder label = new StringBuilder();
        while (in.hasRemaining()) {
            CoderResult result = decoder.decode(in, out, true);
            label.append(Labels.of(out.flip().toString()));
            out.clear();
            int broken = result.isError() ? result.length() : 0;
            for (int i = 0; i < broken; i++) {
                label.append(Labels.ofByte(in.get()));
            }
            decoder.reset();
        }
        return label.toString();
    }
}
