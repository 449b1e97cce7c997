package app.headlight.web.errors;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A request as nobody should write it, sent as it is. */
final class RawRequest {

    private RawRequest() {}

    /**
     * @param type of the answer; empty where it has none
     */
    record Answer(int status, String type, String body) {}

    /** @param head request line and headers, without the blank line at their end */
    static Answer send(int port, String head, String body) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            String whole = head + "\r\nHost: localhost:" + port + "\r\nConnection: close\r\n"
                    + (body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n") + "\r\n" + body;
            try {
                out.write(whole.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            } catch (IOException closedAlready) {
                // the answer is read all the same
            }
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = answer.indexOf("\r\n\r\n");
            String headers = end < 0 ? answer : answer.substring(0, end);
            String type = headers.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-type:"))
                    .map(line -> line.substring("content-type:".length()).strip())
                    .findFirst()
                    .orElse("");
            return new Answer(
                    headers.matches("(?s)HTTP/1\\.1 \\d{3}.*") ? Integer.parseInt(headers.substring(9, 12)) : 0,
                    type,
                    end < 0 ? "" : answer.substring(end + 4));
        }
    }
}
