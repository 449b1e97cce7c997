package app.headlight.web.python;

import app.headlight.engine.circuits.RepeatedTokens;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Norm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The scores of all heads: on repeated random tokens, and from their eigenvalues. */
public final class HeadsPython {

    private static final String SCORE = """


            def score(left, right):
                \"""The sum of the eigenvalues of left @ right over that of their sizes.\"""
                eigenvalues = torch.linalg.eigvals(right.double() @ left.double())
                return (eigenvalues.sum().real / eigenvalues.abs().sum()).item()

            """;

    private HeadsPython() {}

    /** The copying score of every head. */
    public static String copying(PythonModel model) {
        Snippet snippet = model.lens("Copying score of every head").add(SCORE).add("""
                rows = [
                    (f"L{layer}H{head}", score(model.W_E @ block.attn.W_V[head], block.attn.W_O[head] @ model.W_U))
                    for layer, block in enumerate(model.blocks)
                    for head in range(model.cfg.n_heads)
                ]
                """);
        return snippet.table("head", "score");
    }

    /**
     * The table of heads.
     *
     * @param header its columns
     * @param badges what heads are known for
     */
    public static String table(PythonModel model, List<String> header, Map<String, String> badges) {
        Config config = model.config();
        boolean measured = RepeatedTokens.fits(config);
        Snippet snippet = model.lens("Scores of every head").add(SCORE);
        if (measured) {
            onRepeatedTokens(snippet, config, RepeatedTokens.of(config));
        }
        snippet.add("badges = %s  # what heads are known for", Literal.of(badges))
                .add("rows = []")
                .add("for layer, block in enumerate(model.blocks):")
                .add("    for head in range(model.cfg.n_heads):")
                .add("        name = f\"L{layer}H{head}\"")
                .add("        copying = score(model.W_E @ block.attn.W_V[head], block.attn.W_O[head] @ model.W_U)")
                .add("        matching = score(model.W_E @ block.attn.W_Q[head], (model.W_E @ block.attn.W_K[head]).T)")
                .add(
                        "        rows.append((name, %s, copying, matching, badges.get(name, \"\")))",
                        measured ? "*on_repeated_tokens(layer, head)" : "\"\", \"\", \"\", \"\", \"\"");
        return snippet.table(header);
    }

    private static void onRepeatedTokens(Snippet snippet, Config config, RepeatedTokens texts) {
        Norm norm = config.finalNorm();
        List<String> sequences = new ArrayList<>();
        texts.sequences().forEach(sequence -> sequences.add("    " + Literal.of(sequence) + ","));
        snippet.add("# Random tokens, each time said twice")
                .add("texts = torch.tensor([\n%s\n])", String.join("\n", sequences))
                .add("period = %d", texts.period())
                .add("_, cache = model.run_with_cache(texts)");
        if (norm != Norm.NONE) {
            snippet.add("last = cache[\"resid_post\", model.cfg.n_layers - 1]")
                    .addIf(norm.isCentred(), "last = last - last.mean(-1, keepdim=True)")
                    .add("scale = (last.pow(2).mean(-1, keepdim=True) + model.cfg.eps).sqrt()  # of the final norm");
        }
        snippet.add("""


                        def on_repeated_tokens(layer, head):
                            pattern = cache["pattern", layer][:, head].double()
                            t = torch.arange(pattern.shape[-1] - period, pattern.shape[-1])
                            sources = (t - 1, t - period, t - period + 1, 0 * t)  # previous, duplicate, induction, first
                            attention = [pattern[:, t, s].mean().item() for s in sources]
                            # Where what the head writes ranks the tokens that it attends to, from -1 to 1
                            written = cache["z", layer][:, :, head] @ model.blocks[layer].attn.W_O[head]
                        """)
                .addIf(norm.isCentred(), "    written = written - written.mean(-1, keepdim=True)")
                .addIf(norm != Norm.NONE, "    written = written / scale")
                .addIf(norm.isWeighted(), "    written = written * model.ln_final.w")
                .add("""
                            effects = written @ model.W_U  # [texts, T, V]
                            copies = 0
                            for text, effect, weights in zip(texts, effects, pattern):
                                own = effect[:, text]  # [T, T source]
                                ordered = effect.sort(-1).values
                                less = torch.searchsorted(ordered, own)
                                more = ordered.shape[-1] - torch.searchsorted(ordered, own, right=True)
                                ranks = (less - more).double() / (ordered.shape[-1] - 1)
                                copies += (weights * ranks).sum().item() / weights.shape[0] / len(texts)
                            return (*attention, copies)


                        """);
    }

    /** The loss at each position of some windows of a text, as their mean. */
    public static String lossByPosition(PythonModel model, List<int[]> windows) {
        List<String> texts = new ArrayList<>();
        windows.forEach(window -> texts.add("    " + Literal.of(window) + ","));
        Snippet snippet = model.lens("Loss by position on a text")
                .add("windows = [\n%s\n]", String.join("\n", texts))
                .add("""
                        losses = [[] for _ in range(max(map(len, windows)) - 1)]
                        for window in windows:
                            log_p = model(torch.tensor([window]))[0, :-1].double().log_softmax(-1)
                            for t, token in enumerate(window[1:]):
                                losses[t].append(-log_p[t, token].item())
                        rows = [(t, sum(loss) / len(loss)) for t, loss in enumerate(losses)]
                        """);
        return snippet.table("position", "loss");
    }
}
