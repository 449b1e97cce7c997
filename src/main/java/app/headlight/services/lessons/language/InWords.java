package app.headlight.services.lessons.language;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.lessons.language.Expression.Call;
import app.headlight.services.lessons.language.Expression.On;
import app.headlight.services.lessons.language.Expression.Sum;
import java.util.List;

/** Says what an expression stands for, of what somebody clicked: “the weight of L0H2 from ·Aunt (20) to ·and (3)”. */
public final class InWords {

    private final Evaluation evaluation;
    private final Scene scene;
    private final Places places;

    public InWords(Evaluation evaluation, Scene scene) {
        this.evaluation = evaluation;
        this.scene = scene;
        places = new Places(scene.tokens(), scene.destination());
    }

    /**
     * As the beginning of a sentence that goes on with “is”.
     *
     * @throws Refusal where it stands for nothing here
     */
    public String of(Expression asked) {
        return switch (asked) {
            case On on -> of(on.what()) + ", on " + on.model() + ",";
            case Sum(Expression left, boolean isDifference, Expression right) ->
                isDifference ? difference(left, right) : of(left) + " plus " + of(right);
            case Call call
            when call.hasDestination() -> {
                Evaluation there = evaluation.atDestination(call);
                yield new InWords(there, there.scene()).of(call.atDestination());
            }
            case Call(Function function, List<Expression> of) -> call(function, of);
            default -> asked.text();
        };
    }

    private String difference(Expression left, Expression right) {
        if (right instanceof Call(Function function, List<Expression> of)) {
            if (function == Function.WITHOUT && of.get(1).equals(left)) {
                return "the fall of " + of(left) + " without " + head(of.getFirst());
            }
            if (function == Function.CUT && of.get(2).equals(left)) {
                return "the fall of " + of(left) + " without that line of " + head(of.getFirst());
            }
            if (function == Function.PLAIN && of.getFirst().equals(left)) {
                return "the rise of " + of(left) + " by the edits";
            }
        }
        return of(left) + " minus " + of(right);
    }

    private String call(Function function, List<Expression> of) {
        return switch (function) {
            case SCORE -> "the " + of.get(1).text() + " score of " + head(of.getFirst()) + " on repeated random tokens";
            case COPYING -> "the copying score of " + head(of.getFirst());
            case COMPOSITION ->
                "the " + of.getFirst().text() + "-composition of " + head(of.get(1)) + " and " + head(of.get(2));
            case WEIGHT -> weight(head(of.getFirst()), of, 1);
            case ATTENDS -> weight("this head", of, 0);
            case VIRTUAL -> weight("the virtual head " + head(of.getFirst()) + " → " + head(of.get(1)), of, 2);
            case CHANCE -> "the chance of " + evaluation.shown(of.getFirst());
            case RANK -> "the rank of " + evaluation.shown(of.getFirst());
            case LOSS -> "the loss at " + placed(of.getFirst());
            case MEAN_LOSS -> "the mean loss from " + placed(of.getFirst()) + " to " + placed(of.get(1));
            case EFFECT ->
                "what " + head(of.getFirst()) + " adds to the logit of " + evaluation.shown(of.get(2)) + " by reading "
                        + placed(of.get(1));
            case ADDS -> "what " + head(of.getFirst()) + " adds to the logit of " + evaluation.shown(of.get(1));
            case DIRECT -> "what the direct path adds to the logit of " + evaluation.shown(of.getFirst());
            case OV ->
                "what reading " + evaluation.shown(of.get(1)) + " adds to the logit of " + evaluation.shown(of.get(2))
                        + " through " + head(of.getFirst());
            case LENS_CHANCE ->
                "the chance of what really comes, after " + Unit.COUNT.write(evaluation.number(of.getFirst()))
                        + " layers,";
            case WITHOUT -> of(of.get(1)) + " without " + head(of.getFirst());
            case CUT -> of(of.get(2)) + " without that line of " + head(of.getFirst());
            case PLAIN -> of(of.getFirst()) + " in the run without edits";
            case POSITION -> "the place of " + placed(of.getFirst());
            default -> new Call(function, of).text();
        };
    }

    private String weight(String head, List<Expression> of, int source) {
        return "the weight of " + head + " from " + placed(scene.destination()) + " to " + placed(of.get(source));
    }

    private String head(Expression asked) {
        return asked.text().equals("this")
                ? "this head"
                : evaluation.head(asked).toString();
    }

    private String placed(Expression place) {
        return placed(evaluation.place(place));
    }

    private String placed(int place) {
        return scene.label(place) + " (" + place + ")";
    }

    /** Where a head looks most, and what heads that look there are called. */
    public String whereItLooks(HeadId head, int most, double weight) {
        String relation = places.relation(most);
        return head + " looks most at " + placed(most) + ", with " + Unit.SHARE.write(weight) + " of its weight"
                + (relation.isEmpty() ? "" : ": " + relation)
                + switch (relation) {
                    case "the token just before" -> ", as a previous-token head does";
                    case "an earlier copy of the same token" -> ", as a duplicate-token head does";
                    case "the token that followed an earlier copy of this one" -> ", as an induction head does";
                    case "the first token" -> ", where heads rest that have nothing to do";
                    default -> "";
                }
                + ".";
    }

    /** How a token stands to the destination: “·Mary (4) is the token just before.”; empty where that tells nothing. */
    public String whatItIs(int place) {
        String relation = places.relation(place);
        return relation.isEmpty() ? "" : placed(place) + " is " + relation + ".";
    }
}
