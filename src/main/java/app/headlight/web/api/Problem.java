package app.headlight.web.api;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** An error that its caller can do something about, answered as RFC 9457 problem details. */
class Problem extends ErrorResponseException {

    private static final long serialVersionUID = 1;

    Problem(HttpStatus status, String title, String detail) {
        super(status);
        setTitle(title);
        setDetail(detail);
    }
}
