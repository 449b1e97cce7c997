package app.headlight.web.limits;

import app.headlight.web.errors.ProblemResponse;
import com.vaadin.flow.server.VaadinService;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.InputBuffer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Refuses a request whose body is larger than its address accepts, before anything reads it: 413 for REST, a message on
 * the page. A body without a length is first read up to the limit; where files are uploaded it is refused.
 */
final class BodyLimit extends ValveBase {

    /** A larger body is not read to its end; its sender may see the connection close instead of the answer. */
    private static final long DRAINED = 64 << 20;

    private static final long MEGABYTE = 1 << 20;

    private final long usual;
    private final long texts;
    private final long models;
    private final long runs;

    /**
     * @param usual the largest body in bytes
     * @param texts the largest body where files of text are uploaded
     * @param models the largest body where files of models are
     * @param runs the largest body where files of runs are
     */
    BodyLimit(long usual, long texts, long models, long runs) {
        super(true);
        this.usual = usual;
        this.texts = Math.max(usual, texts);
        this.models = Math.max(this.texts, models);
        this.runs = Math.max(usual, runs);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        boolean chunked = request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
        boolean refusedAlready = request.getDecodedRequestURI() == null; // by Tomcat, which reads no body then
        if (refusedAlready || !chunked && !hasLength(request)) {
            getNext().invoke(request, response);
            return;
        }
        TimedBody body = new TimedBody(request.getCoyoteRequest());
        long most = most(request);
        boolean upload = most > usual;
        if (chunked && upload) {
            refuse(request, response, body, HttpStatus.LENGTH_REQUIRED, "A file must be sent with its Content-Length.");
            return;
        }
        byte @Nullable [] read = chunked ? body.readAll(most) : null;
        if (request.getContentLengthLong() > most || chunked && read == null) {
            refuse(
                    request,
                    response,
                    body,
                    HttpStatus.CONTENT_TOO_LARGE,
                    "This server takes " + inWords(most) + " at once" + (upload ? "." : ", and more only as a file."));
            return;
        }
        pass(request, response, read == null ? body : TimedBody.of(read), body.network());
    }

    /** If the length is not a number, Tomcat has refused the request already. */
    private static boolean hasLength(Request request) {
        try {
            return request.getContentLengthLong() > 0;
        } catch (NumberFormatException noLength) {
            return false;
        }
    }

    private void pass(Request request, Response response, InputBuffer body, InputBuffer network)
            throws IOException, ServletException {
        request.getCoyoteRequest().setInputBuffer(body);
        try {
            getNext().invoke(request, response);
        } finally {
            request.getCoyoteRequest().setInputBuffer(network); // Tomcat uses it again for the next request
        }
    }

    /**
     * The largest body at an address; for files at those of the uploads of pages, which only people who see the page
     * know, and with a token. What takes an upload has a limit of its own beside this.
     */
    private long most(Request request) {
        boolean hasToken = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
        String path = request.getDecodedRequestURI();
        if (path.startsWith("/VAADIN/dynamic/")) {
            return Math.max(models, runs);
        }
        if (hasToken && path.equals("/api/v1/models")) {
            return models;
        }
        if (hasToken && path.equals("/api/v1/runs")) {
            return runs;
        }
        return hasToken && path.equals("/api/v1/findings/import") ? texts : usual;
    }

    private static void refuse(Request request, Response response, TimedBody body, HttpStatus status, String why)
            throws IOException {
        response.setHeader(HttpHeaders.CONNECTION, "close");
        if ("uidl".equals(parameter(request.getQueryString(), "v-r"))) {
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            String message = VaadinService.createCriticalNotificationJSON(
                    "That is too long for this server",
                    why + " Click here or press Esc to open the view again, without what was too long.",
                    "",
                    null);
            write(response, "for(;;);[" + message + "]"); // as Vaadin wraps what it answers
        } else if (request.getDecodedRequestURI().startsWith("/api/")) {
            ProblemResponse.write(response, status, "Too large", why);
        } else {
            response.setStatus(status.value());
            response.setContentType(MediaType.TEXT_PLAIN_VALUE);
            write(response, why);
        }
        response.finishResponse();
        if (request.getHeader(HttpHeaders.EXPECT) == null) {
            body.drain(DRAINED);
        }
    }

    private static void write(Response response, String text) throws IOException {
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().write(text);
    }

    /** Tomcat's own way to parameters reads the body. */
    private static @Nullable String parameter(@Nullable String query, String name) {
        for (String pair : query == null ? new String[0] : query.split("&")) {
            if (pair.startsWith(name + "=")) {
                return pair.substring(name.length() + 1);
            }
        }
        return null;
    }

    private static String inWords(long bytes) {
        return bytes % MEGABYTE == 0 ? bytes / MEGABYTE + " MB" : String.format("%,d bytes", bytes);
    }
}
