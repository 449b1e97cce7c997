package app.headlight.ground.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;

class SignedInTest {

    private final SignedIn signedIn = new SignedIn();

    private record Named(Account account) implements SignedIn.Principal {
        @Override
        public String getName() {
            return account.name();
        }
    }

    @AfterEach
    void signOut() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void aStrangerIsNobodyAndMayNothing() {
        assertThat(signedIn.current()).isEmpty();
        SecurityContextHolder.getContext()
                .setAuthentication(new AnonymousAuthenticationToken(
                        "key", "anonymousUser", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS")));
        assertThat(signedIn.current()).isEmpty();
        assertThatThrownBy(() -> signedIn.require(Role.READER))
                .isInstanceOfSatisfying(
                        NotAllowedException.class,
                        refused -> assertThat(refused.isStranger()).isTrue())
                .hasMessage("Sign in to do this.");
    }

    @Test
    void aRoleIncludesTheLesserOnes() {
        as(7, Role.MEMBER);
        assertThat(signedIn.require(Role.READER).id()).isEqualTo(7);
        assertThat(signedIn.require(Role.MEMBER).name()).isEqualTo("Ada");
        assertThatThrownBy(() -> signedIn.require(Role.ADMIN))
                .isInstanceOfSatisfying(
                        NotAllowedException.class,
                        refused -> assertThat(refused.isStranger()).isFalse())
                .hasMessage("Only an admin may do this; you are a member here.");
    }

    @Test
    void whatSomeoneMadeIsTheirsAndAnAdmins() {
        as(7, Role.MEMBER);
        assertThat(signedIn.requireOwner(7L).id()).isEqualTo(7);
        assertThatThrownBy(() -> signedIn.requireOwner(8L)).hasMessageContaining("an admin");
        assertThatThrownBy(() -> signedIn.requireOwner(null)).hasMessageContaining("an admin");
        as(7, Role.READER);
        assertThatThrownBy(() -> signedIn.requireOwner(7L)).hasMessageContaining("Only a member");
        as(1, Role.ADMIN);
        assertThat(signedIn.requireOwner(8L).id()).isEqualTo(1);
        assertThat(signedIn.requireOwner(null).id()).isEqualTo(1);
    }

    private static void as(long id, Role role) {
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                        new Named(new Account(id, "Ada", role)), null, AuthorityUtils.NO_AUTHORITIES));
    }
}
