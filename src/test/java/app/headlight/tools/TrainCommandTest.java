package app.headlight.tools;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.engine.training.Recipe;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class TrainCommandTest {

    private final TrainCommand command = new TrainCommand();
    private final StringWriter said = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void whatIsLeftOutIsAsInTheRecipeOfTheStories() {
        new CommandLine(command).parseArgs("name=a", "text=b.txt", "validation=c.txt", "layers=1", "heads=8");
        assertThat(command.recipe().layers()).isEqualTo(1);
        assertThat(command.recipe().dHead()).isEqualTo(16);
        assertThat(command.recipe().twice()).isEqualTo(Recipe.stories().twice());
        assertThat(command.tokenizer()).isNull();
        assertThat(command.folder()).isEqualTo(Path.of("db", "models", "a"));
        assertThat(command.work()).isEqualTo(Path.of("target", "training", "a"));
    }

    @ParameterizedTest
    @CsvSource({
        "layers,                    layers",
        "layers=two,                layers two",
        "learning_rate=fast,        learning_rate fast",
        "layer=2,                   layer=2",
        "layers=1 layers=2,         layers",
        "name=,                     name empty",
        "heads=0,                   heads 0",
        "d_model=-1,                d_model -1",
        "steps=0,                   steps 0",
        "steps=1,                   no file b.txt",
        "tokenizer=none.json,       none.json",
    })
    void whatCannotBeIsSaidWithItsNameAndValue(String wrong, String words) {
        assertThat(run(("name=a text=b.txt validation=c.txt work=" + folder + " " + wrong).split(" ")))
                .isEqualTo(1);
        assertThat(said.toString().lines().findFirst().orElseThrow())
                .startsWith("This training cannot be done: ")
                .contains(words.split(" "));
    }

    @Test
    void whatIsMissingIsNamedAndTheOthersAreListed() {
        assertThat(run("text=b.txt")).isEqualTo(1);
        assertThat(said.toString()).contains("name", "validation").contains("learning_rate", "d_head", "twice_late");
    }

    private int run(String... arguments) {
        return Programs.of(command, "This training cannot be done")
                .setErr(new PrintWriter(said))
                .execute(arguments);
    }
}
