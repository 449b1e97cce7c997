package app.headlight.web.python;

import app.headlight.engine.transformer.HeadId;
import app.headlight.web.component.Heatmap;
import app.headlight.web.component.RankedTokens.Ranking;
import app.headlight.web.component.RankedTokens.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the weights of a head say by themselves: OV and QK circuits among tokens, over the vocabulary, and their spectra. */
public final class CircuitPython {

    private CircuitPython() {}

    /**
     * A circuit of a head.
     *
     * @param name for people, such as “OV circuit of L1H3”
     * @param left the factor of the rows, [V, K]: an expression
     * @param right that of the columns: of outputs [K, V], of sources [V, K]
     * @param embedded whether the columns are sources; otherwise they are outputs
     * @param scale what entries are divided by, as a literal
     */
    public record Circuit(String name, String left, String right, boolean embedded, String scale) {

        /** The OV circuit of heads one after another; its rows are over the mean of all outputs. */
        public static Circuit ov(List<HeadId> heads) {
            HeadId last = heads.getLast();
            String attention = PythonModel.attention(last.layer());
            String before = heads.size() == 1 ? "" : PythonModel.ov(heads.subList(0, heads.size() - 1)) + " @ ";
            return new Circuit(
                    "OV circuit of " + PythonModel.name(heads),
                    "model.W_E @ " + before + attention + ".W_V[" + last.head() + "]",
                    attention + ".W_O[" + last.head() + "] @ model.W_U",
                    false,
                    "1");
        }

        /**
         * The QK circuit of a head.
         *
         * @param query the head whose output the query reads; null: the embedding
         * @param key the same for the key
         * @param distance from source to destination, of effect with rotary positions alone
         * @param scale what scores are divided by
         */
        public static Circuit qk(
                HeadId head, @Nullable HeadId query, @Nullable HeadId key, int distance, double scale) {
            String attention = PythonModel.attention(head.layer());
            String queries = moved(query) + attention + ".W_Q[" + head.head() + "]";
            String turned = distance == 0
                    ? queries
                    : "%s.apply_rotary((%s)[:, None, None], %d)[:, 0, 0]".formatted(attention, queries, distance);
            return new Circuit(
                    "QK circuit of " + head
                            + (query == null ? "" : ", queries by " + query)
                            + (key == null ? "" : ", keys by " + key)
                            + (distance == 0 ? "" : ", at distance " + distance),
                    turned,
                    moved(key) + attention + ".W_K[" + head.head() + "]",
                    true,
                    Literal.of(scale));
        }

        private static String moved(@Nullable HeadId by) {
            return "model.W_E @ " + (by == null ? "" : PythonModel.ov(List.of(by)) + " @ ");
        }
    }

    /** The eigenvalues of the whole circuit [V, V]. */
    public static String eigenvalues(PythonModel model, Circuit circuit) {
        Snippet snippet = model.lens("Eigenvalues of the " + circuit.name());
        factors(snippet, circuit)
                .add("# The eigenvalues of left @ right [V, V] other than 0 are those of right @ left")
                .add("eigenvalues = torch.linalg.eigvals(right.double() @ left.double()).tolist()")
                .add("eigenvalues.sort(key=lambda z: (-float(f\"{abs(z):.5g}\"), -z.imag))")
                .add("score = sum(z.real for z in eigenvalues) / sum(map(abs, eigenvalues))")
                .add("""
                        rows = [
                            (i, z.real, z.imag, abs(z), math.degrees(math.atan2(z.imag, z.real))) for i, z in enumerate(eigenvalues)
                        ]
                        """);
        return snippet.table("index", "real", "imaginary", "magnitude", "angle in degrees");
    }

    /** Gives {@code left} [V, K] and {@code right} [K, V]. */
    private static Snippet factors(Snippet snippet, Circuit circuit) {
        return snippet.add("\nleft = %s", circuit.left())
                .add(circuit.embedded() ? "right = (%s).T" : "right = %s", circuit.right());
    }

    /** Singular values of W_OV, or of W_QK. */
    public static String singularValues(PythonModel model, String what, String weights, int count) {
        Snippet snippet = model.lens(what)
                .add("\nweights = %s", weights)
                .add("values = torch.linalg.svdvals(weights.double())[:%d]", count)
                .add("share = values.pow(2) / values.pow(2).sum()")
                .add(
                        "rows = [(i, value, part) for i, (value, part) in enumerate(zip(values.tolist(), share.tolist()))]");
        return snippet.table("index", "singular value", "share of the sum of squares");
    }

    /** The weights whose singular values those of an OV circuit are. */
    public static String ovWeights(List<HeadId> heads) {
        return PythonModel.ov(heads);
    }

    /** The same of a QK circuit. */
    public static String qkWeights(HeadId head, @Nullable HeadId query, @Nullable HeadId key) {
        String attention = PythonModel.attention(head.layer());
        return (query == null ? "" : PythonModel.ov(List.of(query)) + " @ ")
                + "%1$s.W_Q[%2$d] @ %1$s.W_K[%2$d].T".formatted(attention, head.head())
                + (key == null ? "" : " @ (" + PythonModel.ov(List.of(key)) + ").T");
    }

    /** The entries of a circuit among some tokens. */
    public static String among(
            PythonModel model, Circuit circuit, int[] tokens, Heatmap.Axis down, Heatmap.Axis across, String figure) {
        Snippet snippet = model.lens("The " + circuit.name() + ", among the tokens of a sentence");
        factors(snippet, circuit)
                .add("tokens = %s", Literal.of(tokens))
                .addIf(
                        !circuit.embedded(),
                        "right = right - right.mean(-1, keepdim=True)  # over the mean of all outputs")
                .add("values = left[tokens] @ right[:, tokens] / %s", circuit.scale())
                .addIf(
                        circuit.embedded(),
                        "values = values.masked_fill(torch.ones_like(values).triu(1).bool(), math.nan)  # no source comes later");
        return snippet.heatmap(down, across, figure);
    }

    /** One term with positions of a QK circuit, at the places of a sentence. */
    public static String positions(
            PythonModel model,
            HeadId head,
            boolean destinationIsPosition,
            boolean sourceIsPosition,
            double scale,
            int[] tokens,
            Heatmap.Axis down,
            Heatmap.Axis across,
            String figure) {
        String attention = PythonModel.attention(head.layer());
        Snippet snippet = model.lens("A term with positions of the QK circuit of " + head)
                .add("tokens = %s", Literal.of(tokens))
                .add("destinations = %s", destinationIsPosition ? "model.W_pos[: len(tokens)]" : "model.W_E[tokens]")
                .add("sources = %s", sourceIsPosition ? "model.W_pos[: len(tokens)]" : "model.W_E[tokens]")
                .add(
                        "values = destinations @ %1$s.W_Q[%2$d] @ (sources @ %1$s.W_K[%2$d]).T / %3$s",
                        attention, head.head(), Literal.of(scale))
                .add(
                        "values = values.masked_fill(torch.ones_like(values).triu(1).bool(), math.nan)  # no source comes later");
        return snippet.heatmap(down, across, figure);
    }

    /**
     * A row or a column of a circuit over the whole vocabulary, as far as a table shows it.
     *
     * @param subject the token whose row it is
     * @param asColumn whether it is the column of that token
     * @param shown the table
     */
    public static String ranking(PythonModel model, Circuit circuit, int subject, boolean asColumn, Ranking shown) {
        Snippet snippet = model.lens("The " + circuit.name() + " of one token, over the vocabulary");
        factors(snippet, circuit)
                .addIf(
                        !circuit.embedded(),
                        "right = right - right.mean(-1, keepdim=True)  # over the mean of all outputs")
                .add(
                        "values = (%s) / %s  # of every token, [V]",
                        asColumn ? "left @ right[:, " + subject + "]" : "left[" + subject + "] @ right",
                        circuit.scale())
                .add("labels = %s", InspectorPython.labels(shown));
        if (shown.query().isBlank()) {
            snippet.add(
                            "highest = values.topk(%d).indices.tolist()",
                            shown.rows().size())
                    .add(
                            "lowest = values.topk(%d, largest=False).indices.tolist()",
                            shown.lowest().size())
                    .add("rows = [(labels.get(id, \"\"), id, values[id].item(), \"\") for id in highest + lowest]");
        } else {
            snippet.add(
                            "found = %s",
                            Literal.of(shown.rows().stream().map(Row::id).toList()))
                    .add("""
                            rows = [(labels[id], id, values[id].item(), 1 + (values > values[id]).sum().item()) for id in found]
                            """);
        }
        return snippet.table("token", "id", shown.unit().isEmpty() ? "value" : shown.unit(), "rank");
    }
}
