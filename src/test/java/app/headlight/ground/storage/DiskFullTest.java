package app.headlight.ground.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.ground.people.AccessTokens;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.Accounts;
import app.headlight.ground.people.Role;
import app.headlight.ground.people.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.TransactionSystemException;

/** The whole program on a disk that fills: what is stored can be read, and writing goes on as soon as there is room. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "headlight.admin-password=correct horse battery")
@DirtiesContext
class DiskFullTest {

    private static final String FINDING =
            "{\"model\":\"storybook-2l\",\"sort\":\"HEAD\",\"subject\":\"L1H1\",\"title\":\"A title\","
                    + "\"markdown\":\"It looks back.\",\"kind\":\"induction\",\"tags\":[]}";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @Autowired
    private Accounts accounts;

    @Autowired
    private AccessTokens tokens;

    @Autowired
    private Settings settings;

    @Autowired
    private Room room;

    @Autowired
    private DataSource database;

    private String token = "";

    @DynamicPropertySource
    static void onADisk(DynamicPropertyRegistry registry) throws IOException {
        String folder = Files.createTempDirectory("headlight-filling").toString();
        registry.add("headlight.data", () -> folder);
        registry.add(
                "spring.datasource.url",
                () -> "jdbc:h2:file:" + folder
                        + "/headlight;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0");
    }

    @BeforeEach
    void signUp() {
        Account account = accounts.all().stream()
                .map(Accounts.Joined::account)
                .filter(one -> one.name().equals("Writer"))
                .findFirst()
                .orElseGet(() -> accounts.add("Writer", Role.MEMBER, "correct horse battery"));
        token = tokens.make(account, "writes");
    }

    @AfterEach
    void makeRoom() {
        room.setUsable(() -> Long.MAX_VALUE);
    }

    @Test
    void whatCannotBeStoredIsAnsweredBy507AndWhatIsStoredCanBeRead() throws Exception {
        assertThat(write().statusCode()).isEqualTo(201);
        room.setUsable(() -> 1_000_000);
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> refused = write();
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(507);
            assertThat(refused.headers().firstValue("content-type").orElse("")).startsWith("application/problem+json");
            assertThat(refused.body()).contains("disk").contains("full").doesNotContain("Exception");
            assertThat(get("/api/v1/findings").body()).contains("A title");
            assertThat(get("/api/v1/models").statusCode()).isEqualTo(200);
        }
        HttpResponse<String> health = get("/actuator/health");
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(health.body())
                .contains("\"DOWN\"")
                .contains("disk")
                .doesNotContain("jdbc")
                .doesNotContain("/tmp");
        room.setUsable(() -> Long.MAX_VALUE);
        assertThat(write().statusCode()).as("at once").isEqualTo(201);
        assertThat(get("/actuator/health").body()).contains("\"status\":\"UP\"").doesNotContain("DOWN");
    }

    @Test
    void aServiceThatWritesSaysSoInOneWay() {
        room.setUsable(() -> 1_000_000);
        assertThatThrownBy(() -> settings.openRegistration(true))
                .satisfies(failed ->
                        assertThat(DiskFullException.isReasonOf(failed)).isTrue());
        room.setUsable(() -> Long.MAX_VALUE);
        settings.openRegistration(true);
        assertThat(settings.isRegistrationOpen()).isTrue();
    }

    @Test
    void whatH2SaysOfAFullDiskIsUnderstoodHoweverItIsWrapped() {
        SQLException said = new SQLException("General error", new IOException("No space left on device"));
        assertThat(DiskFullException.isReasonOf(said)).isTrue();
        assertThat(DiskFullException.isReasonOf(new IllegalStateException(said)))
                .isTrue();
        assertThat(DiskFullException.isReasonOf(new SQLException("another", "23505")))
                .isFalse();
        TransactionSystemException rollback = new TransactionSystemException("rolling back failed");
        rollback.initApplicationException(said);
        assertThat(DiskFullException.isReasonOf(rollback)).isTrue();
    }

    @Test
    void aDatabaseThatHasClosedItselfIsOpenedAgain() throws Exception {
        try (Connection connection = database.getConnection()) {
            connection.createStatement().execute("shutdown immediately");
        } catch (SQLException closed) {
            // it may say so, as the last thing
        }
        HttpResponse<String> first = get("/api/v1/findings");
        HttpResponse<String> next = first.statusCode() == 200 ? first : get("/api/v1/findings");
        assertThat(next.statusCode()).as("at the second try at the latest").isEqualTo(200);
        assertThat(write().statusCode()).isEqualTo(201);
    }

    private HttpResponse<String> write() throws IOException, InterruptedException {
        return CLIENT.send(
                request("/api/v1/findings")
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(FINDING))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return CLIENT.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }
}
