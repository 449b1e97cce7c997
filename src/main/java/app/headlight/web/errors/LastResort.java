package app.headlight.web.errors;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Optional;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.multipart.MultipartException;

/**
 * The outermost filter: refuses malformed requests before anything reads them, and answers errors that nothing else
 * handled, so that no request makes the server print a trace.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class LastResort extends OncePerRequestFilter {

    /** Bytes of the query and of the headers together. */
    private static final int LONGEST = 64 * 1024;

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<HttpStatus> refused = refused(request);
        if (refused.isPresent()) {
            response.sendError(refused.get().value());
            return;
        }
        try {
            chain.doFilter(request, response);
        } catch (IOException gone) {
            if (!isGone(gone)) {
                answer(request, response, gone);
            }
        } catch (ServletException | RuntimeException fault) {
            answer(request, response, fault);
        }
    }

    private static Optional<HttpStatus> refused(HttpServletRequest request) {
        String query = request.getQueryString();
        if (request.getRequestURI().length() + (query == null ? 0 : query.length()) > LONGEST) {
            return Optional.of(HttpStatus.URI_TOO_LONG);
        }
        int headers = Collections.list(request.getHeaderNames()).stream()
                .flatMap(name -> Collections.list(request.getHeaders(name)).stream())
                .mapToInt(String::length)
                .sum();
        if (headers > LONGEST) {
            return Optional.of(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE);
        }
        if (query != null && !isText(query)) {
            return Optional.of(HttpStatus.BAD_REQUEST);
        }
        try {
            MediaType.parseMediaTypes(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
        } catch (InvalidMediaTypeException noTypes) {
            return Optional.of(HttpStatus.NOT_ACCEPTABLE);
        }
        if (String.valueOf(request.getHeader(HttpHeaders.RANGE)).matches(".*\\d{19}.*")) {
            return Optional.of(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE); // what serves files reads a long
        }
        String type = request.getContentType();
        try {
            MediaType given = type == null || type.isBlank() ? null : MediaType.parseMediaType(type);
            if (given != null && (given.isWildcardType() || given.isWildcardSubtype())) {
                return Optional.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
            }
            boolean unending = given != null
                    && given.getType().equals("multipart")
                    && String.valueOf(given.getParameter("boundary")).matches("null|\"?\"?");
            return unending ? Optional.of(HttpStatus.BAD_REQUEST) : Optional.empty();
        } catch (InvalidMediaTypeException noType) {
            return Optional.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
        }
    }

    /** Whether the percent-encoding is right, and gives text. */
    private static boolean isText(String query) {
        ByteBuffer bytes = ByteBuffer.allocate(query.length());
        for (int i = 0; i < query.length(); i++) {
            if (query.charAt(i) != '%') {
                bytes.put((byte) Math.min(query.charAt(i), 0x7F));
            } else if (i + 2 < query.length()
                    && isHexadecimal(query.charAt(i + 1))
                    && isHexadecimal(query.charAt(i + 2))) {
                bytes.put((byte) Integer.parseInt(query, i + 1, i + 3, 16));
                i += 2;
            } else {
                return false;
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
            return true;
        } catch (CharacterCodingException noText) {
            return false;
        }
    }

    private static boolean isHexadecimal(char digit) {
        return Character.digit(digit, 16) >= 0 && digit < 0x80;
    }

    private static void answer(HttpServletRequest request, HttpServletResponse response, Exception fault)
            throws IOException {
        int status = status(fault);
        if (status >= 500) {
            Faults.tell(request.getMethod() + " " + request.getRequestURI(), fault);
        }
        if (!response.isCommitted()) {
            response.reset();
            response.sendError(status);
        }
    }

    /** Whether the request or the server is at fault. */
    private static int status(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof ErrorResponse known) {
                return known.getStatusCode().value();
            }
            if (cause instanceof InvalidParameterException
                    || cause instanceof MultipartException
                    || cause instanceof RequestRejectedException
                    || cause instanceof org.apache.coyote.BadRequestException) {
                return HttpStatus.BAD_REQUEST.value();
            }
        }
        return HttpStatus.INTERNAL_SERVER_ERROR.value();
    }

    private static boolean isGone(IOException fault) {
        return fault instanceof ClientAbortException || fault.getCause() instanceof ClientAbortException;
    }
}
