package app.headlight.web.explore;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.HeadlightApplication;
import app.headlight.browser.ExplorePage;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The server goes away and comes back while a page is open. */
class RestartIT {

    @TempDir
    private Path folder;

    @Test
    void thePageSaysSoAndOpensTheSameViewAgain() throws IOException {
        int port = freePort();
        ConfigurableApplicationContext server = start(port);
        try (ExplorePage page = new ExplorePage(port)) {
            page.open("explore?text=The+king+and+the+king&heads=L0H1");
            String address = page.address();
            assertThat(folder.resolve("headlight.mv.db"))
                    .as("the database where it was asked for")
                    .exists();
            server.close();
            page.pickHead(0, 2);
            page.until(
                    "the page says that the server is away",
                    () -> !"connected".equals(page.script("return window.Vaadin.connectionState.state")));
            server = start(port);
            page.until(
                    "the page says that the server is another",
                    () -> page.driver()
                            .findElement(By.tagName("body"))
                            .getText()
                            .contains("has been restarted"));
            assertThat(page.driver().findElement(By.tagName("body")).getText()).contains("its address holds all of it");
            page.driver().findElement(By.cssSelector(".v-system-error")).click();
            page.until("the same view", () -> page.tokens().size() == 5);
            assertThat(page.address()).isEqualTo(address);
            page.say("The king");
            page.untilTokens("The", "·king");
        } finally {
            server.close();
        }
    }

    private ConfigurableApplicationContext start(int port) {
        return new SpringApplicationBuilder(HeadlightApplication.class)
                .run("--server.port=" + port, "--headlight.data=" + folder, "--server.shutdown=immediate");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
