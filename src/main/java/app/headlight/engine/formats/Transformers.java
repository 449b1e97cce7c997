package app.headlight.engine.formats;

import org.jspecify.annotations.Nullable;

/** What the files of several families of the transformers package have in common. */
final class Transformers {

    private Transformers() {}

    /** D / H. */
    static int dHead(Fields fields, String widthName, int width, String headsName, int heads) {
        if (heads < 1 || width % heads != 0) {
            throw fields.contradiction(widthName, headsName, "expected a multiple of the number of heads");
        }
        return width / heads;
    }

    /**
     * The beginning-of-sequence token. The transformers package does not look at it when it reads a text, so that one
     * beyond the vocabulary, as small models made for tests have it, is no fault.
     */
    static @Nullable Integer bosToken(Fields fields, int vocabulary) {
        Integer token = fields.wholeOrNull("bos_token_id");
        return token != null && token >= 0 && token < vocabulary ? token : null;
    }

    /**
     * The weights of a norm.
     *
     * @param bias whether it has biases
     */
    static void norm(TensorPlan plan, String to, String from, int width, boolean bias) {
        plan.put(to + ".w", from + ".weight", Layout.vector(width));
        if (bias) {
            plan.put(to + ".b", from + ".bias", Layout.vector(width));
        }
    }

    /**
     * A Linear of PyTorch, {@code weight [columns, rows]} and {@code bias [columns]}.
     *
     * @param bias whether it has a bias
     */
    static void linear(
            TensorPlan plan, String weight, String biasName, String from, int rows, int columns, boolean bias) {
        plan.put(weight, from + ".weight", Layout.transposed(rows, columns));
        if (bias) {
            plan.put(biasName, from + ".bias", Layout.vector(columns));
        }
    }
}
