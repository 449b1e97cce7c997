package app.headlight.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Several files in one input of the fuzzer, one after the other with a mark between them. */
final class Joined {

    private static final byte[] MARK = "\n----\n".getBytes(StandardCharsets.UTF_8);

    private Joined() {}

    static byte[] of(byte[]... files) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < files.length; i++) {
            if (i > 0) {
                all.writeBytes(MARK);
            }
            all.writeBytes(files[i]);
        }
        return all.toByteArray();
    }

    /** The files of an input, at most {@code most}; one at least, which may be empty. */
    static List<byte[]> files(byte[] input, int most) {
        List<byte[]> files = new ArrayList<>();
        int from = 0;
        for (int at = 0; at + MARK.length <= input.length && files.size() + 1 < most; at++) {
            if (Arrays.equals(input, at, at + MARK.length, MARK, 0, MARK.length)) {
                files.add(Arrays.copyOfRange(input, from, at));
                from = at + MARK.length;
                at = from - 1;
            }
        }
        files.add(Arrays.copyOfRange(input, from, input.length));
        return files;
    }
}
