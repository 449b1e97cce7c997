package app.headlight.web.python;

import app.headlight.engine.circuits.PathExpansion;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Norm;
import app.headlight.web.component.Heatmap;
import app.headlight.web.words.Quantity;
import org.jspecify.annotations.Nullable;

/** What wrote a logit, by path or by component, and by source. */
public final class LogitPython {

    /** With more paths the picture sums up the longest. */
    private static final double MOST_PATHS = 5000;

    private LogitPython() {}

    /**
     * What is asked of the logits at a position.
     *
     * @param lowered the token whose logit is taken off; −1: none
     * @param quantity what is split
     * @param title as the picture says it
     */
    public record Asked(int destination, int raised, int lowered, Quantity quantity, String title) {}

    /** The bars: by path where the logits are a sum over paths, else by component. */
    public static @Nullable String bars(PythonRun run, Asked asked) {
        if (!isPossible(run, asked)) {
            return null;
        }
        boolean byPath = PathExpansion.isPossible(run.config());
        if (byPath && Math.pow(1 + run.config().nHeads(), run.config().nLayers()) > MOST_PATHS) {
            return null;
        }
        Snippet snippet = begin(run, asked);
        if (byPath) {
            paths(run, snippet);
        } else {
            components(run, snippet);
            snippet.add(
                    "parts = {\"embedding\": (\"\", embedding, []), **heads, **mlps, \"biases\": (\"\", biases, [])}");
        }
        snippet.add("""
                rows = []
                for name, (place, part, by_source) in parts.items():
                    rows.append((name, place, float(part), "", "", ""))
                    rows += [(name, place, float(each), *at) for each, at in zip(by_source, sentence)]
                """);
        return snippet.table(
                byPath ? "path" : "component",
                byPath ? "order" : "layer",
                asked.title(),
                "source",
                "source token",
                "source id");
    }

    /** Each head, whatever it moves, and by source. */
    public static @Nullable String byHead(PythonRun run, Asked asked, Heatmap.Axis down, Heatmap.Axis across) {
        if (!isPossible(run, asked)) {
            return null;
        }
        Snippet snippet = begin(run, asked);
        components(run, snippet);
        snippet.add("""
                others = [part for _, part, _ in mlps.values()] + [embedding, biases]
                values = torch.full((len(heads) + len(others), 1 + destination + 1), math.nan, dtype=torch.double)
                for row, (_, part, by_source) in enumerate(heads.values()):
                    values[row] = torch.cat([part[None], by_source[: destination + 1]])
                for row, part in enumerate(others):
                    values[len(heads) + row, 0] = part
                """);
        return snippet.heatmap(down, across, asked.title());
    }

    private static boolean isPossible(PythonRun run, Asked asked) {
        boolean capped = run.config().logitsSoftCap() > 0 && asked.quantity() == Quantity.LOGIT_OVER_EXPECTED;
        return !run.isEdited() && !capped;
    }

    private static Snippet begin(PythonRun run, Asked asked) {
        Norm norm = run.config().finalNorm();
        Snippet snippet = run.begin(asked.title());
        run.scale(snippet);
        snippet.add("""


                        logits, cache = model.run_with_cache(tokens)
                        destination = %d
                        last = %s
                        uncapped = %s[0, destination].double()
                        """, asked.destination(), run.lastStream(), run.unembedded("last[None]"))
                .add("asked = torch.zeros(model.cfg.d_vocab, dtype=torch.double)  # of the logits")
                .add("asked[%d] += 1", asked.raised())
                .addIf(asked.lowered() >= 0, "asked[%d] -= 1", asked.lowered())
                .addIf(asked.quantity() == Quantity.LOGIT_OVER_MEAN, "asked -= 1 / model.cfg.d_vocab")
                .addIf(
                        asked.quantity() == Quantity.LOGIT_OVER_EXPECTED,
                        "asked -= logits[0, destination].double().softmax(-1)")
                .add("direction = model.W_U.double() @ asked")
                .add("value = asked @ uncapped  # what is split")
                .add(
                        "bias = asked @ model.b_U.double()%s",
                        norm.isBiased() ? " + direction @ model.ln_final.b.double()" : "")
                .add("read = direction%s", norm.isWeighted() ? " * model.ln_final.w.double()" : "")
                .addIf(norm.isCentred(), "read = read - read.mean()")
                .addIf(norm != Norm.NONE, "read = read / %s(last.double())[destination]", run.finalScale());
        return snippet;
    }

    private static void components(PythonRun run, Snippet snippet) {
        Config config = run.config();
        int group = config.nHeads() / config.nKeyValueHeads();
        snippet.add("""

                        # What each head, MLP and bias writes to the stream at the destination, along that
                        biases = bias + sum(block.attn.b_O.double() @ read for block in model.blocks)
                        heads, mlps = {}, {}
                        for layer in range(model.cfg.n_layers):
                            for head in range(model.cfg.n_heads):
                                written = cache["v", layer][0, :, head%s] @ model.blocks[layer].attn.W_O[head]
                                by_source = cache["pattern", layer][0, head, destination] * (written.double() @ read)
                                heads[f"L{layer}H{head}"] = (layer, by_source.sum(), by_source)
                        """, group == 1 ? "" : " // " + group)
                .addIf(config.mlp() != null, """
                            mlps[f"MLP{layer}"] = (layer, cache["mlp_out", layer][0, destination].double() @ read, [])
                        """)
                .add("embedding = %s[0, destination].double() @ read", run.streams());
    }

    private static void paths(PythonRun run, Snippet snippet) {
        Norm norm = run.config().norm();
        snippet.add("""

                        # Every path from the embedding to the destination, with the patterns and the scales of norms of the run
                        streams = %s.double()
                        paths = {}


                        def extend(path, reader, before):
                            paths[path] = (streams[0] * reader).sum(-1)  # by source
                            for layer in range(before):
                                attention = model.blocks[layer].attn
                                for head in range(model.cfg.n_heads):
                                    ov = attention.W_V[head].double() @ attention.W_O[head].double()
                                    back = cache["pattern", layer][0, head].double().T @ reader @ ov.T
                        """, run.streams())
                .addIf(norm.isWeighted(), "            back = back * model.blocks[layer].ln1.w.double()")
                .addIf(norm.isCentred(), "            back = back - back.mean(-1, keepdim=True)")
                .addIf(norm != Norm.NONE, "            back = back / scale(streams[layer])")
                .add("""
                                    extend(((layer, head), *path), back, layer)


                        reader = torch.zeros_like(streams[0])
                        reader[destination] = read
                        extend((), reader, model.cfg.n_layers)
                        parts = {
                            " → ".join(f"L{l}H{h}" for l, h in path) or "direct": (len(path), by_source.sum(), by_source)
                            for path, by_source in sorted(paths.items())
                        }
                        parts["biases"] = (0, value - sum(part for _, part, _ in parts.values()), [])  # they add the rest
                        """);
    }
}
