package app.headlight.web.api;

import app.headlight.engine.tensor.UncomputableException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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

    static Problem bad(String title, @Nullable String detail) {
        return new Problem(HttpStatus.BAD_REQUEST, title, detail == null ? "" : detail);
    }

    /** What {@code computed} gives; an argument that it does not take is a bad request, in its own words. */
    static <T> T badIfUnfit(Supplier<T> computed) {
        try {
            return computed.get();
        } catch (UncomputableException uncomputable) {
            throw uncomputable; // another status, given where all answers are
        } catch (IllegalArgumentException unfit) {
            throw bad("Cannot be computed", unfit.getMessage());
        }
    }
}
