package app.headlight.web.api;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers a body that is no JSON, or JSON of other kinds of values, in words for its caller. */
@Order(Ordered.HIGHEST_PRECEDENCE) // before Spring's own advice, which answers all it knows
@RestControllerAdvice(basePackageClasses = UnreadableBody.class)
class UnreadableBody {

    @ExceptionHandler
    ProblemDetail unreadable(HttpMessageNotReadableException body) {
        return Problem.bad(
                        "Cannot be read",
                        "The body is to be JSON: {\"text\": \"…\"}, or {\"tokens\": [1, 2, 3]} of whole numbers,"
                                + " and whole numbers in its other fields; texts and numbers are not taken for each other,"
                                + " and no field stands twice.")
                .getBody();
    }
}
