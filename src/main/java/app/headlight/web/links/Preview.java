package app.headlight.web.links;

import app.headlight.engine.tensor.Matrix;
import java.util.List;

/**
 * The preview of a view: what is shown of it before it is opened.
 *
 * @param title such as {@code storybook-2l · L1H3}
 * @param description a sentence or two
 */
record Preview(String title, String description, Drawing drawing) {

    /** The kinds of drawings under the title. */
    sealed interface Drawing {}

    /** Only words. */
    record Words() implements Drawing {}

    /**
     * A sentence under some heads.
     *
     * @param labels of the tokens, [T]
     * @param patterns of each head {@code [T, T]}, the first on top
     * @param destination the selected line's; −1: none
     * @param source likewise
     */
    record Attention(List<String> labels, List<Matrix> patterns, int destination, int source) implements Drawing {}

    /**
     * Every head's scores on repeated random tokens, in [0, 1].
     *
     * @param selected a head of those; empty: none
     */
    record Scores(List<String> columns, List<Row> rows, String selected) implements Drawing {

        /** @param values one a column */
        record Row(String head, double[] values) {}
    }
}
