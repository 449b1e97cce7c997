package app.headlight.ground.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.engine.refusal.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class AccountsTest {

    private final People people = new People();
    private final Accounts accounts = people.accounts();
    private final Invitations invitations = people.get(Invitations.class);
    private final Account admin = people.add("admin", Role.ADMIN);

    @AfterEach
    void close() {
        people.close();
    }

    @Test
    void anInvitationIsGoodForOnePersonInItsRole() {
        String code = invitations.make(admin, Role.READER);
        assertThat(invitations.role(code)).contains(Role.READER);
        assertThat(invitations.open()).singleElement().satisfies(open -> {
            assertThat(open.madeBy()).isEqualTo("admin");
            assertThat(open.role()).isEqualTo(Role.READER);
        });
        Account ada = accounts.join(code, " Ada ", People.PASSWORD);
        assertThat(ada.name()).isEqualTo("Ada");
        assertThat(ada.role()).isEqualTo(Role.READER);
        assertThat(invitations.open()).isEmpty();
        assertThatThrownBy(() -> accounts.join(code, "Bob", People.PASSWORD)).hasMessageContaining("used already");
        assertThatThrownBy(() -> accounts.join("guessed", "Bob", People.PASSWORD))
                .hasMessageContaining("used already");
    }

    @Test
    void anInvitationOutlivesANameThatIsNotTaken() {
        String code = invitations.make(admin, Role.MEMBER);
        assertThatThrownBy(() -> accounts.join(code, "ADMIN", People.PASSWORD)).hasMessageContaining("taken already");
        assertThatThrownBy(() -> accounts.join(code, "Bob", "short")).hasMessageContaining("too short");
        assertThat(accounts.join(code, "Bob", People.PASSWORD).role()).isEqualTo(Role.MEMBER);
    }

    @Test
    void anInvitationEndsAfterAWeekAndWhenItIsRevoked() {
        String code = invitations.make(admin, Role.MEMBER);
        people.pass(Invitations.OPEN.minusSeconds(1));
        assertThat(invitations.role(code)).isPresent();
        people.pass(Duration.ofSeconds(1));
        assertThatThrownBy(() -> accounts.join(code, "Late", People.PASSWORD)).hasMessageContaining("too old");
        String other = invitations.make(admin, Role.MEMBER);
        invitations.revoke(invitations.open().getFirst().id());
        assertThatThrownBy(() -> accounts.join(other, "Late", People.PASSWORD)).hasMessageContaining("used already");
    }

    @Test
    void anybodyMayJoinOnlyWhereAnAdminSaysSo() {
        assertThatThrownBy(() -> accounts.register("Eve", People.PASSWORD)).hasMessageContaining("need an invitation");
        people.get(Settings.class).openRegistration(true);
        assertThat(accounts.register("Eve", People.PASSWORD).role()).isEqualTo(Role.MEMBER);
        people.get(Settings.class).openRegistration(false);
        assertThatThrownBy(() -> accounts.register("Eva", People.PASSWORD)).hasMessageContaining("need an invitation");
    }

    @Test
    void aPasswordOpensItsOwnAccountAloneAndIsKeptHashed() {
        people.add("Ada", Role.MEMBER);
        assertThat(accounts.withPassword("ada", People.PASSWORD).orElseThrow().name())
                .isEqualTo("Ada");
        assertThat(accounts.withPassword("Ada", People.PASSWORD + " ")).isEmpty();
        assertThat(accounts.withPassword("Nobody", People.PASSWORD)).isEmpty();
        assertThat(accounts.withPassword("Ada", "x".repeat(5000))).isEmpty();
        assertThat(people.get(JdbcClient.class)
                        .sql("select password from account")
                        .query(String.class)
                        .list())
                .allMatch(hash -> hash.startsWith("$2"))
                .doesNotHaveDuplicates(); // salted: two with the same password
    }

    @Test
    void namesAndPasswordsThatAreNotTakenAreSaid() {
        for (String name : List.of("", "  ", "-a", "a<b>", "a\u0000b", "a\nb", "x".repeat(61), "a/b", "@a")) {
            assertThatThrownBy(() -> people.add(name, Role.MEMBER))
                    .as("“%s”", name)
                    .isInstanceOf(Refusal.class);
        }
        for (String name : List.of("A", "李小龙", "José-María d'Or", "x".repeat(60), "a.b_c 3")) {
            assertThat(people.add(name, Role.MEMBER).name()).isEqualTo(name);
        }
        assertThatThrownBy(() -> accounts.add("B", Role.MEMBER, "é".repeat(37))).hasMessageContaining("72 bytes");
        // The same letters, composed in another way, are the same name.
        assertThatThrownBy(() -> people.add("Jose\u0301-María d'Or", Role.MEMBER))
                .hasMessageContaining("taken already");
    }

    @Test
    void aChangedPasswordSignsOutTheOtherBrowsers() {
        SignIns signIns = people.get(SignIns.class);
        Account ada = people.add("Ada", Role.MEMBER);
        SignIns.Begun here = signIns.begin(ada, "here", "::1");
        SignIns.Begun there = signIns.begin(ada, "there", "::1");
        SignIns.Begun admins = signIns.begin(admin, "elsewhere", "::1");
        assertThatThrownBy(() -> accounts.changePassword(ada, "wrong", "another long one", here.id()))
                .hasMessageContaining("not the present");
        accounts.changePassword(ada, People.PASSWORD, "another long one", here.id());
        assertThat(accounts.withPassword("Ada", People.PASSWORD)).isEmpty();
        assertThat(accounts.withPassword("Ada", "another long one")).isPresent();
        assertThat(signIns.recognise(here.secret())).isPresent();
        assertThat(signIns.recognise(there.secret())).isEmpty();
        assertThat(signIns.recognise(admins.secret())).isPresent();
    }

    @Test
    void anotherRoleSignsOutAndThereIsAlwaysAnAdmin() {
        SignIns signIns = people.get(SignIns.class);
        Account ada = people.add("Ada", Role.MEMBER);
        SignIns.Begun begun = signIns.begin(ada, "", "");
        assertThatThrownBy(() -> accounts.setRole(admin, Role.MEMBER)).hasMessageContaining("only admin");
        assertThatThrownBy(() -> people.get(Departures.class).delete(admin)).hasMessageContaining("only admin");
        accounts.setRole(ada, Role.ADMIN);
        assertThat(signIns.recognise(begun.secret())).isEmpty();
        accounts.setRole(admin, Role.READER);
        assertThat(accounts.find(admin.id()).orElseThrow().role()).isEqualTo(Role.READER);
    }

    @Test
    void whoComesByOpenIdIsKnownByIssuerAndSubjectAlone() {
        Account ada = accounts.ofOpenId("https://id.example", "1", "ada@example.org");
        assertThat(ada.name()).isEqualTo("ada");
        assertThat(ada.role()).isEqualTo(Role.MEMBER);
        assertThat(accounts.ofOpenId("https://id.example", "1", "renamed")).isEqualTo(ada);
        assertThat(accounts.ofOpenId("https://id.example", "2", "Ada").name()).isEqualTo("Ada 2");
        assertThat(accounts.ofOpenId("https://other.example", "1", "<script>").name())
                .isEqualTo("script");
        assertThat(accounts.ofOpenId("https://other.example", "2", null).name()).isEqualTo("Somebody");
        // Nobody takes over an account by being called like it elsewhere.
        assertThat(accounts.ofOpenId("https://other.example", "3", "admin").role())
                .isEqualTo(Role.MEMBER);
        assertThat(accounts.hasPassword(ada)).isFalse();
        assertThat(accounts.withPassword("ada", "")).isEmpty();
    }

    @Test
    void whatIsKeptIsExportedWithoutSecretsAndDeleted() {
        Account ada = people.add("Ada", Role.MEMBER);
        SignIns.Begun begun = people.get(SignIns.class).begin(ada, "Firefox", "10.0.0.1");
        String token = people.get(AccessTokens.class).make(ada, "notebook");
        Departures departures = people.get(Departures.class);
        Map<String, Object> export = departures.export(ada);
        assertThat(export.keySet()).containsExactly("format", "account", "sign_ins", "access_tokens");
        assertThat(export.toString())
                .contains("Ada", "Firefox", "10.0.0.1", "notebook")
                .doesNotContain(begun.secret(), token, Secrets.hash(token), "$2");
        departures.delete(ada);
        assertThat(accounts.find(ada.id())).isEmpty();
        assertThat(people.count("sign_in") + people.count("access_token")).isZero();
        assertThat(accounts.find(admin.id())).contains(admin);
        assertThat(people.add("Ada", Role.READER).id()).isNotEqualTo(ada.id());
    }
}
