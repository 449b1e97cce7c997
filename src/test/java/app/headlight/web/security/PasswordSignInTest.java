package app.headlight.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import app.headlight.ground.people.Account;
import app.headlight.ground.people.Accounts;
import app.headlight.ground.people.Role;
import app.headlight.ground.people.SignedIn;
import app.headlight.ground.people.Throttle;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

class PasswordSignInTest {

    private final Accounts accounts = mock();
    private final Throttle throttle = mock();
    private final PasswordSignIn signIn = new PasswordSignIn(accounts, throttle);

    @Test
    void theRightPasswordIsTheAccountWithAllItsRoles() {
        Account ada = new Account(7, "Ada", Role.MEMBER);
        when(throttle.attempt(any(), any())).thenReturn(Duration.ZERO);
        when(accounts.withPassword("ada", "right")).thenReturn(Optional.of(ada));
        Authentication signedIn = signIn.authenticate(asked("right"));
        assertThat(SignedIn.account(signedIn)).contains(ada);
        assertThat(signedIn.getAuthorities())
                .extracting(GrantedAuthority::getAuthority)
                .containsExactly("ROLE_READER", "ROLE_MEMBER");
        assertThat(signedIn.getCredentials()).isNull();
        assertThatThrownBy(() -> signIn.authenticate(asked("wrong")))
                .isInstanceOf(BadCredentialsException.class)
                .hasMessage("The name or the password is wrong.");
    }

    @Test
    void whoIsTooSoonIsToldHowLongToWaitAndNoPasswordIsTried() {
        when(throttle.attempt(any(), any())).thenReturn(Duration.ofMillis(3001));
        when(accounts.withPassword(anyString(), anyString())).thenThrow(new AssertionError("tried"));
        assertThatThrownBy(() -> signIn.authenticate(asked("right")))
                .hasMessage("There were wrong passwords before. Wait 4 seconds and try again.");
        when(throttle.attempt(any(), any())).thenReturn(Duration.ofMillis(20));
        assertThatThrownBy(() -> signIn.authenticate(asked("right"))).hasMessageContaining("Wait a second");
    }

    @Test
    void aDatabaseThatIsGoneIsNoWrongPassword() {
        when(throttle.attempt(any(), any())).thenReturn(Duration.ZERO);
        when(accounts.withPassword(anyString(), anyString()))
                .thenThrow(new DataAccessResourceFailureException("jdbc:h2:file:/secret/place"));
        assertThatThrownBy(() -> signIn.authenticate(asked("right")))
                .isInstanceOf(AuthenticationServiceException.class)
                .hasMessage("The database does not answer. Try again in a moment.");
    }

    private static Authentication asked(String password) {
        return UsernamePasswordAuthenticationToken.unauthenticated("ada", password);
    }
}
