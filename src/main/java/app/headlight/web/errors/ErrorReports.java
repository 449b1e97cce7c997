package app.headlight.web.errors;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.http.MediaType;

/**
 * Answers requests that the server refuses before the program sees them: addresses and headers that are too long or
 * malformed. If not even the address could be read, it answers as REST does.
 */
public class ErrorReports extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, Throwable thrown) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        String address = request.getCoyoteRequest().requestURI().toString();
        boolean api = address == null || address.isEmpty() || Api.isOf(address, "");
        ErrorWords words = ErrorWords.of(response.getStatus());
        ErrorPages.guard(response);
        try {
            response.setContentType(api ? MediaType.APPLICATION_PROBLEM_JSON_VALUE : MediaType.TEXT_HTML_VALUE);
            response.setCharacterEncoding(StandardCharsets.UTF_8);
            Writer writer = response.getReporter();
            if (writer != null) {
                writer.write(api ? words.json() : words.html("/"));
                response.finishResponse();
            }
        } catch (IOException | IllegalStateException goneMeanwhile) {
            // nobody receives the answer
        }
    }
}
