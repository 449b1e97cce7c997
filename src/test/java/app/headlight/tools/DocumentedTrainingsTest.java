package app.headlight.tools;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.engine.training.TrainingLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The commands in docs/models.md ask for the trainings that the shipped models had. */
class DocumentedTrainingsTest {

    static Stream<String> shown() throws IOException {
        return Pattern.compile("-Drecipe=\"([^\"]+)\"")
                .matcher(Files.readString(Path.of("docs/models.md")))
                .results()
                .map(command -> command.group(1));
    }

    @ParameterizedTest
    @MethodSource("shown")
    void askForTheTrainingThatTheModelHad(String shown) throws IOException {
        TrainCommand command = TrainCommand.of(shown.split(" "));
        new CommandLine(command).parseArgs(shown.split(" "));
        TrainingLog log = TrainingLog.of(Files.readString(Path.of("db/models", command.name(), "training.json")));
        assertThat(command.recipe()).isEqualTo(log.recipe());
    }
}
