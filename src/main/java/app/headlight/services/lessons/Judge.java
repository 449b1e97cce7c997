package app.headlight.services.lessons;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.lab.Measurement;
import app.headlight.services.lessons.Question.What;
import app.headlight.services.lessons.language.Clicked;
import app.headlight.services.lessons.language.Condition;
import app.headlight.services.lessons.language.Condition.Comparison;
import app.headlight.services.lessons.language.Condition.Sign;
import app.headlight.services.lessons.language.Evaluation;
import app.headlight.services.lessons.language.Expression;
import app.headlight.services.lessons.language.InWords;
import app.headlight.services.lessons.language.Scene;
import app.headlight.services.measures.Measures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.springframework.stereotype.Service;

/** Tells right answers from wrong ones, by computing the condition of a question for everything that can be clicked. */
@Service
public class Judge {

    /** Two numbers that are as near as that are equally large. */
    private static final double TIE = 1e-6;

    private final Laboratory lab;
    private final Measures measures;

    Judge(Laboratory lab, Measures measures) {
        this.lab = lab;
        this.measures = measures;
    }

    /**
     * An answer, judged.
     *
     * @param words why, in a sentence or two for whoever answered
     */
    public record Judgement(boolean isRight, String words) {}

    /**
     * The right answers among all.
     *
     * @param values by comparison and answer; NaN where it cannot be measured
     */
    public record Answers(List<Clicked> all, List<Clicked> right, List<List<Double>> values) {
        public Answers {
            all = List.copyOf(all);
            right = List.copyOf(right);
            values = List.copyOf(values);
        }
    }

    /** All that can be clicked in a view, and what of it is right. */
    public Answers answers(Question.Click question, Scene scene) {
        List<Object> how = List.of(
                scene.prompt(),
                scene.edits(),
                String.valueOf(scene.head()),
                scene.destination(),
                scene.source(),
                question.what(),
                question.condition().text(),
                scene.others().values().stream().map(model -> model.ref()).toList());
        return lab.get(Measurement.slow(
                scene.model().ref(), "answers of a question", how, progress -> computed(question, scene)));
    }

    private Answers computed(Question.Click question, Scene scene) {
        List<Clicked> all = candidates(question.what(), scene);
        List<List<Double>> values = new ArrayList<>();
        List<Clicked> right = new ArrayList<>(all);
        for (Comparison comparison : question.condition().comparisons()) {
            List<Double> left = all.stream()
                    .map(each -> value(comparison.left(), scene, each))
                    .toList();
            values.add(left);
            for (int i = 0; i < all.size(); i++) {
                if (!holds(comparison, left, i, scene, all.get(i))) {
                    right.remove(all.get(i));
                }
            }
        }
        return new Answers(all, right, values);
    }

    private boolean holds(Comparison comparison, List<Double> left, int index, Scene scene, Clicked clicked) {
        double value = left.get(index);
        if (Double.isNaN(value)) {
            return false;
        }
        if (comparison.right() != null) {
            return comparison.sign().holds(value, value(comparison.right(), scene, clicked));
        }
        double best = left.stream()
                .filter(each -> !each.isNaN())
                .mapToDouble(each -> comparison.sign() == Sign.LARGEST ? each : -each)
                .max()
                .orElseThrow();
        return (comparison.sign() == Sign.LARGEST ? value : -value) >= best - TIE;
    }

    private double value(Expression asked, Scene scene, Clicked clicked) {
        try {
            return new Evaluation(lab, measures, scene, clicked).number(asked);
        } catch (Refusal impossible) {
            return Double.NaN;
        }
    }

    private static List<Clicked> candidates(What what, Scene scene) {
        int tokens = scene.prompt().tokens().length;
        return switch (what) {
            case HEAD ->
                scene.model().transformer().heads().stream().map(Clicked::head).toList();
            case SOURCE ->
                IntStream.rangeClosed(0, Math.min(scene.destination(), tokens - 1))
                        .mapToObj(Clicked::place)
                        .toList();
            case DESTINATION ->
                IntStream.range(0, tokens).mapToObj(Clicked::place).toList();
        };
    }

    /** Judges a click. */
    public Judgement judge(Question.Click question, Scene scene, Clicked clicked) {
        boolean isRight = answers(question, scene).right().contains(clicked);
        Evaluation evaluation = new Evaluation(lab, measures, scene, clicked);
        InWords words = new InWords(evaluation, scene);
        StringBuilder said = new StringBuilder();
        for (Comparison comparison : question.condition().comparisons()) {
            said.append(told(comparison, evaluation, words, clicked, isRight)).append(' ');
        }
        HeadId head = clicked.head();
        if (head != null && scene.prompt().tokens().length > 1 && !isRight) {
            said.append(whereItLooks(scene, head)).append(' ');
        } else if (clicked.place() >= 0 && question.what() == What.SOURCE && !isRight) {
            said.append(words.whatItIs(clicked.place())).append(' ');
        }
        if (!isRight && question.hint() != null) {
            said.append(question.hint().filled(evaluation::shown));
        }
        return new Judgement(isRight, said.toString().strip());
    }

    private String whereItLooks(Scene scene, HeadId head) {
        Evaluation evaluation = new Evaluation(lab, measures, scene, Clicked.head(head));
        int most = evaluation.mostOfClicked();
        return new InWords(evaluation, scene).whereItLooks(head, most, evaluation.weightOfClicked(most));
    }

    /** What was measured of the answer, and where it is wrong, what was asked for. */
    private static String told(
            Comparison comparison, Evaluation evaluation, InWords words, Clicked clicked, boolean isRight) {
        try {
            double value = evaluation.number(comparison.left());
            String told = sentence(words.of(comparison.left()), clicked) + " is "
                    + evaluation.written(comparison.left(), value);
            if (isRight) {
                return told + ".";
            }
            if (comparison.right() == null) {
                return told + "; asked for is " + comparison.sign().words() + ".";
            }
            double bound = evaluation.number(comparison.right());
            return comparison.sign().holds(value, bound)
                    ? told + ", as asked for."
                    : told + "; asked for is " + comparison.sign().words() + " "
                            + evaluation.written(comparison.left(), bound) + ".";
        } catch (Refusal impossible) {
            return "It cannot be measured here: " + impossible.getMessage() + ".";
        }
    }

    private static String sentence(String words, Clicked clicked) {
        String named = clicked.head() == null ? words : words.replace("this head", String.valueOf(clicked.head()));
        return named.substring(0, 1).toUpperCase(Locale.ROOT) + named.substring(1);
    }

    /** Whether an option of a question is right. */
    public boolean isRight(Question.Option option, Scene scene) {
        return holds(option.condition(), scene);
    }

    /** Whether a condition holds that is not about anything clicked. */
    public boolean holds(Condition condition, Scene scene) {
        return holdsAll(condition, new Evaluation(lab, measures, scene, Clicked.NOTHING));
    }

    private static boolean holdsAll(Condition condition, Evaluation evaluation) {
        try {
            return condition.comparisons().stream()
                    .allMatch(each -> each.right() != null
                            && each.sign().holds(evaluation.number(each.left()), evaluation.number(each.right())));
        } catch (Refusal impossible) {
            return false;
        }
    }

    /** Why an option is right or wrong: what was measured for each option, and its hint. */
    public Judgement judge(Question.Choose question, int chosen, Scene scene) {
        Evaluation evaluation = new Evaluation(lab, measures, scene, Clicked.NOTHING);
        InWords words = new InWords(evaluation, scene);
        Question.Option option = question.options().get(chosen);
        boolean isRight = isRight(option, scene);
        String hint = option.hint() == null ? "" : option.hint().filled(evaluation::shown);
        if (!hint.isEmpty()) {
            return new Judgement(isRight, hint);
        }
        Comparison first = option.condition().comparisons().getFirst();
        boolean isMeasured = first.left() instanceof Expression.Call;
        return new Judgement(
                isRight,
                isMeasured
                        ? told(first, evaluation, words, Clicked.NOTHING, isRight)
                        : isRight ? "Yes." : "Look at the picture again, and at the text above it.");
    }
}
