package app.headlight.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands in docs/models.md ask for the trainings that the shipped models had. */
class DocumentedArgumentsTest {

    static Stream<String> shown() throws IOException {
        return Pattern.compile("-Drecipe=\"([^\"]+)\"")
                .matcher(Files.readString(Path.of("docs/models.md")))
                .results()
                .map(command -> command.group(1));
    }

    @ParameterizedTest
    @MethodSource("shown")
    void askForTheTrainingThatTheModelHad(String shown) throws IOException {
        Arguments arguments = Arguments.of(List.of(shown.split(" ")));
        TrainingLog log = TrainingLog.of(Files.readString(Path.of("db/models", arguments.name(), "training.json")));
        assertThat(arguments.recipe()).isEqualTo(log.recipe());
    }
}
