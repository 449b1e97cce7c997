package app.headlight.web.api;

import app.headlight.services.findings.JsonFaults;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import tools.jackson.core.JacksonException;

/** Answers a body that is not JSON, or has values of wrong kinds, with a message for the caller. */
@Order(Ordered.HIGHEST_PRECEDENCE) // before Spring's own advice, which answers all it knows
@RestControllerAdvice(basePackageClasses = UnreadableBody.class)
class UnreadableBody {

    @ExceptionHandler
    ProblemDetail unreadable(HttpMessageNotReadableException body) {
        return Problem.bad("Cannot be read", why(body)).getBody();
    }

    private static String why(HttpMessageNotReadableException body) {
        String form =
                "The body must be JSON as the page /api describes it: texts and numbers are not taken for each other,"
                        + " positions, tokens and counts are whole numbers, and no field stands twice.";
        if (!(body.getCause() instanceof JacksonException fault)) {
            return form;
        }
        String where = JsonFaults.where(fault);
        return JsonFaults.unknownField(fault)
                .map(unknown -> unknown.replaceFirst("^t", "T") + ".")
                .orElse((where.isEmpty() ? "" : "“" + where + "” cannot be read. ") + form);
    }
}
