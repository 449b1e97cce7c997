package app.headlight.web.api;

import app.headlight.web.errors.ProblemResponse;
import app.headlight.web.limits.RateLimit;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers 429 to requests beyond the {@link RateLimit}, which counts by token, or without a token by address. */
class RateLimitFilter extends OncePerRequestFilter {

    private final RateLimit limit;

    RateLimitFilter(RateLimit limit) {
        this.limit = limit;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (mayAsk(request, response, limit)) {
            chain.doFilter(request, response);
        }
    }

    /** Counts a request; where there were too many, answers that. @return whether it may be answered otherwise */
    static boolean mayAsk(HttpServletRequest request, HttpServletResponse response, RateLimit limit)
            throws IOException {
        Object token = request.getAttribute(AccessTokenFilter.TOKEN_ID);
        Duration wait = limit.take(token == null ? "address " + request.getRemoteAddr() : "token " + token);
        if (wait.isZero()) {
            return true;
        }
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        ProblemResponse.write(
                response,
                HttpStatus.TOO_MANY_REQUESTS,
                "Too many requests",
                "More than " + limit.perMinute() + " requests a minute came from "
                        + (token == null ? "your address" : "this token") + ". Wait " + seconds
                        + (seconds == 1 ? " second." : " seconds."));
        return false;
    }
}
