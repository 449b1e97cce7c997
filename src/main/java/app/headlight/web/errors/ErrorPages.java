package app.headlight.web.errors;

import app.headlight.web.security.ContentPolicy;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers requests that failed. */
@Controller
class ErrorPages implements ErrorController {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    @RequestMapping("${server.error.path:/error}")
    ResponseEntity<byte[]> answer(HttpServletRequest request, HttpServletResponse response) {
        guard(response);
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? code
                : HttpStatus.NOT_FOUND.value();
        ErrorWords words = ErrorWords.of(status);
        boolean api = Api.isOf(
                String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI)), request.getContextPath());
        String body = api ? words.json() : words.html(request.getContextPath() + "/");
        return ResponseEntity.status(status)
                .contentType(api ? MediaType.APPLICATION_PROBLEM_JSON : HTML)
                .body(body.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds the headers against scripts and frames to an answer that passed no filter of the program. */
    static void guard(HttpServletResponse response) {
        if (!response.containsHeader(ContentPolicy.HEADER)) {
            response.setHeader(ContentPolicy.HEADER, ContentPolicy.plain());
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("X-Frame-Options", "DENY");
            response.setHeader("Referrer-Policy", "same-origin");
        }
    }
}
