package app.headlight.web.security;

import app.headlight.ground.people.SignIns;
import app.headlight.ground.people.SignedIn;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.RememberMeServices;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/**
 * The cookie by which a browser is recognised after its session, or the whole program, has ended. Its secret stays the
 * same during a sign-in, so that several pages may return at once.
 */
@Component
class SignInCookie implements RememberMeServices, LogoutHandler {

    static final String NAME = "headlight-sign-in";

    /** Whether an authentication is one of this program. */
    static final String KEY = UUID.randomUUID().toString();

    private final SignIns signIns;
    private final OpenSessions sessions;

    SignInCookie(SignIns signIns, OpenSessions sessions) {
        this.signIns = signIns;
        this.sessions = sessions;
    }

    @Override
    public @Nullable Authentication autoLogin(HttpServletRequest request, HttpServletResponse response) {
        Cookie cookie = WebUtils.getCookie(request, NAME);
        if (cookie == null || cookie.getValue().isEmpty()) {
            return null;
        }
        try {
            Optional<SignIns.SignIn> known = signIns.recognise(cookie.getValue());
            if (known.isEmpty()) {
                set(request, response, "", Duration.ZERO);
                return null;
            }
            sessions.bind(request.getSession(), known.get().id());
            return new RememberMeAuthenticationToken(
                    KEY,
                    new Person(known.get().account()),
                    Person.authorities(known.get().account()));
        } catch (DataAccessException databaseGone) {
            return null; // not signed in until the database is back; the cookie stays
        }
    }

    @Override
    public void loginFail(HttpServletRequest request, HttpServletResponse response) {
        // The browser stays what it was.
    }

    @Override
    public void loginSuccess(HttpServletRequest request, HttpServletResponse response, Authentication signedIn) {
        SignedIn.account(signedIn).ifPresent(account -> {
            String browser = Optional.ofNullable(request.getHeader(HttpHeaders.USER_AGENT))
                    .orElse("");
            SignIns.Begun begun = signIns.begin(account, browser, request.getRemoteAddr());
            sessions.bind(request.getSession(), begun.id());
            set(request, response, begun.secret(), SignIns.KEPT);
        });
    }

    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response, @Nullable Authentication signedIn) {
        HttpSession session = request.getSession(false);
        Long signIn = session == null ? null : OpenSessions.signIn(session);
        if (signIn != null) {
            sessions.release(session);
            signIns.end(signIn);
        }
        set(request, response, "", Duration.ZERO);
    }

    private static void set(HttpServletRequest request, HttpServletResponse response, String secret, Duration kept) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(NAME, secret)
                        .path("/")
                        .httpOnly(true)
                        .secure(request.isSecure())
                        .sameSite("Lax")
                        .maxAge(kept)
                        .build()
                        .toString());
    }
}
