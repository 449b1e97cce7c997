package app.headlight.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.SharedServer;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.Accounts;
import app.headlight.ground.people.Role;
import app.headlight.ground.people.SignIns;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Signing in and out over HTTP. */
class SignInTest extends SharedServer {

    private static final String COOKIE = SignInCookie.NAME;

    @Autowired
    private Accounts accounts;

    @Autowired
    private SignIns signIns;

    @LocalServerPort
    private int port;

    private Account ada;
    private Visitor visitor;

    @BeforeEach
    void prepare() {
        ada = account("Ada of SignInTest", Role.MEMBER);
        visitor = new Visitor(port);
    }

    @Test
    void aStrangerReadsButHasNoAccount() throws Exception {
        assertThat(visitor.get("/explore").statusCode()).isEqualTo(200);
        assertThat(visitor.location(visitor.get("/account"))).isEqualTo("/sign-in");
        assertThat(visitor.location(visitor.get("/admin"))).isEqualTo("/sign-in");
        assertThat(visitor.cookie(COOKIE)).isEmpty();
    }

    @Test
    void aRightPasswordSignsInAndTheCookieIsGuarded() throws Exception {
        HttpResponse<String> answer = visitor.signIn(ada.name(), PASSWORD);
        assertThat(visitor.location(answer)).isEqualTo("/");
        String cookie = answer.headers().allValues("set-cookie").stream()
                .filter(set -> set.startsWith(COOKIE))
                .findFirst()
                .orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/").doesNotContain("Secure");
        assertThat(answer.headers().allValues("set-cookie"))
                .filteredOn(set -> set.startsWith("JSESSIONID"))
                .isNotEmpty()
                .allSatisfy(set -> assertThat(set).contains("HttpOnly", "SameSite=Lax"));
        assertThat(visitor.get("/account").statusCode()).isEqualTo(200);
        assertThat(visitor.get("/admin").body())
                .as("the page loads, its view does not")
                .doesNotContain("Invite");
        assertThat(signIns.of(ada.id()).getFirst().browser()).contains("Firefox");
    }

    @Test
    void behindHttpsCookiesAreSecure() throws Exception {
        HttpResponse<String> answer = visitor.signIn(ada.name(), PASSWORD, "X-Forwarded-Proto", "https");
        assertThat(answer.headers().allValues("set-cookie"))
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(set -> assertThat(set).contains("Secure", "HttpOnly"));
        assertThat(answer.headers().firstValue("strict-transport-security")).isPresent();
    }

    @Test
    void aWrongPasswordSignsNobodyIn() throws Exception {
        assertThat(visitor.location(visitor.signIn(ada.name(), PASSWORD + "x"))).isEqualTo("/sign-in?error");
        assertThat(visitor.location(visitor.signIn("Nobody at all", PASSWORD))).isEqualTo("/sign-in?error");
        assertThat(visitor.location(visitor.get("/account"))).isEqualTo("/sign-in");
        assertThat(visitor.cookie(COOKIE)).isEmpty();
        assertThat(visitor.location(visitor.signIn(ada.name(), PASSWORD))).isEqualTo("/account");
    }

    @Test
    void nobodyIsSignedInByAnotherSitesPage() throws Exception {
        visitor.get("/sign-in");
        for (String token : new String[] {"", "guessed"}) {
            HttpResponse<String> answer = visitor.signInWith(token, ada.name(), PASSWORD);
            assertThat(visitor.location(answer)).isEqualTo("/sign-in?error");
            assertThat(visitor.cookie(COOKIE)).isEmpty();
        }
        assertThat(visitor.location(visitor.signIn(ada.name(), PASSWORD))).isEqualTo("/");
    }

    @Test
    void afterwardsTheVeryAddressThatWasAskedForOpens() throws Exception {
        visitor.get("/account?a=b%20c&d=%E2%96%B6");
        HttpResponse<String> answer = visitor.signIn(ada.name(), PASSWORD);
        assertThat(visitor.location(answer)).isEqualTo("/account?a=b%20c&d=%E2%96%B6");
    }

    @Test
    void theSessionHasAnotherNameThanBefore() throws Exception {
        visitor.get("/account");
        String before = visitor.cookie("JSESSIONID").orElseThrow().getValue();
        visitor.signIn(ada.name(), PASSWORD);
        assertThat(visitor.cookie("JSESSIONID").orElseThrow().getValue()).isNotEqualTo(before);
    }

    @Test
    void aBrowserThatLostItsSessionIsKnownAgainFromManyPagesAtOnce() throws Exception {
        visitor.signIn(ada.name(), PASSWORD);
        for (int i = 0; i < 3; i++) {
            visitor.loseSession();
            assertThat(visitor.get("/account").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void anEndedSignInIsAStrangersAtOnce() throws Exception {
        visitor.signIn(ada.name(), PASSWORD);
        Visitor other = new Visitor(port);
        other.signIn(ada.name(), PASSWORD);
        assertThat(visitor.get("/account").statusCode()).isEqualTo(200);
        long mine = signIns.recognise(visitor.cookie(COOKIE).orElseThrow().getValue())
                .orElseThrow()
                .id();
        signIns.end(mine);
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (visitor.get("/account").statusCode() == 200) {
            assertThat(System.nanoTime()).as("still signed in").isLessThan(until);
            LockSupport.parkNanos(20_000_000);
        }
        assertThat(visitor.cookie(COOKIE)).as("the cookie is taken away").isEmpty();
        assertThat(other.get("/account").statusCode()).isEqualTo(200);
    }

    @Test
    void whatAnotherNodeEndsIsSeenWithinSeconds() throws Exception {
        visitor.signIn(ada.name(), PASSWORD);
        assertThat(visitor.get("/account").statusCode()).isEqualTo(200);
        // Behind the program's back, as another node does it.
        jdbc.sql("delete from sign_in where account_id = ?").param(ada.id()).update();
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (visitor.get("/account").statusCode() == 200) {
            assertThat(System.nanoTime()).as("still signed in").isLessThan(until);
            LockSupport.parkNanos(100_000_000);
        }
    }
}
