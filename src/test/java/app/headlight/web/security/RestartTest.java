package app.headlight.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.HeadlightApplication;
import app.headlight.ground.people.SignIns;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** Who is signed in is so still when the program was ended and started again. */
class RestartTest {

    private static final String PASSWORD = "correct horse battery";

    @TempDir
    private Path folder;

    @Tag("nightly")
    @Test
    void aSignInSurvivesTheProgram() throws Exception {
        Visitor browser;
        Visitor other;
        try (ConfigurableApplicationContext server = start(0)) {
            int port = server.getBean(Environment.class).getRequiredProperty("local.server.port", Integer.class);
            browser = new Visitor(port);
            other = new Visitor(port);
            assertThat(browser.location(browser.signIn("admin", PASSWORD))).isEqualTo("/");
            other.signIn("admin", PASSWORD);
            assertThat(browser.get("/admin").statusCode()).isEqualTo(200);
            other.get("/account");
            server.close();
            try (ConfigurableApplicationContext again = start(port)) {
                assertThat(browser.get("/admin").statusCode()).isEqualTo(200);
                assertThat(new Visitor(port).get("/admin").statusCode()).isEqualTo(302);
                again.getBean(SignIns.class)
                        .all()
                        .forEach(signIn -> again.getBean(SignIns.class).end(signIn.id()));
                assertThat(other.get("/account").statusCode()).isEqualTo(302);
            }
        }
    }

    private ConfigurableApplicationContext start(int port) {
        return new SpringApplicationBuilder(HeadlightApplication.class)
                .run(
                        "--server.port=" + port,
                        "--headlight.data=" + folder,
                        "--headlight.admin-password=" + PASSWORD,
                        "--server.shutdown=immediate");
    }
}
