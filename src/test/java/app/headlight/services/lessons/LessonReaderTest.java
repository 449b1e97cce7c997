package app.headlight.services.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.services.lessons.LessonReader.Read;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a file of a lesson may hold, and how its faults are told. */
class LessonReaderTest {

    private static final String GOOD = """
            ---
            title: A lesson
            order: 3
            minutes: 7
            model: storybook-2l, any
            ---

            ## One

            Its score is {{score(head(induction), induction)}}.

            ```
            view: this is a text
            ## and this
            ```

            view: explore?text=a%20b+c d&dest={{position(last)}}
            look: The line of {{head(induction)}}.
            question: Which head?
            click: head where attends(after-same, last) >= 0.4 and score(this, first) < 0.5
            hint: Look again.
            holds: copying(head(induction)) > 0

            ## Two

            question: How many?
            option: {{layers}} | right if layers >= 1
            option: none | Count them.
            """;

    @Test
    void stepsHaveTextViewAndQuestion() {
        Read read = LessonReader.read("a", "a.md", GOOD);
        assertThat(read.faults()).isEmpty();
        Lesson lesson = read.lesson().orElseThrow();
        assertThat(List.of(lesson.title(), lesson.order(), lesson.minutes(), lesson.models()))
                .isEqualTo(List.of("A lesson", 3, 7, List.of("storybook-2l", "any")));
        assertThat(lesson.questions()).containsExactly("One", "Two");
        Lesson.Step one = lesson.steps().getFirst();
        assertThat(one.text().typed()).contains("view: this is a text", "## and this");
        assertThat(one.view().path()).isEqualTo("explore");
        assertThat(one.view().parameters().get("text").typed()).isEqualTo("a b c d");
        assertThat(one.question()).isInstanceOfSatisfying(Question.Click.class, click -> {
            assertThat(click.what()).isEqualTo(Question.What.HEAD);
            assertThat(click.condition().text())
                    .isEqualTo("attends(after-same, last) >= 0.4 and score(this, first) < 0.5");
        });
        assertThat(one.holds()).hasSize(1);
        assertThat(lesson.steps().get(1).question())
                .isInstanceOfSatisfying(
                        Question.Choose.class,
                        choose -> assertThat(choose.options()).hasSize(2));
    }

    @Test
    void aFaultNamesFileLineAndWhatWouldBeRight() {
        assertFault(
                GOOD.replace("attends(after-same, last)", "attends(behind)"),
                20,
                "“behind” is not known",
                "after-same");
        assertFault(GOOD.replace("title: A lesson\n", ""), 1, "no title", "title: …");
        assertFault(GOOD.replace("minutes: 7", "minutes: soon"), 4, "minutes: soon", "whole number");
        assertFault(GOOD.replace("order: 3", "orders: 3"), 3, "“orders” is not known", "order");
        assertFault(
                GOOD.replace("{{score(head(induction), induction)}}", "{{score(induction)}}"),
                10,
                "induction",
                "a head");
        assertFault(GOOD.replace("view: explore?text", "view: findings?text"), 17, "“findings”", "explore");
        assertFault(
                GOOD.replace("click: head where", "click: layer where"), 20, "“layer”", "head, source or destination");
        assertFault(GOOD.replace("## Two", "## One"), 24, "twice", "progress");
        assertFault(GOOD.replace("{{layers}}", "{{layers"), 27, "do not stand in pairs", "{{");
        assertFault(GOOD.replace("option: none | Count them.\n", ""), 26, "fewer than two", "option:");
        assertFault(GOOD.replace("hint: Look again.", "look: Again."), 21, "twice", "look:");
        assertFault("no lesson", 1, "---", "title");
    }

    private static void assertFault(String text, int line, String wrong, String right) {
        Read read = LessonReader.read("a", "a.md", text);
        assertThat(read.lesson()).isEmpty();
        assertThat(read.faults().stream().map(Fault::toString))
                .anySatisfy(fault -> assertThat(fault)
                        .startsWith("a.md, line " + line + ": ")
                        .contains(wrong, right));
    }

    @Test
    void allFaultsAreFoundAtOnce() {
        Read read = LessonReader.read(
                "a", "a.md", GOOD.replace("order: 3", "order: x").replace("look: The line", "look: {{x}} The line"));
        assertThat(read.faults().stream().map(Fault::line)).containsExactlyInAnyOrder(3, 18);
    }
}
