package app.headlight;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.mock.env.MockEnvironment;

/** The database lies in the folder that is named, and nowhere else. */
class DataFolderTest {

    @ParameterizedTest
    @ValueSource(strings = {"/data", "/tmp/some where", "db/data", "./db/data"})
    void anAbsoluteFolderStaysAndARelativeOneBeginsAtTheWorkingDirectory(String given) {
        MockEnvironment environment = new MockEnvironment()
                .withProperty("headlight.data", given)
                .withProperty("url", "jdbc:h2:file:${headlight.data}/headlight");
        new DataFolder().postProcessEnvironment(environment, new SpringApplication());
        Path expected = given.startsWith("/")
                ? Path.of(given)
                : Path.of(System.getProperty("user.dir")).resolve("db/data");
        assertThat(environment.getProperty("url")).isEqualTo("jdbc:h2:file:" + expected + "/headlight");
    }
}
