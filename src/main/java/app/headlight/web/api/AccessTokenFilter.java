package app.headlight.web.api;

import app.headlight.ground.people.AccessTokens;
import app.headlight.ground.people.AccessTokens.Bearer;
import app.headlight.web.errors.ProblemResponse;
import app.headlight.web.limits.RateLimit;
import app.headlight.web.security.Person;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives a request with an access token the rights of its account; a request with a wrong token is refused. */
class AccessTokenFilter extends OncePerRequestFilter {

    /** The token's id, as an attribute of the request. */
    static final String TOKEN_ID = AccessTokenFilter.class.getName();

    private static final String BEARER = "Bearer ";

    private final AccessTokens tokens;
    private final RateLimit limit;

    /** @param limit of those who show wrong tokens, by their address */
    AccessTokenFilter(AccessTokens tokens, RateLimit limit) {
        this.tokens = tokens;
        this.limit = limit;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            chain.doFilter(request, response);
            return;
        }
        Optional<Bearer> bearer = header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? tokens.recognise(header.substring(BEARER.length()).strip())
                : Optional.empty();
        if (bearer.isEmpty()) {
            if (!RateLimitFilter.mayAsk(request, response, limit)) {
                return;
            }
            ProblemResponse.write(
                    response,
                    HttpStatus.UNAUTHORIZED,
                    "No such token",
                    "The access token is unknown here, or was revoked. Make one on the page of your account.");
            return;
        }
        request.setAttribute(TOKEN_ID, bearer.get().tokenId());
        SecurityContextHolderStrategy holder = SecurityContextHolder.getContextHolderStrategy();
        SecurityContext context = holder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                new Person(bearer.get().account()),
                null,
                Person.authorities(bearer.get().account())));
        holder.setContext(context);
        try {
            chain.doFilter(request, response);
        } finally {
            // the next request of a connection may run on this thread, and Spring clears the holder of its own context
            // alone, which is another one where several servers stand in one process
            holder.clearContext();
        }
    }
}
