package app.headlight.tools;

import app.headlight.engine.circuits.modular.ModularCircuit;
import app.headlight.engine.training.ModularAddition;
import app.headlight.engine.training.Recipe;
import app.headlight.engine.training.TrainingLog;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.Transformer;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Modular addition as a subject of training. */
final class ModularSubject {

    private ModularSubject() {}

    static Subject of(Recipe recipe, String name) {
        ModularAddition examples = new ModularAddition(recipe.vocabulary());
        return new Subject(recipe, examples, tokenizer(examples.modulus()), (log, model) -> card(name, log, model));
    }

    /** Reads numbers below p and “=”, with or without spaces between them; another word is refused, as no token stands for it. */
    static String tokenizer(int p) {
        ObjectNode root = JsonMapper.shared().createObjectNode().put("version", "1.0");
        root.putNull("truncation").putNull("padding");
        root.putArray("added_tokens");
        root.putNull("normalizer");
        ArrayNode steps =
                root.putObject("pre_tokenizer").put("type", "Sequence").putArray("pretokenizers");
        steps.addObject().put("type", "WhitespaceSplit");
        steps.addObject()
                .put("type", "Split")
                .put("behavior", "Isolated")
                .put("invert", false)
                .putObject("pattern")
                .put("Regex", "=");
        root.putNull("post_processor").putNull("decoder");
        ObjectNode model = root.putObject("model").put("type", "WordLevel").put("unk_token", "[UNK]");
        ObjectNode vocabulary = model.putObject("vocab");
        IntStream.range(0, p).forEach(number -> vocabulary.put(String.valueOf(number), number));
        vocabulary.put("=", p);
        return root.toString() + "\n";
    }

    private static String card(String name, TrainingLog log, Transformer model) {
        Recipe recipe = log.recipe();
        ModularCircuit circuit = ModularCircuit.of(model, Progress.UNWATCHED);
        long known = log.measures().stream()
                .filter(measure -> measure.unseen() < 0.1)
                .mapToLong(TrainingLog.Measure::step)
                .findFirst()
                .orElse(-1);
        long byHeart = log.losses().stream()
                .filter(loss -> loss.loss() < 0.1)
                .mapToLong(TrainingLog.Loss::step)
                .findFirst()
                .orElse(-1);
        return text("# %s%n%n", name)
                + text(
                        "Adds two numbers modulo %d: reads “a b =” and predicts the sum (Nanda et al. 2023, “Progress measures"
                                + " for grokking via mechanistic interpretability”).%n",
                        circuit.p())
                + text(
                        "%s, %s, d_model %d, context %d.%n",
                        recipe.layers() == 1 ? "One layer" : recipe.layers() + " layers",
                        recipe.heads() + " heads of " + recipe.dHead() + " and "
                                + recipe.config().mlp().dMlp() + " neurons",
                        recipe.dModel(),
                        recipe.context())
                + text(
                        "Trained on %.0f %% of all %,d pairs: %,d steps of %d pairs in %,.0f seconds on %d threads by"
                                + " Headlight's own trainer: AdamW, learning rate %s, weight decay %s, seed %d.%n%n",
                        100 * ModularAddition.TRAINED,
                        circuit.p() * circuit.p(),
                        recipe.steps(),
                        recipe.rows(),
                        log.seconds(),
                        recipe.threads(),
                        recipe.learningRate(),
                        recipe.optimizer().decay(),
                        recipe.seed())
                + "| | |\n| --- | --- |\n"
                + text("| the training pairs' loss is below 0.1 nats from step | %s |%n", step(byHeart))
                + text("| the other pairs' loss is below 0.1 nats from step | %s |%n", step(known))
                + text("| pairs that it adds right, of all | %.2f %% |%n", 100 * circuit.right())
                + text("| loss on all pairs, in nats | %.4f |%n", circuit.loss())
                + text(
                        "| frequencies of its logits, with their share of the variance | %s |%n",
                        circuit.key().stream()
                                .map(k -> text("%d (%.0f %%)", k, 100 * circuit.logits()[k - 1]))
                                .collect(Collectors.joining(", ")))
                + text("| loss with these waves alone in the logits | %.4f |%n", circuit.keyLoss());
    }

    private static String step(long step) {
        return step < 0 ? "never" : text("%,d", step);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
