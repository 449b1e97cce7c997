package app.headlight.web.words;

/** The quantities that numbers on the screen can be, each with its name and explanation. */
public enum Quantity {
    /** Of {@code LogitDirection.logit}. */
    LOGIT("logit", "the model’s own logit of a token, and what each part adds to it"),
    /** Of {@code LogitDirection.overMean}, {@code LogitEffect}, and centred OV circuits and bigrams. */
    LOGIT_OVER_MEAN(
            "logit over mean",
            "how much higher a token’s logit is than the mean of all logits: what all tokens have in common, the"
                    + " softmax does not see"),
    /** Of {@code LogitDirection.difference}. */
    LOGIT_DIFFERENCE("logit difference", "how much higher one token’s logit is than another’s"),
    /** Of {@code LogitDirection.logProbability}. */
    LOGIT_OVER_EXPECTED(
            "logit over expected",
            "the logit minus the mean of all logits, each weighted by its probability: the direction in which log p rises"
                    + " fastest"),
    /** Of a query and a key. */
    SCORE("score", "q·k/√d, or by what the model divides and caps it, before the softmax over the sources"),
    /** Of the prediction. */
    PROBABILITY("probability", "the softmax of the logits");

    private final String label;
    private final String explanation;

    Quantity(String label, String explanation) {
        this.label = label;
        this.explanation = explanation;
    }

    /** The name beside numbers, in legends, tables and files. */
    public String label() {
        return label;
    }

    /** What it is, in a few words. */
    public String explanation() {
        return explanation;
    }
}
