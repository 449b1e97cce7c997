package app.headlight.tools;

import app.headlight.engine.circuits.DetectorScores;
import app.headlight.engine.training.PaperResults;
import app.headlight.engine.training.Recipe;
import app.headlight.engine.training.TrainingLog;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Mlp;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * The card of a trained model, {@code card.md}: what people should know about it.
 *
 * @param about what the text is
 * @param validation mean loss on whole windows of the validation text, in nats a token
 * @param passage loss on passages of the validation text that are shown twice
 */
record Card(
        String name,
        String about,
        TrainingLog log,
        double validation,
        PaperResults.Halves passage,
        PaperResults results) {

    /** The least score of a head that the card names after what it does. */
    private static final double KNOWN = 0.4;

    String markdown() {
        Recipe recipe = log.recipe();
        StringJoiner out = new StringJoiner("\n", "", "\n");
        out.add("# " + name);
        out.add(text(
                "%s, d_model %d, %s, vocabulary %,d, context %d, %s positions, %s: %,d parameters.",
                layers(recipe),
                recipe.dModel(),
                recipe.layers() == 0 ? "no heads" : recipe.heads() + " heads of " + recipe.dHead(),
                recipe.vocabulary(),
                recipe.context(),
                recipe.positions().name().toLowerCase(Locale.ROOT),
                recipe.norm() == Norm.NONE && !recipe.biases()
                        ? "no norm, no biases"
                        : "norm " + recipe.norm() + (recipe.biases() ? ", biases" : ", no biases"),
                parameters(recipe)));
        out.add("Text: " + about + ". " + shown(recipe));
        out.add(text(
                "%,d steps of %d × %d tokens, %,d tokens seen, in %,.0f seconds on %d threads by Headlight's own trainer: AdamW,"
                        + " learning rate %s after %d steps of warm-up, cosine to %.0f %%, seed %d.",
                recipe.steps(),
                recipe.rows(),
                recipe.context(),
                recipe.tokens(),
                log.seconds(),
                recipe.threads(),
                recipe.learningRate(),
                recipe.warmUp(),
                100 * recipe.optimizer().last(),
                recipe.seed()));
        out.add("");
        out.add("| in nats a token | |");
        out.add("| --- | --- |");
        out.add(text(
                "| training loss, at the end | %.3f |", log.losses().getLast().loss()));
        out.add(text("| validation loss, other books | %.3f |", validation));
        out.add(text("| bigram entropy of the text | %.3f |", log.bigram()));
        out.add(text("| unigram entropy of the text | %.3f |", log.unigram()));
        out.add(text(
                "| random tokens, first and second time | %.2f, then %.2f |",
                results.random().first(), results.random().second()));
        out.add(text(
                "| a passage of unseen books, first and second time | %.2f, then %.2f |",
                passage.first(), passage.second()));
        heads(out);
        return out.toString();
    }

    private static String layers(Recipe recipe) {
        Mlp mlp = recipe.mlp();
        if (recipe.layers() == 0) {
            return "No attention layer";
        }
        String many = recipe.layers() == 1 ? "One " : recipe.layers() + " ";
        return mlp == null
                ? many + "attention-only layer" + (recipe.layers() == 1 ? "" : "s")
                : text(
                        "%slayer%s of attention and an MLP of %,d neurons (%s)",
                        many,
                        recipe.layers() == 1 ? "" : "s",
                        mlp.dMlp(),
                        mlp.activation().name().toLowerCase(Locale.ROOT));
    }

    private static String shown(Recipe recipe) {
        return recipe.twice() > 0
                ? text(
                                "In %.0f %% of the windows a passage is shown twice, in the second half of the training in %.0f %%.",
                                100 * recipe.twice(), 100 * recipe.twiceLate())
                        + (recipe.twiceRandom() > 0
                                ? text(
                                        " In %.0f %% of those the passage is of random tokens of the vocabulary.",
                                        100 * recipe.twiceRandom())
                                : "")
                : "Every window is as it stands in the text.";
    }

    private void heads(StringJoiner out) {
        if (results.scores().isEmpty()) {
            out.add("");
            out.add("It has no heads: each token's prediction depends on that token alone.");
            return;
        }
        out.add("");
        out.add("| head | previous | duplicate | induction | first | copying |");
        out.add("| --- | --- | --- | --- | --- | --- |");
        List<String> known = new ArrayList<>();
        results.scores().forEach((head, score) -> {
            out.add(row(head, score));
            if (score.previous() >= KNOWN) {
                known.add(text("%s looks at the previous token (%.2f)", head, score.previous()));
            }
            if (score.induction() >= KNOWN) {
                known.add(text("%s is an induction head (%.2f)", head, score.induction()));
            }
        });
        out.add("");
        out.add("Known heads: " + (known.isEmpty() ? "none by these scores" : String.join("; ", known)) + ".");
        if (results.strongest() != null) {
            out.add(text(
                    "Strongest K-composition: %s into %s (raw %.3f).",
                    results.strongest().earlier(),
                    results.strongest().later(),
                    results.strongest().k()));
        }
    }

    private String row(HeadId head, DetectorScores score) {
        return text(
                "| %s | %.3f | %.3f | %.3f | %.3f | %.2f |",
                head,
                score.previous(),
                score.duplicate(),
                score.induction(),
                score.first(),
                results.copying().get(head));
    }

    private static long parameters(Recipe recipe) {
        return Weights.tensors(recipe.config()).stream()
                .filter(tensor -> !tensor.bias() || recipe.biases())
                .mapToLong(tensor -> (long) tensor.rows() * tensor.columns())
                .sum();
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
