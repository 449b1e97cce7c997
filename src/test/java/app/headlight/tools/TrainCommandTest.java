package app.headlight.tools;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.engine.text.HuggingFaceTokenizer;
import app.headlight.engine.text.Tokenizer;
import app.headlight.engine.training.Optimizer;
import app.headlight.engine.training.Recipe;
import app.headlight.engine.training.TrainingLog;
import app.headlight.engine.transformer.Mlp;
import app.headlight.engine.transformer.Norm;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class TrainCommandTest {

    private final TrainCommand command = new TrainCommand(Recipe.stories());
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

    @Test
    void aModelWithMlpsAndAnotherOptimizerIsAskedForByName() {
        new CommandLine(command)
                .parseArgs("name=a", "text=b", "validation=c", "d_mlp=64", "norm=LN", "biases=true", "decay=0.1");
        assertThat(command.recipe().config().mlp()).isEqualTo(new Mlp(64, Mlp.Activation.GELU, false));
        assertThat(command.recipe().norm()).isEqualTo(Norm.LN);
        assertThat(command.recipe().biases()).isTrue();
        assertThat(command.recipe().optimizer().decay()).isEqualTo(0.1);
        assertThat(command.recipe().optimizer().beta2()).isEqualTo(Optimizer.USUAL.beta2());
    }

    @Test
    void modularAdditionHasSettingsOfItsOwnAndNeedsNoText() throws IOException {
        String[] asked = {
            "task=modular-addition",
            "name=sums",
            "vocabulary=18",
            "steps=40",
            "out=" + folder,
            "work=" + folder.resolve("work")
        };
        assertThat(Programs.of(TrainCommand.of(asked), "This training cannot be done")
                        .execute(asked))
                .isZero();
        Path model = folder.resolve("sums");
        assertThat(Files.readString(model.resolve("card.md"))).contains("modulo 17", "30 % of all 289 pairs");
        try (Tokenizer tokenizer = HuggingFaceTokenizer.of(Files.readString(model.resolve("tokenizer.json")))) {
            assertThat(tokenizer.encode("12 5=")).containsExactly(12, 5, 17);
            assertThat(tokenizer.encode("3 16 =")).containsExactly(3, 16, 17);
        }
        Recipe recipe =
                TrainingLog.of(Files.readString(model.resolve("training.json"))).recipe();
        assertThat(recipe)
                .isEqualTo(
                        Recipe.modularAddition().with().vocabulary(18).steps(40).build());
    }

    @Test
    void theCardSaysWhatTheModelIsAndHowToTrainItAgain() throws Exception {
        String asked = "name=small text=src/test/resources/fable.txt validation=src/test/resources/fable.txt"
                + " tokenizer=db/models/storybook-2l/tokenizer.json layers=1 d_model=16 heads=2 d_mlp=8 norm=LN biases=true"
                + " context=16 steps=3";
        String where = " commit=1a2b3c4 out=" + folder + " work=" + folder.resolve("work");
        assertThat(Programs.of(TrainCommand.of(), "no").execute((asked + where).split(" ")))
                .isZero();
        Path model = folder.resolve("small");
        String card = Files.readString(model.resolve("card.md"));
        int embeddings = 2 * 2048 * 16 + 16 * 16 + 2048;
        int norms = 3 * 2 * 16;
        int attention = 4 * 16 * 16 + 4 * 16;
        int mlp = 2 * 8 * 16 + 8 + 16;
        assertThat(card)
                .contains("One layer of attention and an MLP of 8 neurons (gelu), d_model 16")
                .contains(String.format(Locale.ROOT, ": %,d parameters", embeddings + norms + attention + mlp))
                .contains("`./mvnw -Ptrain -Drecipe=\"" + asked + "\"` at commit 1a2b3c4.")
                .containsPattern("weights: [0-9a-f]{64}\n");

        Files.writeString(model.resolve("card.md"), "an old card");
        assertThat(Programs.of(TrainCommand.of(), "no").execute((asked + where).split(" ")))
                .isZero();
        assertThat(Files.readString(model.resolve("card.md"))).isEqualTo(card);
        assertThat(run((asked.replace("steps=3", "steps=4") + where).split(" ")))
                .isEqualTo(1);
        assertThat(said.toString()).contains("a model of this name", "another recipe");
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
        "d_mlp=-3,                  d_mlp -3",
        "beta2=1,                   beta2 1",
        "norm=batch,                norm batch",
        "task=repeats,              task text modular-addition",
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
