package app.headlight.services.lessons.language;

import static app.headlight.services.lessons.language.Sort.DETECTOR;
import static app.headlight.services.lessons.language.Sort.HEAD;
import static app.headlight.services.lessons.language.Sort.KIND;
import static app.headlight.services.lessons.language.Sort.NUMBER;
import static app.headlight.services.lessons.language.Sort.PLACE;
import static app.headlight.services.lessons.language.Sort.ROLE;
import static app.headlight.services.lessons.language.Sort.TOKEN;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a lesson can ask for. The last parameters may be left out: a destination is then the one that the view selects.
 * Everything is of the run that the view shows, with its edits.
 */
public enum Function {
    /** The head with the largest score on the model. */
    HEAD_OF_ROLE("head", HEAD, null, 1, ROLE),
    /** The head of another layer that composes most with a head, above random matrices. */
    PARTNER("partner", HEAD, null, 2, KIND, HEAD),
    /** How much a detector finds on repeated random tokens. */
    SCORE("score", NUMBER, Unit.SCORE, 2, HEAD, DETECTOR),
    /** Σλ / Σ|λ| of the eigenvalues of the OV circuit. */
    COPYING("copying", NUMBER, Unit.SCORE, 1, HEAD),
    /** Composition of an earlier and a later head, above random matrices. */
    COMPOSITION("composition", NUMBER, Unit.SCORE, 3, KIND, HEAD, HEAD),
    /** Attention of a head to a source from a destination. */
    WEIGHT("weight", NUMBER, Unit.SHARE, 2, HEAD, PLACE, PLACE),
    /** The same of the head that was clicked. */
    ATTENDS("attends", NUMBER, Unit.SHARE, 1, PLACE, PLACE),
    /** The pattern of a virtual head, the earlier head first. */
    VIRTUAL("virtual", NUMBER, Unit.SHARE, 3, HEAD, HEAD, PLACE, PLACE),
    /** Probability of a token as the next one. */
    CHANCE("chance", NUMBER, Unit.SHARE, 1, TOKEN, PLACE),
    /** The model's rank of it, 1 being its first guess. */
    RANK("rank", NUMBER, Unit.COUNT, 1, TOKEN, PLACE),
    /** −log p of the token that stands at a place, predicted from those before it. */
    LOSS("loss", NUMBER, Unit.NATS, 1, PLACE),
    /** The mean of that from one place to another, both included. */
    MEAN_LOSS("mean-loss", NUMBER, Unit.NATS, 2, PLACE, PLACE),
    /** What a head adds to a token's logit, over the mean of all, by what it reads at a source. */
    EFFECT("effect", NUMBER, Unit.LOGIT, 3, HEAD, PLACE, TOKEN, PLACE),
    /** What a head adds to a token's logit, over the mean of all, whatever it reads. */
    ADDS("adds", NUMBER, Unit.LOGIT, 2, HEAD, TOKEN, PLACE),
    /** What the direct path adds to it. */
    DIRECT("direct", NUMBER, Unit.LOGIT, 1, TOKEN, PLACE),
    /** The logit of a token itself, over the mean of all. */
    LOGIT("logit", NUMBER, Unit.LOGIT, 1, TOKEN, PLACE),
    /** OV circuit of a head: what reading the first token adds to the second, over the mean of all. */
    OV("ov", NUMBER, Unit.LOGIT, 3, HEAD, TOKEN, TOKEN),
    /** Logit lens: the likeliest token after so many layers. */
    LENS("lens", TOKEN, null, 1, NUMBER, PLACE),
    /** Logit lens: the probability of the token that comes next in the sentence, after so many layers. */
    LENS_CHANCE("lens-chance", NUMBER, Unit.SHARE, 1, NUMBER, PLACE),
    /** A number in the run in which a head writes nothing. */
    WITHOUT("without", NUMBER, null, 2, HEAD, NUMBER),
    /** A number in the run in which one line of a head is cut: the head, the source, the number, the destination. */
    CUT("cut", NUMBER, null, 3, HEAD, PLACE, NUMBER, PLACE),
    /** A number in the run without any edit. */
    PLAIN("plain", NUMBER, null, 1, NUMBER),
    /** The loss of whoever takes all tokens for equally likely: the logarithm of the vocabulary. */
    UNIFORM_LOSS("uniform-loss", NUMBER, Unit.NATS, 0),
    LAYERS("layers", NUMBER, Unit.COUNT, 0),
    HEADS("heads", NUMBER, Unit.COUNT, 0),
    D_MODEL("d-model", NUMBER, Unit.COUNT, 0),
    D_HEAD("d-head", NUMBER, Unit.COUNT, 0),
    VOCABULARY("vocabulary", NUMBER, Unit.COUNT, 0),
    /** How many tokens the sentence has. */
    TOKENS("tokens", NUMBER, Unit.COUNT, 0),
    /** The number of a place, as addresses count them. */
    POSITION("position", NUMBER, Unit.COUNT, 1, PLACE),
    /** Where a token first stands in the sentence. */
    AT("at", PLACE, null, 1, TOKEN),
    /** Where it stands for the last time. */
    AGAIN("again", PLACE, null, 1, TOKEN),
    AFTER("after", PLACE, null, 1, PLACE),
    BEFORE("before", PLACE, null, 1, PLACE),
    /** The source that a head attends to most. */
    MOST("most", PLACE, null, 1, HEAD, PLACE),
    /** The token at a place. */
    TOKEN_AT("token", TOKEN, null, 1, PLACE),
    /** The token that the model expects most after a place. */
    EXPECTED("expected", TOKEN, null, 1, PLACE),
    /** The token whose logit the OV circuit of a head raises most where it reads a token. */
    RAISED("raised", TOKEN, null, 2, HEAD, TOKEN),
    /** The name of the model. */
    MODEL("model", Sort.NAME, null, 0);

    private final String text;
    private final Sort result;
    private final @Nullable Unit unit;
    private final int least;
    private final List<Sort> parameters;

    Function(String text, Sort result, @Nullable Unit unit, int least, Sort... parameters) {
        this.text = text;
        this.result = result;
        this.unit = unit;
        this.least = least;
        this.parameters = List.of(parameters);
    }

    /** As a lesson writes it. */
    public String text() {
        return text;
    }

    public Sort result() {
        return result;
    }

    /** Of a number; null: that of the number that it is given, or no number. */
    public @Nullable Unit unit() {
        return unit;
    }

    /**
     * Whether the last parameter, where it is given, is the destination that all the others are about: {@code
     * weight(shown, after-same, last)} is of what followed the earlier copy of the last token.
     */
    boolean takesDestination() {
        return this != CUT && least < parameters.size() && parameters.getLast() == PLACE;
    }

    /** How many of the parameters must be given. */
    public int least() {
        return least;
    }

    public List<Sort> parameters() {
        return parameters;
    }

    static Optional<Function> of(String text) {
        return Arrays.stream(values()).filter(each -> each.text.equals(text)).findFirst();
    }
}
