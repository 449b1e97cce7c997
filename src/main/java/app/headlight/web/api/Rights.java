package app.headlight.web.api;

import app.headlight.ground.people.NotAllowedException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers requests without the right, with the messages of the pages: 401 if a token could help, otherwise 403. */
@Order(Ordered.HIGHEST_PRECEDENCE)
@RestControllerAdvice(basePackageClasses = Rights.class)
class Rights {

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(NotAllowedException refused) {
        HttpStatus status = refused.isStranger() ? HttpStatus.UNAUTHORIZED : HttpStatus.FORBIDDEN;
        Problem problem = new Problem(
                status,
                "Not allowed",
                refused.isStranger()
                        ? "This needs an access token: send the header “Authorization: Bearer hl_…”."
                        : String.valueOf(refused.getMessage()));
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
        return refused.isStranger()
                ? answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer").body(problem.getBody())
                : answer.body(problem.getBody());
    }
}
