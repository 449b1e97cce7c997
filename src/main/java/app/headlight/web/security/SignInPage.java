package app.headlight.web.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.web.WebAttributes;
import org.springframework.security.web.csrf.CsrfException;

/** Leads people on who sign in from a page that does not, or no longer, belong to their session. */
final class SignInPage {

    private SignInPage() {}

    static void refuse(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refused)
            throws IOException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (refused instanceof CsrfException && path.equals("/" + SignInView.PATH)) {
            request.getSession()
                    .setAttribute(
                            WebAttributes.AUTHENTICATION_EXCEPTION,
                            new AuthenticationServiceException("The page had been open for too long. Try once more."));
            response.sendRedirect(request.getContextPath() + "/" + SignInView.PATH + "?error");
        } else {
            response.sendError(HttpStatus.FORBIDDEN.value());
        }
    }
}
