package app.headlight.web.view;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Redirects a browser that opens a page by a long address to the short form: the requests of the page contain its
 * address again, encoded twice, which would be too long.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 100) // before signing in, which remembers the address
class LongAddressFilter extends OncePerRequestFilter {

    private static final Pattern PAGES =
            Pattern.compile("/(?:explore|patching|circuits|search|models|findings|embed)?");
    private static final Set<String> SEEN_BY_PEOPLE = Set.of("", "document", "iframe", "frame");

    private final LongAddresses addresses;

    LongAddressFilter(LongAddresses addresses) {
        this.addresses = addresses;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String query = request.getQueryString();
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (query != null && query.length() > LongAddresses.LONGEST && isPage(request, path)) {
            String address = path + "?" + query;
            String shorter = addresses.shortened(address, request.getRemoteAddr(), trouble -> {});
            if (shorter.length() < address.length()) {
                response.setStatus(HttpStatus.FOUND.value());
                response.setHeader(HttpHeaders.LOCATION, request.getContextPath() + shorter);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private static boolean isPage(HttpServletRequest request, String path) {
        String seen = request.getHeader("Sec-Fetch-Dest");
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        return request.getMethod().equals("GET")
                && PAGES.matcher(path).matches()
                && SEEN_BY_PEOPLE.contains(seen == null ? "" : seen)
                && accepted != null
                && accepted.contains("text/html")
                && !request.getQueryString().startsWith("v-r=");
    }
}
