package app.headlight.web.python;

import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.web.component.Heatmap;
import app.headlight.web.component.TrigramTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Pictures of weights told in tokens: bigrams, skip-trigrams, neurons. */
public final class TokensPython {

    private TokensPython() {}

    /**
     * A pair of tokens of the direct path.
     *
     * @param text the share in the training text, NaN: not known; null: such shares are not shown
     */
    public record Bigram(int first, int next, @Nullable Double text) {}

    /** The table of bigrams. */
    public static String bigrams(
            PythonModel model, List<Bigram> pairs, IntFunction<String> label, List<String> header) {
        List<String> tuples = new ArrayList<>();
        for (Bigram pair : pairs) {
            List<Object> cells = new ArrayList<>(
                    List.of(pair.first(), pair.next(), label.apply(pair.first()), label.apply(pair.next())));
            if (pair.text() != null) {
                cells.add(pair.text().isNaN() ? "" : pair.text());
            }
            tuples.add(Literal.tuple(cells.toArray()));
        }
        Snippet snippet = model.lens("Bigrams of the direct path W_E W_U")
                .add(
                        "# The pairs that the table shows: ids, labels%s",
                        header.size() > 4 ? ", share in the training text" : "")
                .add("pairs = %s", Literal.list(tuples))
                .add("""
                        rows = []
                        for first, next, *labels in pairs:
                            raised = (model.W_E[first] @ model.W_U).double()
                            raised = raised - raised.mean()
                            rows.append((*labels[:2], raised[next].item(), raised.softmax(-1)[next].item(), *labels[2:]))
                        """);
        return snippet.table(header);
    }

    /** The table of skip-trigrams of a head, row by row. */
    public static String trigrams(PythonModel model, HeadId head, List<TrigramTable.Row> rows) {
        List<String> tuples = new ArrayList<>();
        for (TrigramTable.Row row : rows) {
            tuples.add(Literal.tuple(
                    row.source().label(),
                    row.source().id(),
                    row.destination().label(),
                    row.destination().id(),
                    row.output().label(),
                    row.output().id(),
                    row.bug() ? "bug" : ""));
        }
        Snippet snippet = begin(model, head, "Skip-trigrams of " + head)
                .add("trigrams = %s", Literal.list(tuples))
                .add("""
                        rows = []
                        for *tokens, bug in trigrams:
                            _, source, _, destination, _, output = tokens
                            qk = (queries[destination] @ keys[source]).item() / %s
                            rows.append((*tokens, qk, (values[source] @ outputs[:, output]).item(), bug))
                        """, Literal.of(model.config().scoreScale(head.layer())));
        return snippet.table(
                "source", "source id", "destination", "destination id", "output", "output id", "QK", "OV", "bug");
    }

    /**
     * The table of source tokens.
     *
     * @param sources with their labels
     * @param each how many destinations and outputs a source has
     * @param label of a token as a list has it
     */
    public static String sources(
            PythonModel model,
            HeadId head,
            Map<Integer, String> sources,
            int each,
            Map<Integer, String> label,
            List<String> header) {
        Snippet snippet = begin(model, head, "Destinations and outputs of source tokens, by " + head)
                .add("label = %s", Literal.of(label))
                .add("""
                        rows = []
                        for source, name in %1$s.items():
                            qk = queries @ keys[source] / %2$s
                            ov = values[source] @ outputs
                            destinations, raised = qk.topk(%3$d), ov.topk(%3$d)
                            listed = ["   ".join(label[i] + f" {x:.1f}".replace("-", "−") for x, i in zip(*map(torch.Tensor.tolist, top))) for top in (destinations, raised)]
                            rows.append((name, *listed, destinations.values[0].item(), raised.values[0].item()))
                        """, Literal.of(sources), Literal.of(model.config().scoreScale(head.layer())), each);
        return snippet.table(header);
    }

    private static Snippet begin(PythonModel model, HeadId head, String what) {
        return model.lens(what)
                .add("attention, head = %s, %d", PythonModel.attention(head.layer()), head.head())
                .add("queries, keys = model.W_E @ attention.W_Q[head], model.W_E @ attention.W_K[head]")
                .add("values, outputs = model.W_E @ attention.W_V[head], attention.W_O[head] @ model.W_U")
                .add("outputs = outputs - outputs.mean(-1, keepdim=True)  # over the mean of all outputs");
    }

    /** The activations of a layer's strongest neurons at every token. */
    public static @Nullable String neurons(
            PythonRun run, int layer, int position, int most, Heatmap.Axis down, Heatmap.Axis across, String figure) {
        if (run.isEdited()) {
            return null;
        }
        Snippet snippet = strongest(
                        run, layer, position, most, "Activations of the strongest neurons of layer " + layer)
                .add("values = activations[:, strongest].T");
        return snippet.heatmap(down, across, figure);
    }

    /**
     * The table of those neurons.
     *
     * @param tokens how many tokens at each end
     * @param label of tokens as a list has them
     */
    public static @Nullable String neuronTable(
            PythonRun run,
            int layer,
            int position,
            int most,
            int tokens,
            Map<Integer, String> label,
            List<String> header) {
        if (run.isEdited()) {
            return null;
        }
        Config config = run.config();
        boolean gated = config.mlp() != null && config.mlp().gated();
        Snippet snippet = strongest(run, layer, position, most, "The strongest neurons of layer " + layer)
                .add("label = %s", Literal.of(label))
                .add("""
                        mlp = model.blocks[%1$d].mlp
                        rows = []
                        for neuron in strongest:
                            read = model.W_E @ mlp.%2$s[:, neuron]
                            written = mlp.W_out[neuron] @ model.W_U
                            tops = (read.topk(%3$d), written.topk(%3$d), written.topk(%3$d, largest=False))
                            lists = ["   ".join(label[i] for i in top.indices.tolist()) for top in tops]
                            rows.append((f"L%1$dN{neuron}", activations[%4$d, neuron].item(), *lists))
                        """, layer, gated ? "W_gate" : "W_in", tokens, position);
        return snippet.table(header);
    }

    private static Snippet strongest(PythonRun run, int layer, int position, int most, String what) {
        return run.begin(what + " at position " + position)
                .add("logits, cache = model.run_with_cache(tokens)")
                .add("activations = cache[\"post\", %d, \"mlp\"][0]  # [T, M]", layer)
                .add("strongest = activations[%d].abs().topk(%d).indices.tolist()", position, most);
    }
}
