package app.headlight.services.lessons.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.SharedServer;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Edit;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.measures.Measures;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What lessons ask for, computed another way: from the run itself, and by what the card of the model made by hand says. */
class EvaluationTest extends SharedServer {

    private static final String WORDS = "river seven candle bright horse under stone music river seven candle";

    @Autowired
    private ModelLibrary library;

    @Autowired
    private Laboratory lab;

    @Autowired
    private Measures measures;

    @Test
    void headsHaveTheRolesThatTheCardNames() {
        Scene scene = scene("induction-by-hand", WORDS);
        assertThat(shown(scene, "head(previous)")).isEqualTo("L0H0");
        assertThat(shown(scene, "head(duplicate)")).isEqualTo("L0H1");
        assertThat(shown(scene, "head(induction)")).isEqualTo("L1H0");
        assertThat(shown(scene, "head(first)")).isEqualTo("L1H1");
        assertThat(shown(scene, "partner(K, head(induction))")).isEqualTo("L0H0");
        assertThat(number(scene, "copying(L1H0)")).isCloseTo(1, within(1e-4));
    }

    @Test
    void placesStandToTheDestinationAsTheirNamesSay() {
        Scene scene = scene("induction-by-hand", WORDS); // <|start|> river seven candle …, ends in candle at 11
        assertThat(number(scene, "position(last)")).isEqualTo(11);
        assertThat(number(scene, "position(same)")).isEqualTo(3);
        assertThat(number(scene, "position(after-same)")).isEqualTo(4);
        assertThat(number(scene, "position(previous)")).isEqualTo(10);
        assertThat(number(scene, "position(at(\"seven\"))")).isEqualTo(2);
        assertThat(number(scene, "position(again(\"seven\"))")).isEqualTo(10);
        assertThat(shown(scene, "token(after-same)")).isEqualTo("·bright");
        assertThat(number(scene, "weight(head(induction), after-same)")).isGreaterThan(0.98);
        assertThat(number(scene, "weight(head(induction), after-same, again(\"seven\"))"))
                .as("of what followed the earlier “seven”")
                .isGreaterThan(0.98);
        assertThat(number(scene, "weight(head(induction), at(\"bright\"), again(\"seven\"))"))
                .isLessThan(0.01);
        assertThatThrownBy(() -> number(scene, "position(same) + position(after(last))"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("token after that");
    }

    @Test
    void chancesLossesAndRanksAreThoseOfTheRun() {
        Scene scene = scene("storybook-2l", "The old man sat down. The old man");
        OpenModel model = scene.model();
        Run run = model.transformer().run(scene.tokens(), List.of());
        int last = run.length() - 1;
        int sat = scene.tokens()[3];
        double sum = 0;
        int higher = 1;
        for (int v = 0; v < model.config().dVocab(); v++) {
            sum += Math.exp(run.logits().get(last, v));
            higher += run.logits().get(last, v) > run.logits().get(last, sat) ? 1 : 0;
        }
        assertThat(number(scene, "chance(\"sat\")"))
                .isCloseTo(Math.exp(run.logits().get(last, sat)) / sum, within(1e-6));
        assertThat(number(scene, "rank(\"sat\")")).isEqualTo(higher);
        double[] loss = run.loss();
        assertThat(number(scene, "loss(last)")).isCloseTo(loss[last - 1], within(1e-9));
        assertThat(number(scene, "mean-loss(after(first), last)"))
                .isCloseTo(java.util.Arrays.stream(loss).average().orElseThrow(), within(1e-9));
        assertThat(number(scene, "uniform-loss")).isCloseTo(Math.log(2048), within(1e-9));
        assertThat(number(scene, "lens-chance(layers, at(\"old\")) - chance(\"man\", at(\"old\"))"))
                .as("after all layers the lens is the prediction")
                .isCloseTo(0, within(1e-5));
    }

    @Test
    void editsAreRunsOfTheirOwn() {
        Scene scene = scene("storybook-2l", "The old man sat down. The old man");
        HeadId head = HeadId.parse(shown(scene, "head(induction)"));
        Run plain = scene.model().transformer().run(scene.tokens(), List.of());
        Run cut = scene.model().transformer().rerun(plain, List.of(Edit.zero(head)));
        int last = plain.length() - 1;
        assertThat(number(scene, "without(head(induction), loss(last))")).isCloseTo(cut.loss()[last - 1], within(1e-6));
        assertThat(number(scene, "cut(head(induction), self, weight(head(induction), self))"))
                .isZero();
        assertThat(number(scene, "without(head(induction), plain(loss(last)))")).isEqualTo(number(scene, "loss(last)"));
        assertThat(number(scene, "loss(last) on storybook-0l"))
                .isEqualTo(number(scene("storybook-0l", "The old man sat down. The old man"), "loss(last)"));
    }

    @Test
    void theSharesOfALogitAddUpToIt() {
        Scene scene = scene("storybook-2l", "The old man sat down. The old man");
        double heads = scene.model().transformer().heads().stream()
                .mapToDouble(head -> number(scene, "adds(" + head + ", \"sat\")"))
                .sum();
        assertThat(number(scene, "direct(\"sat\")") + heads).isCloseTo(number(scene, "logit(\"sat\")"), within(1e-3));
        HeadId head = HeadId.parse(shown(scene, "head(induction)"));
        double bySource = 0;
        for (String place : List.of("first", "last")) {
            bySource += number(scene, "effect(" + head + ", " + place + ", \"sat\")");
        }
        assertThat(Math.abs(bySource)).isLessThan(Math.abs(number(scene, "adds(" + head + ", \"sat\")")) + 5);
    }

    @Test
    void whatCannotBeReadIsNamedWithWhatWouldBeRight() {
        assertUnreadable("score(head(induction))", "score takes a head, a detector");
        assertUnreadable("score(last, induction)", "“last” is not known; expected a head");
        assertUnreadable("weight(shown, 3)", "“3” is a number; expected a place in the sentence");
        assertUnreadable("loss(last", "it ends");
        assertUnreadable("loss(last) loss", "after the end");
        assertUnreadable("layers; heads", "cannot be read");
        assertThatThrownBy(() -> ExpressionReader.condition("layers = 2"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> ExpressionReader.condition("layers is big"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("is largest");
    }

    private static void assertUnreadable(String text, String why) {
        assertThatThrownBy(() -> ExpressionReader.shown(text))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(why);
    }

    private Scene scene(String model, String sentence) {
        OpenModel zero = library.open("storybook-0l").orElseThrow();
        return Scene.of(library.open(model).orElseThrow(), sentence, Map.of("storybook-0l", zero));
    }

    private String shown(Scene scene, String asked) {
        return new Evaluation(lab, measures, scene, Clicked.NOTHING).shown(ExpressionReader.shown(asked));
    }

    private double number(Scene scene, String asked) {
        return new Evaluation(lab, measures, scene, Clicked.NOTHING).number(ExpressionReader.shown(asked));
    }
}
