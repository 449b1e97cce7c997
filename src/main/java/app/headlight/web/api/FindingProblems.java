package app.headlight.web.api;


import app.headlight.services.findings.NotFoundException;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers refused changes of findings with the messages of the pages. */
@Order(Ordered.HIGHEST_PRECEDENCE + 1) // after the advice that refuses a parameter that is not a number
@RestControllerAdvice(
        assignableTypes = {FindingsController.class, DiscussionController.class, CollectionsController.class})
class FindingProblems {

    @ExceptionHandler
    ResponseEntity<ProblemDetail> missing(NotFoundException missing) {
        return problem(HttpStatus.NOT_FOUND, "No such thing", missing);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unfit(IllegalArgumentException unfit, HttpServletRequest request) {
        boolean reading = request.getMethod().equals(HttpMethod.GET.name());
        return problem(HttpStatus.BAD_REQUEST, reading ? "Cannot be found" : "Cannot be stored", unfit);
    }

    private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String title, RuntimeException why) {
        return ResponseEntity.status(status)
                .body(new Problem(status, title, String.valueOf(why.getMessage())).getBody());
    }
}
