package app.headlight.web.security;

import app.headlight.ground.people.Account;
import com.vaadin.flow.server.VaadinService;
import com.vaadin.flow.server.VaadinServletRequest;
import com.vaadin.flow.server.VaadinServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Component;

/** Signs a person in who has just got an account, on the page where they got it. */
@Component
public class PageSignIn {

    private final SignInCookie cookie;
    private final HttpSessionSecurityContextRepository contexts = new HttpSessionSecurityContextRepository();

    PageSignIn(SignInCookie cookie) {
        this.cookie = cookie;
    }

    /** To be called while a request of the page is answered; the next page that opens is that account's. */
    public void signIn(Account account) {
        VaadinServletRequest request = VaadinServletRequest.getCurrent();
        VaadinServletResponse response = VaadinServletResponse.getCurrent();
        UsernamePasswordAuthenticationToken signedIn = UsernamePasswordAuthenticationToken.authenticated(
                new Person(account), null, Person.authorities(account));
        VaadinService.reinitializeSession(request);
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(signedIn);
        contexts.saveContext(context, request.getHttpServletRequest(), response.getHttpServletResponse());
        cookie.loginSuccess(request.getHttpServletRequest(), response.getHttpServletResponse(), signedIn);
    }
}
