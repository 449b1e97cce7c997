package app.headlight.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.formats.WeightsHash;
import app.headlight.engine.training.PaperResults;
import app.headlight.engine.training.PaperResults.Halves;
import app.headlight.engine.training.Task;
import app.headlight.engine.training.TrainingLog;
import app.headlight.engine.transformer.Transformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * The cards of the models that come with Headlight say what their files are: everything that needs no text is measured
 * again, and the command on the card asks for the training that the model had.
 */
class ShippedCardsTest {

    private static final Pattern NUMBER = Pattern.compile("-?\\d[\\d,]*(\\.\\d+)?");
    private static final Pattern COMMAND = Pattern.compile("Trained by `./mvnw -Ptrain -Drecipe=\"([^\"]+)\"`");

    static Stream<Path> shipped() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("db/models"))) {
            return folders.filter(folder -> Files.exists(folder.resolve("training.json"))).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void sayWhatTheFilesAre(Path path) throws IOException {
        ModelFolder folder = new ModelFolder(path);
        TrainingLog log = folder.log();
        String card = Files.readString(path.resolve("card.md"));
        Transformer model = folder.model(log.recipe().config());
        assertThat(card).contains(WeightsHash.of(model.config(), model.weights()));

        String[] command = found(COMMAND, card).group(1).split(" ");
        TrainCommand asked = TrainCommand.of(command);
        new CommandLine(asked).parseArgs(command);
        assertThat(asked.recipe()).isEqualTo(log.recipe());
        assertThat(asked.name()).isEqualTo(path.getFileName().toString());

        if (log.recipe().task() == Task.TEXT) {
            alike(card.substring(0, card.indexOf("\nTrained by")), again(card, asked.name(), log, model));
        }
    }

    /** The card anew, with the two lines that were measured on the text as they stand. */
    private static String again(String card, String name, TrainingLog log, Transformer model) {
        double validation = number(found(Pattern.compile("validation loss, other books \\| (\\S+)"), card), 1);
        assertThat(validation)
                .as("the record of the training has it too, on other windows")
                .isCloseTo(log.measures().getLast().unseen(), within(0.1));
        MatchResult passage = found(Pattern.compile("a passage of unseen books, .* \\| (\\S+), then (\\S+) \\|"), card);
        return new Card(
                        name,
                        found(Pattern.compile("Text: (.*?)\\. "), card).group(1),
                        log,
                        validation,
                        new Halves(number(passage, 1), number(passage, 2)),
                        PaperResults.of(model))
                .markdown();
    }

    /** The same words, and numbers that another machine's rounding may have moved a little. */
    private static void alike(String card, String again) {
        assertThat(NUMBER.matcher(card).replaceAll("#"))
                .isEqualTo(NUMBER.matcher(again).replaceAll("#"));
        List<Double> ours = numbers(again);
        List<Double> shown = numbers(card);
        for (int i = 0; i < shown.size(); i++) {
            assertThat(shown.get(i)).isCloseTo(ours.get(i), within(0.011));
        }
    }

    private static List<Double> numbers(String text) {
        return NUMBER.matcher(text).results().map(each -> number(each, 0)).toList();
    }

    private static double number(MatchResult found, int group) {
        return Double.parseDouble(found.group(group).replace(",", ""));
    }

    private static MatchResult found(Pattern pattern, String card) {
        Matcher matcher = pattern.matcher(card);
        assertThat(matcher.find()).as("%s in %s", pattern, card).isTrue();
        return matcher;
    }
}
