package app.headlight.web.api;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.UncomputableException;
import app.headlight.ground.people.NotAllowedException;
import app.headlight.services.findings.NotFoundException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.HandlerMethod;

/** Answers what is refused, with the messages of the pages. */
@Order(Ordered.HIGHEST_PRECEDENCE)
@RestControllerAdvice(basePackageClasses = Refusals.class)
class Refusals {

    private static final Set<Class<?>> STORING = Set.of(
            FindingsController.class, DiscussionController.class, CollectionsController.class, RunsController.class);

    private static final String TOKEN_NEEDED =
            "This needs an access token: send the header “Authorization: Bearer hl_…”.";

    @ExceptionHandler
    ProblemDetail wrong(Refusal refused, HandlerMethod asked, HttpServletRequest request) {
        return problem(HttpStatus.BAD_REQUEST, title(asked, request), refused.getMessage());
    }

    private static String title(HandlerMethod asked, HttpServletRequest request) {
        if (!STORING.contains(asked.getBeanType())) {
            return "Cannot be computed";
        }
        return request.getMethod().equals(HttpMethod.GET.name()) ? "Cannot be found" : "Cannot be stored";
    }

    @ExceptionHandler
    ProblemDetail uncomputable(UncomputableException refused) {
        return problem(HttpStatus.UNPROCESSABLE_CONTENT, "Cannot be computed", refused.getMessage());
    }

    @ExceptionHandler
    ProblemDetail missing(NotFoundException refused) {
        return problem(HttpStatus.NOT_FOUND, "No such thing", refused.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> notAllowed(NotAllowedException refused) {
        return refused.isStranger()
                ? ResponseEntity.status(HttpStatus.UNAUTHORIZED)
                        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                        .body(problem(HttpStatus.UNAUTHORIZED, "Not allowed", TOKEN_NEEDED))
                : ResponseEntity.status(HttpStatus.FORBIDDEN)
                        .body(problem(HttpStatus.FORBIDDEN, "Not allowed", refused.getMessage()));
    }

    private static ProblemDetail problem(HttpStatus status, String title, String detail) {
        return new Problem(status, title, detail).getBody();
    }
}
