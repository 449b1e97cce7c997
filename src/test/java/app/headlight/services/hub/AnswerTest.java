package app.headlight.services.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers by HTTP/1.1, right ones and broken ones. */
class AnswerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello and more",
                "HTTP/1.1 200\r\ncontent-length:5\r\n\r\nhello",
                "HTTP/1.0 200 OK\n\nhello",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n2;x=y\r\nhe\r\n0003\r\nllo\r\n0\r\nA: b\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Encoding: identity\r\n\r\nhello"
            })
    void isRead(String text) throws IOException {
        try (Answer answer = answer(text)) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.all(5)).asString(StandardCharsets.US_ASCII).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/2 200 OK\r\n\r\n', is not HTTP/1.1",
        "'SSH-2.0-OpenSSH\r\n', is not HTTP/1.1",
        "'HTTP/1.1 200 OK\r\nno header\r\n\r\n', a header of the answer has no name",
        "'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n', two headers Content-Length",
        "'HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n', said to have -5 bytes",
        "'HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n', said to have 9999",
        "'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n', 'sent by gzip, which is not read'",
        "'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n', packed by gzip",
    })
    void isRefused(String text, String words) {
        assertThatThrownBy(() -> answer(text)).isInstanceOf(IOException.class).hasMessageContaining(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello!\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nhello"
            })
    void isCut(String text) throws IOException {
        try (Answer answer = answer(text)) {
            assertThatThrownBy(() -> answer.all(100)).isInstanceOf(CutException.class);
        }
    }

    @Test
    void isNotReadWithoutAnEnd() {
        String line = "HTTP/1.1 200 OK\r\n";
        assertThatThrownBy(() -> answer(line + "A: " + "b".repeat(100_000)))
                .hasMessage("a line of the answer is longer than 16384 bytes");
        assertThatThrownBy(() -> answer(line + "A: b\r\n".repeat(1000)))
                .hasMessage("the answer has more than 200 headers");
        assertThatThrownBy(() -> answer("HTTP/1.1 100 Continue\r\n\r\n".repeat(100)))
                .hasMessage("the answer does not come to its end");
    }

    private static Answer answer(String text) throws IOException {
        InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
        Socket socket = new Socket() {
            @Override
            public InputStream getInputStream() {
                return in;
            }
        };
        return new Answer(socket, URI.create("https://hub.test/x"), true);
    }
}
