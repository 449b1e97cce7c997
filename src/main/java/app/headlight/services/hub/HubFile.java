package app.headlight.services.hub;

import java.util.regex.Pattern;

/**
 * A file of a model on the hub.
 *
 * @param name its name, at the top of the repository
 * @param bytes its size
 */
public record HubFile(String name, long bytes, Sum sum) {

    /** A larger size is no size; so many shards as an index can name still have a sum. */
    static final long MOST_BYTES = 1L << 44;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,199}");

    public HubFile {
        if (!isName(name) || bytes < 0 || bytes > MOST_BYTES) {
            throw new IllegalArgumentException(name + " with " + bytes + " bytes is no file");
        }
    }

    /** Whether a file of that name can be kept in a folder, whatever the system. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }
}
