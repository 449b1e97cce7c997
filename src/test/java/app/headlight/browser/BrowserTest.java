package app.headlight.browser;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.SharedServer;
import app.headlight.ground.people.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Tests in one browser, which forgets everything between two of them: starting one takes longer than most tests. None
 * may leave a complaint in the browser's console.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BrowserTest extends SharedServer {

    protected ExplorePage page;

    @LocalServerPort
    protected int port;

    @BeforeAll
    void openBrowser() {
        page = new ExplorePage(port);
    }

    @BeforeEach
    void forget() {
        page.forget();
    }

    /** Signs the browser in as someone of that name, who is a member where there is no such account yet. */
    protected void signIn(String name) {
        page.signIn(account(name, Role.MEMBER).name(), PASSWORD);
    }

    @AfterEach
    void nothingWentWrongInTheBrowser() {
        assertThat(page.complaints()).as("the browser's console").isEmpty();
    }

    @AfterAll
    void closeBrowser() {
        if (page != null) {
            page.close();
        }
    }
}
