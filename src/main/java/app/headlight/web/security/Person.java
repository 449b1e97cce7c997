package app.headlight.web.security;

import app.headlight.ground.people.Account;
import app.headlight.ground.people.Role;
import app.headlight.ground.people.SignedIn;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** An account in the security context. */
public record Person(Account account) implements SignedIn.Principal, Serializable {

    @Override
    public String getName() {
        return account.name();
    }

    /** The account's role and all that it includes, as {@code ROLE_MEMBER}. */
    public static List<GrantedAuthority> authorities(Account account) {
        return Arrays.stream(Role.values())
                .filter(account.role()::includes)
                .<GrantedAuthority>map(role -> new SimpleGrantedAuthority("ROLE_" + role.name()))
                .toList();
    }
}
