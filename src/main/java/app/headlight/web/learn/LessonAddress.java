package app.headlight.web.learn;

import app.headlight.web.view.Address;
import app.headlight.web.view.Parameter;
import java.util.List;

/**
 * The address of a lesson: its step, counted from 1, and what the reader has made of the live view and of the question.
 *
 * @param view an address of the page whose panels the view shows; empty: the lesson's own
 * @param answer the option that is chosen, counted from 1; negative: none
 */
record LessonAddress(String lesson, int step, String view, int answer) {

    static final String PATH = "learn";
    static final Parameter<Integer> STEP = Parameter.of(
            "step",
            1,
            text -> {
                int step = Integer.parseInt(text.strip());
                if (step < 1) {
                    throw new IllegalArgumentException();
                }
                return step;
            },
            step -> Integer.toString(step),
            Parameter.unreadable("step", "the first step"));
    static final Parameter<String> VIEW = Parameter.text("view");
    static final Parameter<Integer> ANSWER = Parameter.whole("answer", -1);

    /** A step, as the lesson shows it. */
    static LessonAddress of(String lesson, int step) {
        return new LessonAddress(lesson, step, "", -1);
    }

    LessonAddress withView(String seen) {
        return new LessonAddress(lesson, step, seen, answer);
    }

    LessonAddress withAnswer(int chosen) {
        return new LessonAddress(lesson, step, view, chosen);
    }

    @Override
    public String toString() {
        return new Address(PATH + "/" + lesson, List.of())
                .with(STEP, step)
                .with(VIEW, view)
                .with(ANSWER, answer)
                .toString();
    }
}
