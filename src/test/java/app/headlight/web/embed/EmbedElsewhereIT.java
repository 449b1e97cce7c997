package app.headlight.web.embed;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.browser.BrowserTest;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** An embedded view within a page of another site: 127.0.0.1 is one to localhost. */
class EmbedElsewhereIT extends BrowserTest {

    private static HttpServer blog;

    @DynamicPropertySource
    static void aBlog(DynamicPropertyRegistry registry) throws IOException {
        blog = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        blog.createContext("/", exchange -> {
            byte[] page = ("<!doctype html><title>A blog</title><iframe width=900 height=600 src=\"http://localhost:"
                            + exchange.getRequestURI().getQuery() + "\"></iframe>")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        blog.start();
        registry.add("headlight.embed.frames", () -> origin());
        registry.add(
                "spring.datasource.url",
                () -> "jdbc:h2:mem:elsewhere;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1");
    }

    @AfterAll
    static void closeTheBlog() {
        blog.stop(0);
    }

    @Test
    void isExploredThereToo() {
        page.driver().get(origin() + "/?" + port + "/embed?text=The%20king%20and%20the%20king");
        page.driver().switchTo().frame(0);
        page.untilDrawn();
        page.inside("token-strip")
                .findElements(By.cssSelector("[role=option]"))
                .get(2)
                .click();
        page.until(
                "it is selected",
                () -> page.driver()
                        .findElement(By.id("open-in-headlight"))
                        .getDomAttribute("href")
                        .contains("dest=2"));
        page.driver().switchTo().defaultContent();
    }

    @ParameterizedTest
    @CsvSource({
        "page=circuits&model=storybook-1l&part=heads, head-scores",
        "page=circuits&model=storybook-1l&part=composition, composition",
        "page=circuits&model=storybook-1l&part=trigrams, skip-trigrams",
        "page=circuits&model=storybook-1l&part=bigrams, bigrams",
        "page=circuits&model=storybook-1l&part=text, on-a-text",
        "model=storybook-2l&part=heads, head-grid",
        "model=storybook-2l&part=inspector, inspector"
    })
    void everyPanelStandsThere(String query, String id) {
        page.driver().get(origin() + "/?" + port + "/embed?" + query);
        page.driver().switchTo().frame(0);
        page.until(
                "it is shown",
                () -> page.driver().findElements(By.id(id)).stream().anyMatch(WebElement::isDisplayed));
        page.until("it leads to the page itself", () -> {
            String there = page.driver().findElement(By.id("open-in-headlight")).getDomAttribute("href");
            return there != null && there.startsWith(query.startsWith("page=") ? "circuits?model" : "explore?model");
        });
        assertThat(page.driver().findElements(By.cssSelector(".hl-notice"))).isEmpty();
        page.driver().switchTo().defaultContent();
    }

    @Test
    void noOtherPageMayStandThere() {
        page.driver().get(origin() + "/?" + port + "/explore");
        page.driver().switchTo().frame(0);
        page.until("the browser refuses", () -> !page.complaints().isEmpty());
        assertThat(page.driver().findElements(By.id("attention-view"))).isEmpty();
        page.driver().switchTo().defaultContent();
        page.complaints();
    }

    private static String origin() {
        return "http://127.0.0.1:" + blog.getAddress().getPort();
    }
}
