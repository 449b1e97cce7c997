package app.headlight.services.lessons.language;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Site.Kind;
import app.headlight.services.edits.AskedEdit;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.lessons.language.Condition.Comparison;
import app.headlight.services.lessons.language.Expression.Amount;
import app.headlight.services.lessons.language.Expression.Call;
import app.headlight.services.lessons.language.Expression.On;
import app.headlight.services.lessons.language.Expression.Sum;
import app.headlight.services.lessons.language.Expression.Token;
import app.headlight.services.lessons.language.Expression.Word;
import app.headlight.services.measures.Measures;
import app.headlight.services.models.TokenNames;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Computes expressions on what a step of a lesson shows, through the laboratory. What cannot be computed, such as a place
 * that the sentence does not have, is a {@link Refusal} in words for people.
 */
public final class Evaluation {

    private final Laboratory lab;
    private final Measures measures;
    private final Scene scene;
    private final Clicked clicked;
    private final Places places;
    private final Roles roles;
    private final RunFigures figures;

    public Evaluation(Laboratory lab, Measures measures, Scene scene, Clicked clicked) {
        this.lab = lab;
        this.measures = measures;
        this.scene = scene;
        this.clicked = clicked;
        places = new Places(scene.tokens(), scene.destination());
        roles = new Roles(lab, measures, scene.model());
        figures = new RunFigures(lab, scene);
    }

    /** As it stands in a text for people. */
    public String shown(Expression asked) {
        if (asked instanceof On on) {
            return at(scene.on(on.model())).shown(on.what());
        }
        return switch (asked.sort()) {
            case NUMBER -> unit(asked).write(number(asked));
            case HEAD -> head(asked).toString();
            case PLACE -> Integer.toString(place(asked));
            case TOKEN -> scene.model().tokenizer().piece(token(asked)).marked();
            case NAME -> scene.model().name();
            case DETECTOR, ROLE, KIND -> asked.text();
        };
    }

    /** As it stands in an address: numbers bare. */
    public String bare(Expression asked) {
        if (asked instanceof On on) {
            return at(scene.on(on.model())).bare(on.what());
        }
        return switch (asked.sort()) {
            case NUMBER -> {
                double value = number(asked);
                yield value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
            }
            case TOKEN -> scene.model().tokenizer().piece(token(asked)).text();
            default -> shown(asked);
        };
    }

    /** A comparison of a measure with a number, its heads by their names, as claims are written; empty for any other. */
    public Optional<String> named(Comparison asked) {
        return asked.left() instanceof Call call && asked.right() instanceof Amount bound
                ? Optional.of(call.of().stream()
                                .map(this::bare)
                                .collect(
                                        Collectors.joining(", ", call.function().text() + "(", ") "))
                        + asked.sign().text() + " " + bound.text())
                : Optional.empty();
    }

    Scene scene() {
        return scene;
    }

    /** A value of a number, for people. */
    public String written(Expression asked, double value) {
        return unit(asked).write(value);
    }

    /** The place that the head that was clicked attends to most from the destination. */
    public int mostOfClicked() {
        return figures.most(thisHead(), destination());
    }

    /** Its weight there. */
    public double weightOfClicked(int source) {
        return figures.weight(thisHead(), scene.destination(), source);
    }

    /** What a number is. */
    static Unit unit(Expression asked) {
        return switch (asked) {
            case Amount amount -> Unit.SCORE;
            case On on -> unit(on.what());
            case Sum sum -> unit(sum.left());
            case Call call
            when call.function().unit() != null -> call.function().unit();
            case Call call ->
                call.of().stream()
                        .filter(each -> each.sort() == Sort.NUMBER)
                        .findFirst()
                        .map(Evaluation::unit)
                        .orElse(Unit.SCORE);
            default -> Unit.SCORE;
        };
    }

    /** A number. */
    public double number(Expression asked) {
        return switch (asked) {
            case Amount amount -> amount.value();
            case On on -> at(scene.on(on.model())).number(on.what());
            case Sum sum ->
                sum.isDifference()
                        ? number(sum.left()) - number(sum.right())
                        : number(sum.left()) + number(sum.right());
            case Call call -> number(call);
            case Word word -> throw unfit(word);
            case Token token -> throw unfit(token);
        };
    }

    private double number(Call call) {
        if (call.hasDestination()) {
            return atDestination(call).number(call.atDestination());
        }
        Config config = scene.model().config();
        return switch (call.function()) {
            case SCORE -> roles.score(head(call, 0), call.of().get(1).text());
            case COPYING -> roles.copying(head(call, 0));
            case COMPOSITION -> roles.composition(call.of().getFirst().text(), head(call, 1), head(call, 2));
            case WEIGHT -> figures.weight(head(call, 0), destination(), place(call, 1));
            case ATTENDS -> figures.weight(thisHead(), destination(), place(call, 0));
            case VIRTUAL -> figures.virtual(head(call, 0), head(call, 1), destination(), place(call, 2));
            case CHANCE -> figures.prediction(destination()).probability(token(call, 0));
            case RANK -> figures.prediction(destination()).rank(token(call, 0));
            case LOSS -> figures.loss(place(call, 0));
            case MEAN_LOSS -> figures.meanLoss(place(call, 0), place(call, 1));
            case EFFECT -> figures.effect(head(call, 0), destination(), place(call, 1), token(call, 2));
            case ADDS -> figures.adds(head(call, 0), token(call, 1), destination());
            case DIRECT -> figures.direct(token(call, 0), destination());
            case LOGIT -> figures.logit(token(call, 0), destination());
            case OV -> figures.ov(head(call, 0), token(call, 1), token(call, 2));
            case LENS_CHANCE -> figures.lensChance(stage(call), destination());
            case WITHOUT ->
                at(scene.with(AskedEdit.zero(Site.of(Kind.RESULT, head(call, 0)))))
                        .number(call.of().get(1));
            case CUT ->
                at(scene.with(AskedEdit.cut(head(call, 0), cutFrom(call), place(call, 1), false)))
                        .number(call.of().get(2));
            case PLAIN -> at(scene.plain()).number(call.of().getFirst());
            case UNIFORM_LOSS -> Math.log(config.dVocab());
            case LAYERS -> config.nLayers();
            case HEADS -> config.nLayers() * config.nHeads();
            case D_MODEL -> config.dModel();
            case D_HEAD -> config.dHead();
            case VOCABULARY -> config.dVocab();
            case TOKENS -> scene.tokens().length;
            case POSITION -> place(call, 0);
            default -> throw unfit(call);
        };
    }

    /** A head of the model. */
    public HeadId head(Expression asked) {
        return switch (asked) {
            case On on -> at(scene.on(on.model())).head(on.what());
            case Word word when word.text().equals("this") -> thisHead();
            case Word word
            when word.text().equals("shown") -> {
                if (scene.head() == null) {
                    throw new Refusal("the view shows no head");
                }
                yield scene.head();
            }
            case Word word ->
                scene.model().transformer().head(HeadId.parse(word.text())).id();
            case Call(Function function, var of)
            when function == Function.HEAD_OF_ROLE ->
                roles.strongest(of.getFirst().text());
            case Call(Function function, var of)
            when function == Function.PARTNER -> roles.partner(of.getFirst().text(), head(of.get(1)));
            default -> throw unfit(asked);
        };
    }

    private HeadId thisHead() {
        if (clicked.head() == null) {
            throw new Refusal("no head was clicked");
        }
        return clicked.head();
    }

    /** A place in the sentence, counted from 0. */
    public int place(Expression asked) {
        return switch (asked) {
            case Word word when word.text().equals("clicked") -> places.in(clicked.place(), "token that was clicked");
            case Word word when word.text().equals("source") -> places.in(scene.source(), "selected source");
            case Word word -> places.named(word.text());
            case Call call when call.hasDestination() -> atDestination(call).place(call.atDestination());
            case Call call ->
                switch (call.function()) {
                    case AT ->
                        places.of(token(call, 0), false, call.of().getFirst().text());
                    case AGAIN ->
                        places.of(token(call, 0), true, call.of().getFirst().text());
                    case AFTER -> places.in(place(call, 0) + 1, "a token after that");
                    case BEFORE -> places.in(place(call, 0) - 1, "a token before that");
                    case MOST -> figures.most(head(call, 0), destination());
                    default -> throw unfit(call);
                };
            default -> throw unfit(asked);
        };
    }

    /** A token's id. */
    public int token(Expression asked) {
        return switch (asked) {
            case On on -> at(scene.on(on.model())).token(on.what());
            case Token token -> written(token.written());
            case Word word
            when word.text().equals("next") ->
                scene.tokens()[places.in(scene.destination() + 1, "a token after the destination")];
            case Word word when word.text().equals("likeliest") -> figures.likeliest(scene.destination());
            case Call call when call.hasDestination() -> atDestination(call).token(call.atDestination());
            case Call call ->
                switch (call.function()) {
                    case TOKEN_AT -> scene.tokens()[place(call, 0)];
                    case EXPECTED -> figures.likeliest(place(call, 0));
                    case RAISED -> figures.raised(head(call, 0), token(call, 1));
                    case LENS -> figures.lens(stage(call), destination());
                    default -> throw unfit(call);
                };
            default -> throw unfit(asked);
        };
    }

    /** The spelling that stands in the sentence, where one does: “Mary” is found as “·Mary”. */
    private int written(String word) {
        List<Integer> spelled = TokenNames.spellings(scene.model(), word);
        return spelled.stream()
                .filter(token -> Arrays.stream(scene.tokens()).anyMatch(here -> here == token))
                .findFirst()
                .orElseGet(() -> TokenNames.id(scene.model(), word));
    }

    private int stage(Call call) {
        int layers = (int) number(call.of().getFirst());
        if (layers < 0 || layers > scene.model().config().nLayers()) {
            throw new Refusal("the lens is asked for after " + layers + " layers; "
                    + scene.model().name() + " has " + scene.model().config().nLayers());
        }
        return layers;
    }

    private HeadId head(Call call, int index) {
        return head(call.of().get(index));
    }

    private int place(Call call, int index) {
        return place(call.of().get(index));
    }

    private int token(Call call, int index) {
        return token(call.of().get(index));
    }

    private int destination() {
        return places.in(scene.destination(), "destination selected");
    }

    private int cutFrom(Call call) {
        return call.of().size() == call.function().parameters().size()
                ? place(call, call.of().size() - 1)
                : destination();
    }

    /** Of the destination that is given as the last parameter. */
    Evaluation atDestination(Call call) {
        return at(scene.at(place(call, call.of().size() - 1)));
    }

    private Evaluation at(Scene other) {
        return new Evaluation(lab, measures, other, clicked);
    }

    private static IllegalArgumentException unfit(Expression asked) {
        return new IllegalArgumentException(asked.text() + " is " + asked.sort().words());
    }
}
