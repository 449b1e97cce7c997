package app.headlight.web.limits;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.SharedServer;
import app.headlight.ground.people.AccessTokens;
import app.headlight.ground.people.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Bodies beyond the limit, sent by hand: no client keeps a test from sending what it likes. */
class BodyLimitTest extends SharedServer {

    private static final int MEGABYTE = 1 << 20;
    private static final String RUN = "/api/v1/models/storybook-2l/run";
    private static final String JSON = "Content-Type: application/json\r\n";

    @LocalServerPort
    private int port;

    @Autowired
    private AccessTokens tokens;

    @ParameterizedTest
    @CsvSource({
        "POST, " + RUN + ", application/json",
        "POST, /api/v1/models/storybook-2l/paths, application/json",
        "POST, /api/v1/findings, application/json",
        "POST, /api/v1/findings/import, application/json",
        "POST, /api/v1/no/such/address, text/plain",
        "PUT, /api/v1/findings/1/vote, multipart/form-data; boundary=x",
        "GET, /api/v1/models, application/json",
    })
    void aLargeBodyIsRefusedWithAProblem(String method, String path, String type) throws IOException {
        String answer = send(method, path, "Content-Type: " + type + "\r\n", MEGABYTE + 1, false);
        assertThat(answer).startsWith("HTTP/1.1 413").contains("application/problem+json");
        assertThat(answer).contains("\"status\":413").contains("1 MB at once");
    }

    @ParameterizedTest
    @ValueSource(ints = {MEGABYTE + 1, 30 * MEGABYTE})
    void soIsOneThatDoesNotSayItsLength(int size) throws IOException {
        assertThat(send("POST", RUN, JSON, size, true))
                .startsWith("HTTP/1.1 413")
                .contains("1 MB at once");
    }

    @Test
    void aChunkedBodyWithinTheLimitIsReadAsAnyOther() throws IOException {
        String body = "{\"tokens\":[5,6,7]}";
        String chunked = "POST " + RUN + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + JSON
                + "Transfer-Encoding: chunked\r\n\r\n"
                + "4\r\n" + body.substring(0, 4) + "\r\n"
                + Integer.toHexString(body.length() - 4) + "\r\n" + body.substring(4) + "\r\n0\r\n\r\n";
        assertThat(exchange(chunked.getBytes(StandardCharsets.UTF_8)))
                .startsWith("HTTP/1.1 200")
                .contains("\"loss\"");
    }

    @Test
    void onAPageItIsAMessage() throws IOException {
        assertThat(send("POST", "/?v-r=uidl&v-uiId=0", JSON, MEGABYTE + 1, false))
                .startsWith("HTTP/1.1 200")
                .contains("for(;;);[{")
                .contains("appError")
                .contains("too long for this server");
        assertThat(send("POST", "/sign-in", "Content-Type: application/x-www-form-urlencoded\r\n", MEGABYTE + 1, false))
                .startsWith("HTTP/1.1 413")
                .contains("text/plain");
    }

    @Test
    void whereFilesAreUploadedMoreIsTaken() throws IOException {
        String token = tokens.make(account("Imports", Role.MEMBER), "for a test");
        String authorised = JSON + "Authorization: Bearer " + token + "\r\n";
        assertThat(send("POST", "/api/v1/findings/import", authorised, 3 * MEGABYTE, false))
                .doesNotStartWith("HTTP/1.1 413");
        assertThat(send("POST", "/api/v1/findings/import", authorised, 22 * MEGABYTE, false))
                .startsWith("HTTP/1.1 413");
        assertThat(send("POST", "/api/v1/findings/import", authorised, 10, true))
                .startsWith("HTTP/1.1 411");
        assertThat(send("POST", RUN, authorised, 3 * MEGABYTE, false)).startsWith("HTTP/1.1 413");
        String models = "/api/v1/models?name=x";
        String zip = authorised.replace("application/json", "application/zip");
        assertThat(send("POST", models, zip, 22 * MEGABYTE, false)).startsWith("HTTP/1.1 400");
        assertThat(send("POST", models, zip, 10, true)).startsWith("HTTP/1.1 411");
        assertThat(send("POST", models, JSON, 3 * MEGABYTE, false)).startsWith("HTTP/1.1 413");
    }

    @Test
    void aTextFarLongerThanTheContextIsRefusedBeforeItIsMadeIntoTokens() throws IOException {
        String text = "a".repeat(100_001);
        String body = "{\"text\":\"" + text + "\"}";
        String request = "POST " + RUN + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + JSON
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        assertThat(exchange(request.getBytes(StandardCharsets.UTF_8)))
                .startsWith("HTTP/1.1 400")
                .contains("100,001 characters")
                .contains("100,000 characters at most");
    }

    private String send(String method, String path, String headers, int size, boolean chunked) throws IOException {
        byte[] head = (method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers
                        + (chunked ? "Transfer-Encoding: chunked\r\n\r\n" : "Content-Length: " + size + "\r\n\r\n"))
                .getBytes(StandardCharsets.US_ASCII);
        byte[] body = new byte[size];
        Arrays.fill(body, (byte) 'a');
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head);
        if (chunked) {
            all.writeBytes((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            all.writeBytes(body);
            all.writeBytes("\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } else {
            all.writeBytes(body);
        }
        return exchange(all.toByteArray());
    }

    /** Sends it all, then reads the answer, as simple clients do. */
    private String exchange(byte[] request) throws IOException {
        try (Socket socket = new Socket("localhost", port);
                OutputStream out = socket.getOutputStream();
                InputStream in = socket.getInputStream()) {
            out.write(request);
            out.flush();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
