package app.headlight.web.learn;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.SharedServer;
import app.headlight.services.lessons.Judge;
import app.headlight.services.lessons.Judge.Answers;
import app.headlight.services.lessons.Judge.Judgement;
import app.headlight.services.lessons.Lesson;
import app.headlight.services.lessons.Lesson.Step;
import app.headlight.services.lessons.LessonModels;
import app.headlight.services.lessons.Lessons;
import app.headlight.services.lessons.Question;
import app.headlight.services.lessons.ShownStep;
import app.headlight.services.lessons.language.Clicked;
import app.headlight.services.lessons.language.Scene;
import app.headlight.services.lessons.language.Template;
import app.headlight.web.learn.StepWork.Prepared;
import app.headlight.web.view.ExploreAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The lessons that come with Headlight, measured on the models that come with it. */
class ShippedLessonsTest extends SharedServer {

    @Autowired
    private LessonModels models;

    @Autowired
    private Lessons lessons;

    @Autowired
    private StepWork work;

    @Autowired
    private Judge judge;

    @Test
    void thereAreEightInTheOrderOfThePaperAndAllCanBeRead() {
        assertThat(lessons.faults()).isEmpty();
        assertThat(lessons.all().stream().map(Lesson::name))
                .containsExactly(
                        "zero-layers",
                        "one-layer",
                        "two-layers",
                        "residual-stream",
                        "virtual-weights",
                        "one-big-circuit",
                        "cut-and-see",
                        "language-model");
        assertThat(lessons.all()).allSatisfy(lesson -> {
            assertThat(lesson.minutes()).isBetween(5, 10);
            assertThat(lesson.steps()).hasSizeBetween(3, 6);
            assertThat(lesson.questions()).hasSizeGreaterThanOrEqualTo(3);
        });
    }

    @Test
    void eachAsksOfASentenceOrAModelThatTheStepsBeforeDidNotShow() {
        for (Lesson lesson : lessons.all()) {
            Set<String> seen = new HashSet<>();
            boolean isNew = false;
            for (Step step : lesson.steps()) {
                String shown = typed(step, ExploreAddress.MODEL.name()) + "|" + typed(step, "text");
                isNew |= step.question() != null && !seen.isEmpty() && !seen.contains(shown);
                seen.add(shown);
            }
            assertThat(isNew).as(lesson.name()).isTrue();
        }
    }

    private static String typed(Step step, String parameter) {
        return step.view() == null || !step.view().parameters().containsKey(parameter)
                ? ""
                : step.view().parameters().get(parameter).typed();
    }

    /** Whatever was measured is a place in the text; a digit or a percentage between the places would be typed by hand. */
    @Test
    void noNumberAndNoHeadIsTypedIntoATextByHand() {
        for (Lesson lesson : lessons.all()) {
            for (Step step : lesson.steps()) {
                for (Template words : words(step)) {
                    assertThat(words.typed())
                            .as(lesson.name() + ", " + step.heading())
                            .doesNotContainPattern("\\d")
                            .doesNotContainPattern("(?i)per ?cent|%|\\bnats\\b");
                }
            }
        }
    }

    private static List<Template> words(Step step) {
        List<Template> words = new ArrayList<>(List.of(step.text()));
        Stream.of(step.look()).filter(Objects::nonNull).forEach(words::add);
        switch (step.question()) {
            case Question.Click click -> {
                words.add(click.words());
                Stream.of(click.hint()).filter(Objects::nonNull).forEach(words::add);
            }
            case Question.Choose choose -> {
                words.add(choose.words());
                choose.options().forEach(option -> {
                    words.add(option.words());
                    Stream.of(option.hint()).filter(Objects::nonNull).forEach(words::add);
                });
            }
            case null -> {}
        }
        return words;
    }

    /** The model of modular addition has an MLP, and is the smallest. */
    @Test
    void noneIsAboutAModelThatReadsNoEnglish() {
        assertThat(models.open(List.of("modular-addition"))).isPresent();
        assertThat(models.open(List.of("mlps", "storybook-2l-stories"))
                        .orElseThrow()
                        .prompt("The king")
                        .unknown())
                .isEmpty();
    }

    @Test
    void everythingInThemIsMeasuredAndHoldsOnTheStoredModels() throws Exception {
        for (Lesson lesson : lessons.all()) {
            for (Step step : lesson.steps()) {
                ShownStep shown = work.ask(prepared(lesson, step)).result().get();
                String where = lesson.name() + ", " + step.heading();
                assertThat(shown.markdown() + shown.look() + shown.asked() + shown.options() + shown.view())
                        .as(where)
                        .doesNotContain("not measured");
                assertThat(shown.failing()).as(where).isEmpty();
                assertThat(shown.isAnswerable()).as(where).isTrue();
            }
        }
    }

    @Test
    void eachQuestionHasRightAndWrongAnswersAndSaysWhyOfEach() throws Exception {
        for (Lesson lesson : lessons.all()) {
            for (Step step : lesson.steps()) {
                if (step.question() != null) {
                    Prepared prepared = prepared(lesson, step);
                    Scene scene = prepared.scene(work.ask(prepared).result().get());
                    List<Judgement> judged = judged(step.question(), scene);
                    String where = lesson.name() + ", " + step.heading();
                    assertThat(judged.stream().map(Judgement::isRight))
                            .as(where)
                            .contains(true, false);
                    assertThat(judged)
                            .as(where)
                            .allSatisfy(each -> assertThat(each.words()).hasSizeGreaterThan(10));
                    System.out.println(where + "\n   "
                            + judged.stream()
                                    .map(each -> (each.isRight() ? "RIGHT " : "wrong ") + each.words())
                                    .limit(6)
                                    .reduce("", (a, b) -> a + "\n   " + b));
                }
            }
        }
    }

    private List<Judgement> judged(Question question, Scene scene) {
        return switch (question) {
            case Question.Click click -> {
                Answers answers = judge.answers(click, scene);
                List<Clicked> some = new ArrayList<>(answers.right());
                some.addAll(answers.all());
                yield some.stream()
                        .distinct()
                        .map(each -> judge.judge(click, scene, each))
                        .toList();
            }
            case Question.Choose choose ->
                Stream.iterate(0, i -> i + 1)
                        .limit(choose.options().size())
                        .map(i -> judge.judge(choose, i, scene))
                        .toList();
        };
    }

    private Prepared prepared(Lesson lesson, Step step) {
        return work.prepare(lesson, step).orElseThrow();
    }
}
