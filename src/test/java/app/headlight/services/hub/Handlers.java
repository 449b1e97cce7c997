package app.headlight.services.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Answers other than the right one. */
final class Handlers {

    private Handlers() {}

    /** An answer without a body, as the hub gives when it refuses. */
    static HttpHandler refusal(int status, @Nullable String code) {
        return exchange -> {
            if (code != null) {
                exchange.getResponseHeaders().set("X-Error-Code", code);
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        };
    }

    static HttpHandler redirect(String to) {
        return exchange -> {
            exchange.getResponseHeaders().set("Location", to);
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        };
    }

    static HttpHandler text(String text) {
        return exchange -> send(exchange, 200, text.getBytes(StandardCharsets.UTF_8));
    }

    static void send(HttpExchange exchange, int status, byte[] content) throws IOException {
        exchange.sendResponseHeaders(status, content.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(content);
        }
    }

    /** A space again and again. */
    static HttpHandler trickle(int bytes, long millis) {
        return exchange -> {
            exchange.sendResponseHeaders(200, bytes + 1);
            for (int i = 0; i < bytes; i++) {
                exchange.getResponseBody().write(" ".getBytes(StandardCharsets.US_ASCII));
                exchange.getResponseBody().flush();
                try {
                    Thread.sleep(millis);
                } catch (InterruptedException closed) {
                    return;
                }
            }
        };
    }

    /** The first of {@code bytes} of a file, and then none until the end. */
    static HttpHandler stalled(byte[] file, int bytes, CountDownLatch end) {
        return exchange -> {
            exchange.sendResponseHeaders(200, file.length);
            exchange.getResponseBody().write(file, 0, bytes);
            exchange.getResponseBody().flush();
            try {
                end.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException closed) {
                exchange.close();
            }
        };
    }
}
