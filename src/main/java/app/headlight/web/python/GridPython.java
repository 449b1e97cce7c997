package app.headlight.web.python;

import app.headlight.engine.transformer.KeptShare;
import app.headlight.web.view.AttentionState.Thumbnails;
import org.jspecify.annotations.Nullable;

/** The small pictures of all heads: each of their cells is the strongest of the entries that it stands for. */
public final class GridPython {

    private GridPython() {}

    /** @param edge cells on each side */
    public static @Nullable String of(PythonRun run, Thumbnails shown, int edge) {
        boolean effect = shown == Thumbnails.EFFECT;
        if (run.config().nLayers() == 0 || run.pieces().isEmpty() || effect && !isWhole(run)) {
            return null;
        }
        int group = run.config().nHeads() / run.config().nKeyValueHeads();
        Snippet snippet = run.begin(effect ? "The value-weighted patterns of all heads" : "The patterns of all heads")
                .add(run.figures())
                .add("    \"\"\"[heads, T, T]\"\"\"")
                .add("    figures = []")
                .add("    for layer in range(model.cfg.n_layers):")
                .add("        for head in range(model.cfg.n_heads):")
                .add("            figure = cache[\"pattern\", layer][0, head]")
                .addIf(effect, """
                                    written = cache["v", layer][0, :, head%s] @ model.blocks[layer].attn.W_O[head]
                                    figure = figure * written.norm(dim=-1)
                        """, group == 1 ? "" : " // " + group)
                .add("            figures.append(figure)")
                .add("    return torch.stack(figures)");
        run.values(snippet.add("\n"))
                .add("""

                        # Each cell of a small picture is the strongest entry of its part of the pattern
                        edge = %d
                        part = torch.arange(len(sentence)) * edge // len(sentence)
                        cell = (part[:, None] * edge + part).flatten().expand(len(values), -1)
                        none = torch.zeros(len(values), edge * edge)
                        most = none.scatter_reduce(1, cell, values.flatten(1), "amax")
                        least = none.scatter_reduce(1, cell, values.flatten(1), "amin")
                        small = torch.where(most >= -least, most, least).unflatten(1, (edge, edge))""", edge)
                .addIf(effect, "small = small / small.abs().max()  # the strongest of all heads is 1")
                .add("""
                        rows = [
                            (f"L{h // model.cfg.n_heads}H{h % model.cfg.n_heads}", t, s, round(small[h, t, s].item(), 3))
                            for h in range(len(small))
                            for t in range(edge)
                            for s in range(t + 1)
                        ]
                        """);
        return snippet.table(
                "head", "destination part", "source part", run.isDifference() ? "largest change" : "largest");
    }

    /** Whether edits leave what heads write. */
    private static boolean isWhole(PythonRun run) {
        return !run.isEdited()
                || run.model().open().transformer().heads().stream().allMatch(head -> {
                    for (float share : KeptShare.ofLines(run.edited(), head)) {
                        if (share != 1) {
                            return false;
                        }
                    }
                    return true;
                });
    }
}
