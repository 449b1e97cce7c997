package app.headlight.ground.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The browsers and programs that are known again by their secrets. */
class SignInsTest {

    private final People people = new People();
    private final SignIns signIns = people.get(SignIns.class);
    private final AccessTokens tokens = people.get(AccessTokens.class);
    private final Account ada = people.add("Ada", Role.MEMBER);
    private final Account bob = people.add("Bob", Role.READER);

    @AfterEach
    void close() {
        people.close();
    }

    @Test
    void aBrowserIsKnownByItsSecretUntilItIsEnded() {
        List<Long> ended = new ArrayList<>();
        signIns.listen(ended::add);
        SignIns.Begun begun = signIns.begin(ada, "x".repeat(900), "y".repeat(900));
        assertThat(signIns.recognise(begun.secret()).orElseThrow().account()).isEqualTo(ada);
        assertThat(signIns.recognise(begun.secret() + "x")).isEmpty();
        assertThat(signIns.of(bob.id())).isEmpty();
        assertThat(signIns.among(List.of(begun.id(), -5L))).isEqualTo(Set.of(begun.id()));
        signIns.end(begun.id());
        assertThat(ended).containsExactly(begun.id());
        assertThat(signIns.recognise(begun.secret())).isEmpty();
        assertThat(signIns.among(List.of(begun.id()))).isEmpty();
    }

    @Test
    void aBrowserThatDoesNotComeIsForgottenAndOneThatComesIsNot() {
        SignIns.Begun regular = signIns.begin(ada, "regular", "");
        SignIns.Begun once = signIns.begin(ada, "once", "");
        for (int i = 0; i < 3; i++) {
            people.pass(SignIns.KEPT.minusDays(1));
            assertThat(signIns.recognise(regular.secret())).isPresent();
        }
        assertThat(signIns.recognise(once.secret())).isEmpty();
        signIns.begin(bob, "another", "");
        assertThat(signIns.all()).extracting(SignIns.SignIn::browser).containsExactly("another", "regular");
    }

    @Test
    void aTokenIsItsAccountsUntilItIsRevokedByItsOwner() {
        String token = tokens.make(ada, " notebook ");
        assertThat(token).startsWith("hl_").hasSizeGreaterThan(40);
        AccessTokens.Bearer bearer = tokens.recognise(token).orElseThrow();
        assertThat(bearer.account()).isEqualTo(ada);
        assertThat(tokens.of(ada.id())).singleElement().satisfies(kept -> {
            assertThat(kept.name()).isEqualTo("notebook");
            assertThat(kept.usedAt()).isNotNull();
        });
        assertThat(tokens.recognise("hl_guessed")).isEmpty();
        tokens.revoke(bob, bearer.tokenId());
        assertThat(tokens.recognise(token)).as("another cannot revoke it").isPresent();
        people.accounts().setRole(ada, Role.READER);
        assertThat(tokens.recognise(token).orElseThrow().account().role()).isEqualTo(Role.READER);
        tokens.revoke(ada, bearer.tokenId());
        assertThat(tokens.recognise(token)).isEmpty();
    }

    @Test
    void tokensHaveNamesAndAreNotEndless() {
        assertThatThrownBy(() -> tokens.make(ada, " ")).hasMessageContaining("what the token is for");
        assertThatThrownBy(() -> tokens.make(ada, "x".repeat(61))).hasMessageContaining("60 characters");
        assertThatThrownBy(() -> tokens.make(ada, "a\u0000b")).hasMessageContaining("60 characters");
        for (int i = 0; i < 50; i++) {
            tokens.make(ada, "token " + i);
        }
        assertThatThrownBy(() -> tokens.make(ada, "one more")).hasMessageContaining("revoke one");
        assertThat(tokens.make(bob, "his first")).isNotEmpty();
    }

    @Test
    void noSecretStandsInTheDatabase() {
        String secret = signIns.begin(ada, "", "").secret();
        String token = tokens.make(ada, "t");
        String code = people.get(Invitations.class).make(ada, Role.MEMBER);
        people.pass(Duration.ofSeconds(1));
        for (String table : List.of("account", "sign_in", "access_token", "invitation")) {
            String all = people.get(JdbcClient.class)
                    .sql("select * from " + table)
                    .query()
                    .listOfRows()
                    .toString();
            assertThat(all).as(table).doesNotContain(secret, token, token.substring(3), code, People.PASSWORD);
        }
    }
}
