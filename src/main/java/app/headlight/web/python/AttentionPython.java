package app.headlight.web.python;

import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.KeptShare;
import app.headlight.engine.transformer.Norm;
import app.headlight.web.view.AttentionState;
import app.headlight.web.view.AttentionState.Weighting;
import app.headlight.web.words.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The attention of heads: the table of all lines, with weight, size of what is moved, and what is added to a logit. */
public final class AttentionPython {

    private AttentionPython() {}

    /**
     * What a gradient of the patterns is of.
     *
     * @param destination whose prediction it is; −1: the mean loss of the sentence
     * @param raised the token whose log-probability it is, or whose logit
     * @param lowered the token whose logit is taken off; −1: none
     */
    public record Gradient(int destination, int raised, int lowered) {}

    /**
     * The lines of heads.
     *
     * @param heads those that are laid over each other; each is a head, or several one after another
     * @param drawn how they are drawn
     * @param gradient what the gradient is of, where it is drawn; null: it cannot be computed
     * @return null where the picture shows what no snippet computes
     */
    public static @Nullable String of(
            PythonRun run, List<List<HeadId>> heads, AttentionState drawn, @Nullable Gradient gradient) {
        boolean graded = drawn.weighting() == Weighting.GRADIENT;
        boolean virtual = heads.stream().anyMatch(chain -> chain.size() > 1);
        if (heads.isEmpty() || run.pieces().isEmpty()) {
            return null;
        }
        if (graded && (gradient == null || virtual || run.isEdited()) || virtual && run.isEdited()) {
            return null;
        }
        Snippet snippet = run.begin("Attention of " + names(heads));
        snippet.add("heads = %s  # layer, head", chains(heads));
        run.scale(snippet);
        directions(run, snippet);
        figures(run, snippet, heads, virtual);
        run.values(snippet.add("\n"));
        if (graded && gradient != null) {
            gradient(run, snippet, gradient);
        }
        drawn(run, snippet, drawn, graded ? 4 : 3);
        snippet.add("""
                rows = [
                    (*sentence[t], *sentence[s], *(sentence[t + 1][1:] if t + 1 < len(sentence) else ("", "")), *values[t, s].tolist())
                    for t in range(len(sentence))
                    for s in range(t + 1)
                ]
                """);
        return snippet.table(header(run, heads, graded));
    }

    static String names(List<List<HeadId>> heads) {
        return heads.stream().map(PythonModel::name).collect(Collectors.joining(", "));
    }

    private static String chains(List<List<HeadId>> heads) {
        return Literal.list(heads.stream()
                .map(chain -> Literal.list(chain.stream()
                        .map(head -> Literal.tuple(head.layer(), head.head()))
                        .toList()))
                .toList());
    }

    private static List<String> header(PythonRun run, List<List<HeadId>> heads, boolean graded) {
        List<String> header = new ArrayList<>(List.of(
                "destination",
                "destination token",
                "destination id",
                "source",
                "source token",
                "source id",
                "next token",
                "next id"));
        for (List<HeadId> head : heads) {
            String name = (run.isDifference() ? "change of " : "") + PythonModel.name(head);
            header.add(name + " weight");
            header.add(name + " weight × ‖v W_O‖");
            header.add(name + " " + Quantity.LOGIT_OVER_MEAN.label() + " of the next token");
            if (graded) {
                header.add(name + " weight × gradient");
            }
        }
        return header;
    }

    /** What the effects on logits are about. */
    private static void directions(PythonRun run, Snippet snippet) {
        Norm norm = run.config().finalNorm();
        snippet.add("""


                # W_U of the token that comes next, over the mean of all; after the last token, of the likeliest one
                next_tokens = torch.cat([tokens[0, 1:], model(tokens)[0, -1:].argmax(-1)])
                directions = model.W_U.T[next_tokens] - model.W_U.mean(-1)
                """)
                .addIf(norm.isWeighted(), "directions = directions * model.ln_final.w")
                .addIf(norm.isCentred(), "directions = directions - directions.mean(-1, keepdim=True)");
    }

    private static void figures(PythonRun run, Snippet snippet, List<List<HeadId>> heads, boolean virtual) {
        Config config = run.config();
        int group = config.nHeads() / config.nKeyValueHeads();
        boolean normed = config.norm() != Norm.NONE;
        snippet.add(run.figures())
                .add("    \"\"\"Weight, weight × ‖v W_O‖ and logit over mean, of each head: [T, T, 3 · heads].\"\"\"")
                .add("    read = directions%s", normed ? " / " + run.finalScale() + "(" + run.lastStream() + ")" : "")
                .add("    columns = []")
                .add("    for (layer, head), *later in heads:")
                .add("        pattern = flow = reaching = cache[\"pattern\", layer][0, head]")
                .add(
                        "        written = cache[\"v\", layer][0, :, head%s] @ model.blocks[layer].attn.W_O[head]",
                        group == 1 ? "" : " // " + group);
        if (virtual) {
            snippet.add("        for layer, head in later:  # a virtual head: what one writes, the next one moves")
                    .add("            block = model.blocks[layer]")
                    .addIf(config.norm().isCentred(), "            written = written - written.mean(-1, keepdim=True)")
                    .addIf(config.norm().isWeighted(), "            written = written * block.ln1.w")
                    .add("            written = written @ block.attn.W_V[head] @ block.attn.W_O[head]")
                    .add("            pattern = cache[\"pattern\", layer][0, head] @ pattern")
                    .add(
                            "            flow = reaching = cache[\"pattern\", layer][0, head] @ %s",
                            normed ? "(flow / scale(cache[\"resid_pre\", layer][0]))" : "flow");
        }
        String kept = kept(run, heads);
        snippet.addIf(!kept.isEmpty(), """
                        if edited:  # the share that edits leave of each position of what a head writes, of what is in the stream
                            in_head, in_stream = %s[layer, head]
                            pattern = pattern * torch.tensor(in_head)[:, None]
                            reaching = pattern * torch.tensor(in_stream)[:, None]
                """, kept);
        String weight = kept.isEmpty() ? "pattern" : "flow";
        snippet.add("        columns += [%s, pattern * written.norm(dim=-1), reaching * (read @ written.T)]", weight)
                .add("    return torch.stack(columns, -1)");
    }

    /** What edits leave of heads, where that is not all; empty where it is. */
    private static String kept(PythonRun run, List<List<HeadId>> heads) {
        if (!run.isEdited()) {
            return "";
        }
        List<String> shares = new ArrayList<>();
        boolean all = true;
        for (List<HeadId> chain : heads) {
            HeadId head = chain.getFirst();
            float[] inHead = KeptShare.ofLines(run.edited(), head);
            float[] inStream = KeptShare.ofAttention(run.edited(), head.layer());
            all &= areOnes(inHead) && areOnes(inStream);
            shares.add("(%d, %d): (%s, %s)"
                    .formatted(head.layer(), head.head(), Literal.of(list(inHead)), Literal.of(list(inStream))));
        }
        return all ? "" : "{" + String.join(", ", shares) + "}";
    }

    private static boolean areOnes(float[] shares) {
        return list(shares).stream().allMatch(share -> share == 1);
    }

    private static List<Float> list(float[] shares) {
        List<Float> list = new ArrayList<>();
        for (float share : shares) {
            list.add(share);
        }
        return list;
    }

    private static void gradient(PythonRun run, Snippet snippet, Gradient gradient) {
        String figure = gradient.destination() < 0
                ? "-logits[0, :-1].log_softmax(-1).gather(-1, tokens[0, 1:, None]).mean()  # the mean loss"
                : gradient.lowered() < 0
                        ? "logits[0, %d].log_softmax(-1)[%d]".formatted(gradient.destination(), gradient.raised())
                        : "logits[0, %1$d, %2$d] - logits[0, %1$d, %3$d]"
                                .formatted(gradient.destination(), gradient.raised(), gradient.lowered());
        snippet.add("""

                # The gradient of a figure by each entry of the patterns, times the entry
                patterns = {}


                def keep(pattern, hook):
                    pattern.retain_grad()
                    patterns[hook.layer()] = pattern


                with torch.enable_grad():
                    logits = model.run_with_hooks(tokens, fwd_hooks=[(lambda name: name.endswith("hook_pattern"), keep)])
                    figure = %s
                    figure.backward()
                graded = [(p * p.grad)[0, head] for ((layer, head),) in heads for p in [patterns[layer]]]
                values = torch.cat([values.unflatten(-1, (-1, 3)), torch.stack(graded, -1)[..., None]], -1).flatten(-2)
                """, figure);
    }

    /** What the picture draws, where that is not the weights themselves. */
    private static void drawn(PythonRun run, Snippet snippet, AttentionState state, int columns) {
        int column = state.weighting().ordinal();
        if (state.weighting() == Weighting.WEIGHT && state.without().isEmpty()) {
            return;
        }
        boolean renormalised = state.weighting() == Weighting.WEIGHT && !run.isDifference();
        String quantity = switch (state.weighting()) {
            case WEIGHT -> "the weights";
            case VALUE -> "weight × ‖v W_O‖ as a share of the largest";
            case LOGIT -> "logit over mean";
            case GRADIENT -> "weight × gradient";
        };
        snippet.add(
                        "\n# As drawn: %s%s%s, [T destination, T source, heads]",
                        quantity,
                        state.without().isEmpty() ? "" : " without the sources " + state.without(),
                        state.without().isEmpty() || !renormalised
                                ? ""
                                : ", the rest of each row made to sum to 1 again")
                .add("drawn = values[..., %d::%d].clone()", column, columns);
        if (!state.without().isEmpty()) {
            snippet.add("drawn[:, %s] = 0", Literal.of(state.without())).addIf(renormalised, """
                            left = drawn.sum(1, keepdim=True)
                            drawn = torch.where(left < 1e-6, 0.0, drawn / left)
                            """);
        }
        snippet.addIf(state.weighting() == Weighting.VALUE, "drawn = drawn / drawn.abs().max()");
    }
}
