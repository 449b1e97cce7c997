package app.headlight.web.learn;

import app.headlight.ground.people.SignedIn;
import app.headlight.services.lessons.Lesson;
import app.headlight.services.lessons.LessonAnswers;
import com.vaadin.flow.component.UI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which questions of a lesson the reader has answered: in this browser, and with the account where one is signed in. What
 * was answered before signing in is then kept with the account too.
 */
class LessonProgress {

    /** In {@code frontend/screens/lesson-progress.ts}: the names of the questions that are answered, of one lesson. */
    private static final String READ = "return window.headlightLessons.solved($0)";

    private static final String WRITE = "window.headlightLessons.solve($0, $1)";

    private final LessonAnswers answers;
    private final SignedIn signedIn;
    private final Consumer<List<String>> marked;
    private final Set<String> solved = new LinkedHashSet<>();
    private @Nullable Lesson lesson;

    /** @param marked told which questions are answered, whenever that is known anew */
    LessonProgress(LessonAnswers answers, SignedIn signedIn, Consumer<List<String>> marked) {
        this.answers = answers;
        this.signedIn = signedIn;
        this.marked = marked;
    }

    /** Another lesson, or another step of it. */
    void begin(Lesson opened) {
        if (!opened.equals(lesson)) {
            solved.clear();
        }
        lesson = opened;
        signedIn.current().ifPresent(account -> solved.addAll(answers.solved(account, opened.name())));
        UI.getCurrent().getPage().executeJs(READ, opened.name()).then(String.class, lines -> {
            if (opened.equals(lesson)) {
                lines.lines().filter(opened.questions()::contains).forEach(this::found);
                again();
            }
        });
    }

    private void found(String question) {
        if (solved.add(question) && lesson != null) {
            String name = lesson.name();
            signedIn.current().ifPresent(account -> answers.answered(account, name, question, true));
        }
    }

    /** Tells once more. */
    void again() {
        marked.accept(List.copyOf(solved));
    }

    /** An answer to a question. */
    void answered(String question, boolean isRight) {
        if (lesson == null) {
            return;
        }
        String name = lesson.name();
        signedIn.current().ifPresent(account -> answers.answered(account, name, question, isRight));
        if (isRight) {
            UI.getCurrent().getPage().executeJs(WRITE, name, question);
            solved.add(question);
            again();
        }
    }
}
