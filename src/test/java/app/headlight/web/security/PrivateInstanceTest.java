package app.headlight.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.ground.people.AccessTokens;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.Accounts;
import app.headlight.ground.people.Role;
import app.headlight.services.findings.ShortLinks;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** An instance that shows nothing to strangers, and that is asked often. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:private;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1",
            "headlight.private=true",
            "headlight.admin-password=correct horse battery",
            "headlight.api.per-minute=40"
        })
class PrivateInstanceTest {

    private static final String PASSWORD = "correct horse battery";

    @Autowired
    private Accounts accounts;

    @Autowired
    private AccessTokens tokens;

    @Autowired
    private ShortLinks links;

    @LocalServerPort
    private int port;

    @Test
    void aStrangerIsLedToTheSignInWhateverThePath() throws Exception {
        Visitor stranger = new Visitor(port);
        for (String path : List.of(
                "/",
                "/explore?model=storybook-2l&text=secret",
                "/circuits",
                "/models",
                "/train",
                "/findings",
                "/findings/1",
                "/learn",
                "/account",
                "/admin",
                "/s/abc123",
                "/embed?model=storybook-2l",
                "/preview/abc123.png",
                "/s/abc123/preview.png",
                "/live/xyz",
                "/collections",
                "/collections/1",
                "/present/1",
                "/present/1/notes?code=xyz",
                "/api",
                "/api/page",
                "/api/openapi",
                "/api/openapi/swagger-config",
                "/api/swagger-ui/index.html",
                "/no/such/page",
                "/actuator",
                // Vaadin's own requests are open, but at their own address only.
                "/s/abc123?v-r=init",
                "/preview/abc123.png?v-r=uidl",
                "/api/openapi?v-r=init",
                "/explore?v-r=heartbeat")) {
            HttpResponse<String> answer = stranger.get(path);
            assertThat(answer.statusCode() + " " + stranger.location(answer))
                    .as(path)
                    .isEqualTo("302 /sign-in");
            assertThat(answer.body()).as(path).doesNotContain("storybook", "openapi");
        }
    }

    @Test
    void aShortLinkAndItsPictureAreForReadersAlone() throws Exception {
        String code = links.code(null, "explore?model=storybook-2l&text=secret");
        Visitor stranger = new Visitor(port);
        for (String path : List.of("/s/" + code, "/s/" + code + "/preview.png", "/s/" + code + "?v-r=init")) {
            HttpResponse<String> answer = stranger.get(path);
            assertThat(answer.statusCode() + " " + stranger.location(answer)).isEqualTo("302 /sign-in");
            assertThat(answer.body()).doesNotContain("storybook", "secret", "PNG");
        }
        Visitor reader = new Visitor(port);
        reader.signIn(account("Reader", Role.READER).name(), PASSWORD);
        assertThat(reader.get("/s/" + code).body()).contains("storybook-2l", "secret");
        assertThat(reader.get("/s/" + code + "/preview.png").body()).contains("PNG");
    }

    @Test
    void theSignInItsResourcesAndHealthAreOpen() throws Exception {
        Visitor stranger = new Visitor(port);
        HttpResponse<String> page = stranger.get("/sign-in");
        assertThat(page.statusCode()).isEqualTo(200);
        Matcher resources =
                Pattern.compile("(?:src|href)=\"([^\"#]+\\.(?:js|css|svg))\"").matcher(page.body());
        int count = 0;
        while (resources.find()) {
            count++;
            String path = "/" + resources.group(1).replaceFirst("^\\.?/", "");
            assertThat(stranger.get(path).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(count).isGreaterThanOrEqualTo(2);
        assertThat(stranger.get("/actuator/health").body()).contains("UP").doesNotContain("db", "headlight");
        assertThat(stranger.get("/join?code=guessed").statusCode()).isEqualTo(200);
    }

    @Test
    void aPageThatAStrangerOpenedLeadsNowhereInside() throws Exception {
        Visitor stranger = new Visitor(port);
        stranger.get("/sign-in");
        HttpResponse<String> begun = stranger.get("/?v-r=init&location=models&query=");
        assertThat(begun.body()).doesNotContain("storybook", "hl-model-card");
    }

    @Test
    void aReaderSeesAllOfIt() throws Exception {
        Account reader = account("Reader", Role.READER);
        Visitor visitor = new Visitor(port);
        visitor.get("/explore?text=a%20b");
        assertThat(visitor.location(visitor.signIn(reader.name(), PASSWORD))).isEqualTo("/explore?text=a%20b");
        for (String path :
                List.of("/", "/models", "/train", "/account", "/api/openapi", "/api/swagger-ui/index.html")) {
            assertThat(visitor.get(path).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(visitor.get("/api/openapi").body()).contains("/api/v1/models/{name}/run");
    }

    @Test
    void restTakesATokenAndNothingElse() throws Exception {
        Account reader = account("Reader", Role.READER);
        Visitor visitor = new Visitor(port);
        HttpResponse<String> refused = visitor.get("/api/v1/models");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("content-type").orElse("")).startsWith("application/problem+json");
        assertThat(refused.headers().firstValue("www-authenticate")).contains("Bearer");
        assertThat(refused.body()).contains("This instance is private").doesNotContain("storybook");
        visitor.signIn(reader.name(), PASSWORD);
        assertThat(visitor.get("/api/v1/models").statusCode())
                .as("no cookie, so that no other site can use it")
                .isEqualTo(401);
        String token = tokens.make(reader, "test");
        Visitor program = new Visitor(port);
        assertThat(program.get("/api/v1/models", "Authorization", "Bearer " + token)
                        .body())
                .contains("storybook-2l");
        assertThat(program.cookie("JSESSIONID")).isEmpty();
        for (String wrong : List.of("Bearer hl_guessed", "Basic YWRtaW46YWRtaW4=", "Bearer ", token)) {
            HttpResponse<String> answer = program.get("/api/v1/models", "Authorization", wrong);
            assertThat(answer.statusCode()).as(wrong).isEqualTo(401);
            assertThat(answer.body()).contains("No such token").doesNotContain(token);
        }
        tokens.revoke(reader, tokens.of(reader.id()).getFirst().id());
        assertThat(program.get("/api/v1/models", "Authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void whoAsksTooOftenIsToldWhenToComeBack() throws Exception {
        String token = tokens.make(account("Busy", Role.MEMBER), "busy");
        Visitor program = new Visitor(port);
        HttpResponse<String> answer = null;
        for (int i = 0; i < 60 && (answer == null || answer.statusCode() == 200); i++) {
            answer = program.get("/api/v1/models", "Authorization", "Bearer " + token);
            assertThat(i < 40 ? answer.statusCode() : 200).as("request %d", i).isEqualTo(200);
        }
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(answer.headers().firstValue("retry-after").orElseThrow()))
                .isBetween(1, 2);
        assertThat(answer.body()).contains("Too many requests", "40 requests a minute");
        String another = tokens.make(account("Busy", Role.MEMBER), "another");
        assertThat(program.get("/api/v1/models", "Authorization", "Bearer " + another)
                        .statusCode())
                .isEqualTo(200);
    }

    private Account account(String name, Role role) {
        return accounts.all().stream()
                .map(Accounts.Joined::account)
                .filter(account -> account.name().equals(name))
                .findFirst()
                .orElseGet(() -> accounts.add(name, role, PASSWORD));
    }
}
