package app.headlight.web.api;

import app.headlight.web.errors.Faults;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/**
 * Answers the errors that no other advice handles: parameters of a wrong kind, a database that does not answer, and
 * faults of the server.
 */
@RestControllerAdvice(basePackageClasses = OtherProblems.class)
class OtherProblems {

    @Order(Ordered.HIGHEST_PRECEDENCE)
    @RestControllerAdvice(basePackageClasses = OtherProblems.class)
    static class Parameters {

        @ExceptionHandler
        ProblemDetail unreadable(MethodArgumentTypeMismatchException parameter) {
            Class<?> kind = parameter.getRequiredType();
            boolean number = kind != null && (kind.isPrimitive() || Number.class.isAssignableFrom(kind));
            return Problem.bad(
                            "Cannot be read",
                            "“" + parameter.getName() + "” is “"
                                    + KnownParameters.shortened(String.valueOf(parameter.getValue()))
                                    + "”; expected "
                                    + (number ? "a whole number up to " + largest(kind) : "another kind of value")
                                    + ".")
                    .getBody();
        }

        private static String largest(Class<?> kind) {
            boolean small = kind == int.class || kind == Integer.class;
            return String.format(Locale.ROOT, "%,d", small ? Integer.MAX_VALUE : Long.MAX_VALUE);
        }

        @ExceptionHandler
        ProblemDetail unreadable(RequestRejectedException request) {
            return Problem.bad("Cannot be read", "A header of the request has characters that are not text.")
                    .getBody();
        }

        /** A query that has parts which are not parameters, or too many parameters. */
        @ExceptionHandler
        ProblemDetail unreadable(InvalidParameterException query) {
            return Problem.bad(
                            "Cannot be read",
                            "The query must be NAME=VALUE&NAME=VALUE, with names, and percent signs only before two hexadecimal digits.")
                    .getBody();
        }
    }

    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ProblemDetail noDatabase(RuntimeException gone, HttpServletRequest request) {
        Faults.tell(request.getMethod() + " " + request.getRequestURI(), gone);
        return new Problem(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "Not at the moment",
                        "The database cannot be reached, or stores nothing at the moment. Try again in a while.")
                .getBody();
    }

    @ExceptionHandler
    ProblemDetail fault(Exception fault, HttpServletRequest request) {
        Faults.tell(request.getMethod() + " " + request.getRequestURI(), fault);
        return new Problem(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "Something went wrong in the server",
                        "The server's log says what it was.")
                .getBody();
    }
}
