package app.headlight.services.hub;

import app.headlight.engine.refusal.Refusal;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a GET by HTTP/1.1 (RFC 9112), with the connection that its body is still read from. Whatever it says,
 * it takes no more memory than is allowed here or by who reads it.
 */
final class Answer implements AutoCloseable {

    private static final int LONGEST_LINE = 16 << 10;
    private static final int MOST_HEADERS = 200;
    private static final int MOST_INTERIM = 10;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5]\\d\\d)(?: .*)?");
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final Socket socket;
    private final URI from;
    private final boolean isOfEndpoint;
    private final int status;
    private final Map<String, String> headers;
    private final InputStream body;

    /**
     * Reads all but the body.
     *
     * @param from whose answer it is
     * @param isOfEndpoint whether no other host had a part in it
     */
    Answer(Socket socket, URI from, boolean isOfEndpoint) throws IOException {
        this.socket = socket;
        this.from = from;
        this.isOfEndpoint = isOfEndpoint;
        InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        int said = status(in);
        Map<String, String> with = headers(in);
        for (int interim = 0; said < 200; interim++) {
            if (interim == MOST_INTERIM) {
                throw new IOException("the answer does not come to its end");
            }
            said = status(in);
            with = headers(in);
        }
        this.status = said;
        this.headers = with;
        this.body = body(in);
    }

    int status() {
        return status;
    }

    boolean isOfEndpoint() {
        return isOfEndpoint;
    }

    String host() {
        return from.getHost();
    }

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    /** Where the answer sends us; null if it does not. */
    @Nullable
    String redirect() {
        return REDIRECTS.contains(status) ? header("Location") : null;
    }

    /** The next bytes of the body, at most {@code most}; −1 at its end. */
    int read(byte[] into, int most) throws CutException {
        try {
            return body.read(into, 0, most);
        } catch (IOException cut) {
            throw CutException.of(host(), cut);
        }
    }

    /**
     * The whole body.
     *
     * @throws Refusal if it is longer than that
     */
    byte[] all(int most) throws CutException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 14];
        for (int n; (n = read(buffer, buffer.length)) >= 0; ) {
            if (all.size() + n > most) {
                throw new Refusal(host() + " answers with more than the " + most + " bytes that are read");
            }
            all.write(buffer, 0, n);
        }
        return all.toByteArray();
    }

    @Override
    public void close() {
        close(socket);
    }

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // whoever closes it needs it no more
        }
    }

    /** A line of an answer without its end. */
    static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b; (b = in.read()) != '\n'; ) {
            if (b < 0) {
                throw new EOFException();
            }
            if (line.size() == LONGEST_LINE) {
                throw new IOException("a line of the answer is longer than " + LONGEST_LINE + " bytes");
            }
            line.write(b);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static int status(InputStream in) throws IOException {
        Matcher status = STATUS.matcher(line(in));
        if (!status.matches()) {
            throw new IOException("the answer is not HTTP/1.1");
        }
        return Integer.parseInt(status.group(1));
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < MOST_HEADERS; i++) {
            String line = line(in);
            if (line.isEmpty()) {
                return headers;
            }
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("a header of the answer has no name");
            }
            String name = line.substring(0, colon);
            String value = line.substring(colon + 1).strip();
            String before = headers.putIfAbsent(name, value);
            if (before != null && !before.equals(value) && isOfTheBody(name)) {
                throw new IOException("the answer has two headers " + name);
            }
        }
        throw new IOException("the answer has more than " + MOST_HEADERS + " headers");
    }

    private static boolean isOfTheBody(String name) {
        return Arrays.stream(new String[] {"Content-Length", "Transfer-Encoding", "Content-Encoding", "Content-Range"})
                .anyMatch(name::equalsIgnoreCase);
    }

    private InputStream body(InputStream in) throws IOException {
        String packed = header("Content-Encoding");
        if (packed != null && !packed.equalsIgnoreCase("identity")) {
            throw new IOException("the answer is packed by " + packed + ", which was not asked for");
        }
        String transfer = header("Transfer-Encoding");
        if (transfer != null) {
            if (!transfer.equalsIgnoreCase("chunked")) {
                throw new IOException("the answer is sent by " + transfer + ", which is not read");
            }
            return new ChunkedBody(in);
        }
        String length = header("Content-Length");
        if (length == null) {
            return in;
        }
        if (!length.matches("\\d{1,18}")) {
            throw new IOException("the answer is said to have " + length + " bytes");
        }
        return new SizedBody(in, Long.parseLong(length));
    }
}
