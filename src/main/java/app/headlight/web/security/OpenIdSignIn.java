package app.headlight.web.security;

import app.headlight.ground.people.Account;
import app.headlight.ground.people.Accounts;
import app.headlight.ground.people.SignedIn;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;

/** Finds or makes the account of a person who signs in by OpenID Connect, by issuer and subject only. */
@Component
class OpenIdSignIn implements OAuth2UserService<OidcUserRequest, OidcUser> {

    private final Accounts accounts;
    private final OidcUserService provider = new OidcUserService();

    OpenIdSignIn(Accounts accounts) {
        this.accounts = accounts;
    }

    /** An account in the security context that signed in by OpenID Connect. */
    static final class OpenIdPerson extends DefaultOidcUser implements SignedIn.Principal {

        private static final long serialVersionUID = 1;

        private final Account account;

        private OpenIdPerson(Account account, OidcUser known) {
            super(Person.authorities(account), known.getIdToken(), known.getUserInfo());
            this.account = account;
        }

        @Override
        public Account account() {
            return account;
        }

        @Override
        public String getName() {
            return account.name();
        }
    }

    @Override
    public OidcUser loadUser(OidcUserRequest request) {
        return person(provider.loadUser(request));
    }

    OpenIdPerson person(OidcUser known) {
        String called = Stream.of(known.getPreferredUsername(), known.getFullName(), known.getNickName())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return new OpenIdPerson(
                accounts.ofOpenId(known.getIdToken().getIssuer().toString(), known.getSubject(), called), known);
    }
}
