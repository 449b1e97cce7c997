package app.headlight.services.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.SharedServer;
import app.headlight.engine.circuits.StrongestAttention.Role;
import app.headlight.engine.training.TextFigures;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import app.headlight.services.lab.HeadPassages.Best;
import app.headlight.services.lab.HeadPassages.Passage;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.Prompt;
import app.headlight.services.models.StoredPassages;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

class HeadPassagesTest extends SharedServer {

    @Autowired
    private HeadPassages passages;

    @Autowired
    private HeadScores scores;

    @Autowired
    private ModelLibrary library;

    /** Whoever opens one in Explore runs the model on what he reads there: the weight has to be that one. */
    @Test
    void theWeightIsThatOfTheTextAsPeopleTypeIt() {
        OpenModel model = open("storybook-2l");
        HeadId head = scores.strongest(model).orElseThrow();
        Best best = best(model, head);
        assertThat(best.role()).isEqualTo(Role.INDUCTION);
        assertThat(best.best()).hasSize(HeadPassages.MOST);
        assertThat(best.read()).isGreaterThan(50);
        for (Passage passage : best.best()) {
            int[] typed = model.prompt(passage.text().text()).tokens();
            int t = passage.attention().destination();
            int s = passage.attention().source();
            Run run = model.transformer().run(typed, List.of());
            assertThat((double) run.pattern(head).get(t, s))
                    .isCloseTo(passage.attention().weight(), within(1e-6));
            assertThat(typed[s - 1]).isEqualTo(typed[t]);
            assertThat(passage.attention().weight()).isGreaterThan(0.3);
        }
    }

    @Test
    void theTextIsCutIntoWholeSentencesWhereTheyAreShortEnough() {
        OpenModel model = open("storybook-2l");
        TextFigures text = library.textFigures(model.stored()).orElseThrow();
        List<Prompt> all = StoredPassages.of(model, text);
        assertThat(all).hasSizeBetween(50, StoredPassages.MOST);
        assertThat(all)
                .allSatisfy(each -> assertThat(each.tokens()).hasSizeBetween(3, StoredPassages.LONGEST))
                .allSatisfy(
                        each -> assertThat(model.prompt(each.text()).tokens()).isEqualTo(each.tokens()));
        List<String> windows =
                text.unseen().stream().map(HeadPassagesTest::spelled).toList();
        assertThat(all)
                .allSatisfy(each -> assertThat(windows).anyMatch(window -> window.contains(spelled(each.tokens()))));
        assertThat(all.stream().filter(each -> each.text().strip().matches("(?s).*[.!?][\"')\\]]*")))
                .hasSizeGreaterThan(all.size() / 3);
        assertThat(all.stream()
                        .filter(each -> each.tokens().length < StoredPassages.LONGEST / 2)
                        .filter(each -> !each.text().matches("(?s).*([.!?][\"')\\]]*\\s*|\\n)"))
                        .count())
                .as("short ones end with a sentence or with the text that is stored")
                .isLessThanOrEqualTo(text.unseen().size());
    }

    private static String spelled(int[] tokens) {
        return Arrays.stream(tokens).mapToObj(Integer::toString).collect(Collectors.joining(",", ",", ","));
    }

    @ParameterizedTest
    @ValueSource(strings = {"storybook-1l", "storybook-2l-stories", "modular-addition"})
    void everyModelThatWasTrainedHereHasSome(String name) {
        OpenModel model = open(name);
        Best best = best(model, new HeadId(0, 0));
        assertThat(best.best()).isNotEmpty();
        assertThat(best.read()).isPositive();
    }

    @Test
    void aModelWithoutATextHasNone() {
        assertThat(passages.ask(open("induction-by-hand"), new HeadId(1, 0))).isEmpty();
    }

    private OpenModel open(String name) {
        return library.open(name).orElseThrow();
    }

    private Best best(OpenModel model, HeadId head) {
        Ticket<Best> ticket = passages.ask(model, head).orElseThrow();
        return ticket.result().join();
    }
}
