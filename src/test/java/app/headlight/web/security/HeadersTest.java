package app.headlight.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.SharedServer;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

class HeadersTest extends SharedServer {

    private static final Pattern NONCE = Pattern.compile("'nonce-([^']+)'");

    @LocalServerPort
    private int port;

    @Test
    void aPageRunsOnlyScriptsOfItsOwnNonce() throws Exception {
        Visitor visitor = new Visitor(port);
        HttpResponse<String> page = visitor.get("/explore");
        String policy = policy(page);
        Matcher nonce = NONCE.matcher(policy);
        assertThat(nonce.find()).as(policy).isTrue();
        assertThat(policy)
                .contains("script-src 'self' 'nonce-", "object-src 'none'", "base-uri 'self'", "frame-ancestors 'none'")
                .doesNotContainPattern("script-src[^;]*unsafe-inline")
                .doesNotContain("http:", "https:", "*");
        Matcher scripts = Pattern.compile("<script\\b[^>]*>").matcher(page.body());
        int count = 0;
        while (scripts.find()) {
            count++;
            assertThat(scripts.group()).contains("nonce=\"" + nonce.group(1) + "\"");
        }
        assertThat(count).isGreaterThan(1);
        assertThat(page.body()).doesNotContainPattern("<[^>]+\\son[a-z]+=");
        assertThat(policy(visitor.get("/explore")))
                .as("another nonce each time")
                .isNotEqualTo(policy);
    }

    @Test
    void everythingElseRunsNoInlineScriptAtAll() throws Exception {
        Visitor visitor = new Visitor(port);
        for (String path : List.of("/api/v1/models", "/favicon.svg", "/nowhere?text=%FF%FE", "/actuator/health")) {
            HttpResponse<String> answer = visitor.get(path);
            assertThat(policy(answer)).as(path).contains("script-src 'self';", "frame-ancestors 'none'");
        }
        for (String path : List.of("/explore", "/api/v1/models", "/favicon.svg")) {
            HttpResponse<String> answer = visitor.get(path);
            assertThat(answer.headers().firstValue("x-content-type-options"))
                    .as(path)
                    .contains("nosniff");
            assertThat(answer.headers().firstValue("x-frame-options")).as(path).contains("DENY");
            assertThat(answer.headers().firstValue("referrer-policy")).as(path).contains("same-origin");
        }
    }

    @Test
    void pagesAndAnswersAreKeptByNobodyAndScriptsAre() throws Exception {
        Visitor visitor = new Visitor(port);
        HttpResponse<String> page = visitor.get("/explore");
        for (HttpResponse<String> answer : List.of(page, visitor.get("/api/v1/models"))) {
            assertThat(answer.headers().firstValue("cache-control").orElse("")).contains("no-store");
        }
        Matcher script =
                Pattern.compile("src=\"\\.?/?(VAADIN/build/[^\"]+\\.js)\"").matcher(page.body());
        assertThat(script.find()).isTrue();
        assertThat(visitor.get("/" + script.group(1))
                        .headers()
                        .firstValue("cache-control")
                        .orElse(""))
                .startsWith("max-age=");
    }

    @Test
    void theEmbedFormMayStandInFramesOfThisServerAndOfThoseConfigured() throws Exception {
        HttpResponse<String> embed = new Visitor(port).get("/embed?model=storybook-2l");
        assertThat(policy(embed)).endsWith("frame-ancestors 'self' " + EMBEDDING_SITE);
        assertThat(embed.headers().firstValue("x-frame-options")).isEmpty();
        assertThat(new ContentPolicy(List.of())).isNotNull();
        for (String odd : List.of("*", "https://a.example; script-src *", "javascript:alert(1)", "https://a b")) {
            assertThatThrownBy(() -> new ContentPolicy(List.of(odd)))
                    .as(odd)
                    .hasMessageContaining("headlight.embed.frames");
        }
    }

    private static String policy(HttpResponse<?> answer) {
        assertThat(answer.headers().allValues("content-security-policy")).hasSize(1);
        return answer.headers().firstValue("content-security-policy").orElseThrow();
    }
}
