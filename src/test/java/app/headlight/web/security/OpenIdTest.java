package app.headlight.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.ground.people.Account;
import app.headlight.ground.people.Accounts;
import app.headlight.ground.people.Accounts.Joined;
import app.headlight.ground.people.Role;
import app.headlight.ground.people.SignIns;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Signing in by OpenID Connect, by Spring's settings and nothing else. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:openid;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1",
            "headlight.admin-password=correct horse battery",
            "spring.security.oauth2.client.registration.study.client-id=headlight-test",
            "spring.security.oauth2.client.registration.study.client-secret=not much of a secret",
            "spring.security.oauth2.client.registration.study.scope=openid,profile",
            "spring.security.oauth2.client.registration.study.client-name=the study group"
        })
class OpenIdTest {

    private static final OpenIdProvider PROVIDER = new OpenIdProvider();

    @Autowired
    private Accounts accounts;

    @Autowired
    private SignIns signIns;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void provider(DynamicPropertyRegistry registry) {
        registry.add("spring.security.oauth2.client.provider.study.issuer-uri", PROVIDER::issuer);
    }

    @AfterAll
    static void close() {
        PROVIDER.close();
    }

    @Test
    void theFirstTimeMakesAMemberAndTheNextTimeFindsThem() throws Exception {
        Visitor browser = new Visitor(port);
        browser.get("/account?a=b");
        assertThat(browser.location(signIn(browser))).isEqualTo("/account?a=b");
        assertThat(browser.get("/account").statusCode()).isEqualTo(200);
        Account jane = named("Jane Doe");
        assertThat(jane.role()).isEqualTo(Role.MEMBER);
        assertThat(accounts.hasPassword(jane)).isFalse();
        assertThat(signIns.of(jane.id())).hasSize(1);
        browser.loseSession();
        assertThat(browser.get("/account").statusCode())
                .as("known again by the cookie")
                .isEqualTo(200);

        PROVIDER.called = "Jane Roe";
        signIn(new Visitor(port));
        assertThat(accounts.all()).extracting(joined -> joined.account().name()).containsExactly("admin", "Jane Doe");

        PROVIDER.subject = "another";
        PROVIDER.called = "admin";
        Visitor impostor = new Visitor(port);
        signIn(impostor);
        assertThat(named("admin 2").role()).isEqualTo(Role.MEMBER);
        assertThat(impostor.get("/account").statusCode()).isEqualTo(200);
    }

    /** Follows the way from this server to the provider and back. */
    private HttpResponse<String> signIn(Visitor browser) throws Exception {
        HttpResponse<String> asked = browser.get("/oauth2/authorization/study");
        String location = asked.headers().firstValue("location").orElseThrow();
        assertThat(location).startsWith(PROVIDER.issuer() + "/authorize?");
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<Void> granted = client.send(
                    HttpRequest.newBuilder(URI.create(location)).build(), HttpResponse.BodyHandlers.discarding());
            return browser.get(browser.location(granted));
        }
    }

    private Account named(String name) {
        return accounts.all().stream()
                .map(Joined::account)
                .filter(account -> account.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
