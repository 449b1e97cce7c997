package app.headlight.web.api;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** An error that the caller can correct, answered as RFC 9457 problem details. */
class Problem extends ErrorResponseException {

    private static final long serialVersionUID = 1;

    Problem(HttpStatus status, String title, String detail) {
        super(status);
        setTitle(title);
        setDetail(detail);
    }

    static Problem bad(String title, String detail) {
        return new Problem(HttpStatus.BAD_REQUEST, title, detail);
    }
}
