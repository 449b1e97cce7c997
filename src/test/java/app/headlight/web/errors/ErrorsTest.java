package app.headlight.web.errors;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.SharedServer;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Whatever comes in, it is answered in one shape, and no trace is printed. */
class ErrorsTest extends SharedServer {

    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

    @LocalServerPort
    private int port;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        ROOT.addAppender(log);
    }

    @AfterEach
    void noTraceWasPrinted() {
        ROOT.detachAppender(log);
        assertThat(List.copyOf(log.list))
                .filteredOn(event -> event.getThrowableProxy() != null || event.getLevel() == Level.ERROR)
                .isEmpty();
    }

    @Test
    void everyWrongAddressOfRestIsAProblem() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String path : List.of(
                "/api/v1/models;x=1",
                "/api/v1;x/models",
                "/api/v1//models",
                "//api/v1/models",
                "/api//v1/models",
                "/api/v1/models/100%25/run",
                "/api/v1/models/a%2Fb/run",
                "/api/v1/models/a%2fb/circuits",
                "/api/v1/models/%2e%2e%2f/circuits",
                "/api/v1/models/%2e%2e/circuits",
                "/api/v1/models/../../x",
                "/api/v1/../../../x",
                "/api/v1/models/%00/circuits",
                "/api/v1/models/a%0d%0ab/circuits",
                "/api/v1/models/%zz/circuits",
                "/api/v1/models/%/circuits",
                "/api/v1/models/%ff%fe/circuits",
                "/api/v1/models/a\\b/circuits",
                "/api/v1/models/a%5cb/circuits",
                "/api/v1/models/" + "a".repeat(3000) + "/circuits",
                "/api/v1/models?x=%zz",
                "/api/v1/findings?q=%",
                "/api/v1/findings?author=abc",
                "/api/v1/findings?page=99999999999",
                "/api/v1/findings?order=sideways",
                "/api/v1/findings/abc",
                "/api/v1/findings/99999999999999999999",
                "/api/v1/models/storybook-2l/neighbours",
                "/api/v1/models/storybook-2l/neighbours?token=a",
                "/api/v1/nothing",
                "/api/nothing",
                "/api/v1",
                "/api/v1/findings?q=" + "a".repeat(70_000),
                "/api/v1/findings?q=" + "a".repeat(200_000),
                "/api/v1/models|x")) {
            lines.add("GET " + path + " HTTP/1.1");
        }
        for (String method : List.of("TRACE", "FOO", "PATCH", "PUT", "DELETE", "foo", "PROPFIND")) {
            lines.add(method + " /api/v1/models HTTP/1.1");
        }
        lines.add("GET /api/v1/models HTTP/1.1\r\nX-Long: " + "a".repeat(70_000));
        lines.add("GET /api/v1/models HTTP/1.1\r\nX-Long: " + "a".repeat(300_000));
        lines.add("GET /api/v1/models HTTP/1.1\r\nAccept: image/png");
        lines.add("GET /api/v1/models HTTP/1.1\r\nAccept: nonsense");
        lines.add("GET /api/v1/findings/999999 HTTP/1.1\r\nAccept: text/html");
        lines.add("GET /api/v1/models HTTP/1.1\r\nAuthorization: Bearer");
        lines.add("GET /api/v1/models HTTP/1.1\r\nAuthorization: Basic YTpi");
        for (String line : lines) {
            problem(line, RawRequest.send(port, line, ""));
        }
    }

    @Test
    void everyWrongBodyOfRestIsAProblem() throws IOException {
        String run = "POST /api/v1/models/storybook-2l/run HTTP/1.1";
        for (String type : List.of(
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary=x",
                "multipart/mixed",
                "text/plain",
                "nonsense",
                "application/json; charset=nonsense",
                "/",
                "application/x-www-form-urlencoded")) {
            problem(type, RawRequest.send(port, run + "\r\nContent-Type: " + type, "{\"text\": \"a\"}"));
        }
        for (String body : List.of(
                "{",
                "[]",
                "null",
                "\"a\"",
                "{\"text\": false}",
                "{\"text\": 7}",
                "{\"text\": [\"a\"]}",
                "{\"text\": \"a\", \"text\": \"b\"}",
                "{\"tokens\": [\"1\", \"2\"]}",
                "{\"tokens\": [1.5]}",
                "{\"tokens\": [true]}",
                "{\"tokens\": [99999999999]}",
                "{\"tokens\": null}",
                "{\"tokens\": [null]}",
                "{\"text\": \"\\ud800\"} x",
                "[".repeat(20_000))) {
            problem(body, RawRequest.send(port, run + "\r\nContent-Type: application/json", body));
        }
        String detectors = "POST /api/v1/models/storybook-2l/detectors HTTP/1.1\r\nContent-Type: application/json";
        for (String period : List.of("2147483647", "1073741824", "-2147483648", "\"1\"", "0", "3")) {
            RawRequest.Answer answer =
                    RawRequest.send(port, detectors, "{\"tokens\": [1, 2, 3, 4], \"period\": " + period + "}");
            problem(period, answer);
            assertThat(answer.body()).contains(period.startsWith("\"") ? "JSON" : "a period of " + period);
        }
        problem("length", RawRequest.send(port, run + "\r\nContent-Type: application/json\r\nContent-Length: x", ""));
    }

    @Test
    void aWrongRequestForAPageIsAnsweredInWords() throws IOException {
        for (String line : List.of(
                "GET /explore?text=%FF%FE HTTP/1.1",
                "GET /explore?text=%zz HTTP/1.1",
                "GET /explore;x HTTP/1.1",
                "GET //explore HTTP/1.1",
                "GET /explore/%2e%2e/x HTTP/1.1",
                "GET /explore?text=" + "%C3%A9".repeat(11_500) + " HTTP/1.1",
                "GET /findings/%2f HTTP/1.1",
                "TRACE / HTTP/1.1",
                "POST / HTTP/1.1\r\nContent-Type: multipart/form-data",
                "POST /explore HTTP/1.1\r\nContent-Type: multipart/form-data",
                "POST /sign-in HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=",
                "POST /sign-in HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=x",
                "POST /?v-r=uidl HTTP/1.1\r\nContent-Type: multipart/form-data",
                "GET /VAADIN/build/none.js HTTP/1.1",
                "GET /none.png HTTP/1.1")) {
            RawRequest.Answer answer = RawRequest.send(port, line, line.startsWith("POST") ? "x" : "");
            assertThat(answer.status()).as(line).isBetween(302, 499);
            assertThat(answer.body()).as(line).doesNotContain("Exception", "\tat ", "Tomcat", "Whitelabel");
        }
    }

    @Test
    void whatVaadinTakesItCannotBeMadeToPrint() throws IOException {
        for (String line : List.of(
                "POST /?v-r=uidl&v-uiId=0 HTTP/1.1",
                "POST /?v-r=uidl&v-uiId=x HTTP/1.1",
                "POST /?v-r=heartbeat&v-uiId=9 HTTP/1.1",
                "POST /?v-r=push&v-uiId=0 HTTP/1.1",
                "GET /?v-r=init&location=%25zz&query= HTTP/1.1",
                "GET /?v-r=init&location=..%2F..&query= HTTP/1.1",
                "GET /?v-r=init HTTP/1.1",
                "GET /?v-r=nonsense HTTP/1.1",
                "POST /VAADIN/dynamic/resource/0/x/y HTTP/1.1",
                "GET /VAADIN/dynamic/resource/x/y/z HTTP/1.1",
                "GET /VAADIN/../../etc/passwd HTTP/1.1",
                "GET /VAADIN/push HTTP/1.1",
                "GET /VAADIN/push?v-uiId=0&v-pushId=x HTTP/1.1\r\nUpgrade: websocket\r\nConnection: upgrade",
                "POST /VAADIN/push?v-uiId=0&v-pushId=x HTTP/1.1",
                "GET /?v-r=uidl&v-uiId=99999999999999 HTTP/1.1")) {
            for (String body :
                    line.startsWith("POST") ? List.of("x", "{\"csrfToken\":\"init\",\"rpc\":[{}]}") : List.of("")) {
                RawRequest.Answer answer =
                        RawRequest.send(port, line + "\r\nContent-Type: application/json; charset=UTF-8", body);
                assertThat(answer.body()).as(line).doesNotContain("Exception:", "\tat ");
            }
        }
    }

    @Test
    void noHeaderMakesAnyAddressFail() throws IOException {
        for (String path : List.of(
                "/favicon.svg", "/explore", "/api/v1/models", "/api/page", "/alive", "/actuator/health", "/sign-in")) {
            for (String header : List.of(
                    "Range: bytes=0-9999999999999999999",
                    "Range: bytes=5-2",
                    "Range: x",
                    "If-Modified-Since: x",
                    "If-None-Match: \"",
                    "Origin: http://[",
                    "Accept: a/b;q=x",
                    "Accept: */json",
                    "Accept-Language: xx-$$,;q=9",
                    "Accept-Encoding: ;;",
                    "Content-Type: a/*",
                    "Content-Type: */*",
                    "Content-Length: -1",
                    "Content-Length: 99999999999999999999",
                    "Transfer-Encoding: x",
                    "Transfer-Encoding: chunked, x",
                    "Cookie: JSESSIONID=%ff; =;;\"",
                    "Host: a:b",
                    "Upgrade: websocket",
                    "Expect: x")) {
                RawRequest.Answer answer = RawRequest.send(port, "GET " + path + " HTTP/1.1\r\n" + header, "");
                String asked = path + " " + header;
                boolean unknownEncoding = header.startsWith("Transfer-Encoding");
                assertThat(answer.status()).as(asked).isBetween(200, unknownEncoding ? 501 : 499);
                assertThat(answer.body()).as(asked).doesNotContain("Exception", "\tat ", "Tomcat");
                if (path.startsWith("/api/v1") && answer.status() >= 400) {
                    assertThat(answer.type()).as(asked).startsWith("application/problem+json");
                }
            }
        }
    }

    private static void problem(String what, RawRequest.Answer answer) {
        String name = what.length() < 120 ? what : what.substring(0, 120);
        assertThat(answer.status()).as(name).isBetween(400, 499);
        assertThat(answer.type()).as(name).startsWith("application/problem+json");
        assertThat(answer.body())
                .as(name)
                .contains("\"title\"", "\"status\":" + answer.status())
                .doesNotContain("Exception", "Cannot be stored");
    }
}
