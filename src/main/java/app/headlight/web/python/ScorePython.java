package app.headlight.web.python;

import app.headlight.engine.circuits.StreamWriter;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Positions;
import app.headlight.web.component.Heatmap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The scores of a head, whole or by what wrote the query side and the key side. */
public final class ScorePython {

    private ScorePython() {}

    /**
     * All scores of the sentence, or what a pair of writers brings to them.
     *
     * @param query the writer on the query side; null: all
     * @param key the same on the key side
     */
    public static String between(
            PythonRun run,
            HeadId head,
            @Nullable StreamWriter query,
            @Nullable StreamWriter key,
            Heatmap.Axis down,
            Heatmap.Axis across,
            String figure) {
        Snippet snippet;
        if (query == null && key == null) {
            snippet = run.begin("The scores of " + head);
            seen(run, snippet, head);
            snippet.add(run.figures())
                    .add("    scores = cache[\"attn_scores\", %d][0, %d].double()", head.layer(), head.head())
                    .add("    return scores.masked_fill(~seen, math.nan)");
        } else {
            snippet = run.begin("The scores of " + head + (query == null ? "" : ", query side through " + query)
                    + (key == null ? "" : ", key side through " + key));
            seen(run, snippet, head);
            sides(run, snippet, head);
            snippet.add(run.figures())
                    .add("    queries, keys = sides(cache)")
                    .add(
                            "    scores = queries[%s] @ keys[%s].T / %s",
                            Literal.of(name(query)),
                            Literal.of(name(key)),
                            Literal.of(run.config().scoreScale(head.layer())))
                    .add("    return scores.masked_fill(~seen, math.nan)");
        }
        run.values(snippet.add("\n"));
        return snippet.heatmap(down, across, figure);
    }

    /** The parts of one score by pairs of writers, with the sums of each side first. */
    public static String parts(
            PythonRun run,
            HeadId head,
            int destination,
            int source,
            Heatmap.Axis names,
            Heatmap.Axis across,
            String figure) {
        Snippet snippet = run.begin(
                "Where the score of " + head + " from position " + destination + " to " + source + " comes from");
        sides(run, snippet, head);
        snippet.add("\n\nqueries, keys = sides(%s[1])", run.isEdited() ? "run(edits)" : "model.run_with_cache(tokens)")
                .add("names = [name for name in queries if name != \"all\"]")
                .add("query = torch.stack([queries[name][%d] for name in names])", destination)
                .add("key = torch.stack([keys[name][%d] for name in names])", source)
                .add("parts = query @ key.T / %s", Literal.of(run.config().scoreScale(head.layer())))
                .add("values = torch.cat([parts.sum(0, keepdim=True), parts])  # the sums stand first")
                .add("values = torch.cat([values.sum(1, keepdim=True), values], 1)");
        return snippet.heatmap(names, across, figure);
    }

    /** Gives {@code seen}: which sources a destination sees. */
    private static void seen(PythonRun run, Snippet snippet, HeadId head) {
        int window = run.config().window(head.layer());
        snippet.add("at = torch.arange(len(sentence))")
                .add("distance = at[:, None] - at")
                .add(
                        "seen = %s",
                        window == Integer.MAX_VALUE
                                ? "distance >= 0"
                                : "(distance >= 0) & (distance < " + window + ")");
    }

    private static String name(@Nullable StreamWriter writer) {
        return writer == null ? "all" : writer.name();
    }

    /** Defines {@code sides(cache)}: what each writer brings to the queries and to the keys of a head. */
    private static void sides(PythonRun run, Snippet snippet, HeadId head) {
        Config config = run.config();
        Norm norm = config.norm();
        int layer = head.layer();
        boolean turned = config.rotary() != null;
        snippet.add("attention = %s", PythonModel.attention(layer));
        run.scale(snippet);
        snippet.add("\n\ndef read(cache, written):")
                .add("    \"\"\"What the head reads of what is in the stream, [T, D].\"\"\"")
                .addIf(norm.isCentred(), "    written = written - written.mean(-1, keepdim=True)")
                .addIf(norm != Norm.NONE, "    written = written / scale(cache[\"resid_pre\", %d][0])", layer)
                .addIf(norm.isWeighted(), "    written = written * model.blocks[%d].ln1.w", layer)
                .add("    return written");
        snippet.add("\n\ndef sides(cache):")
                .add("    \"\"\"What each writer brings to the queries and to the keys, [T, K] each.\"\"\"")
                .add("    read_of = {");
        for (StreamWriter writer : StreamWriter.before(layer, config)) {
            snippet.add("        %s: %s,", Literal.of(writer.name()), read(run, writer, layer));
        }
        int group = config.nHeads() / config.nKeyValueHeads();
        snippet.add("    }")
                .add("    queries = {name: x @ attention.W_Q[%d] for name, x in read_of.items()}", head.head())
                .add("    keys = {name: x @ attention.W_K[%d] for name, x in read_of.items()}", head.head())
                .add("    queries[\"bias\"] = queries[\"bias\"] + attention.b_Q[%d]", head.head())
                .add("    keys[\"bias\"] = keys[\"bias\"] + attention.b_K[%d]", head.head())
                .add("    queries[\"all\"] = cache[\"q\", %d][0, :, %d]", layer, head.head())
                .add("    keys[\"all\"] = cache[\"k\", %d][0, :, %d]", layer, head.head() / group)
                .addIf(turned, "    turn = lambda x: attention.apply_rotary(x[None, :, None])[0, :, 0]")
                .add(
                        "    return tuple({name: %s for name, x in side.items()} for side in (queries, keys))",
                        turned ? "turn(x).double()" : "x.double()");
    }

    /** What the head reads of a writer, [T, D]. */
    private static String read(PythonRun run, StreamWriter writer, int layer) {
        return switch (writer.kind()) {
            case EMBEDDING -> "read(cache, model.W_E[tokens[0]])";
            case POSITIONS ->
                run.config().positions() == Positions.SHORTFORMER
                        ? "model.W_pos[: len(sentence)]"
                        : "read(cache, model.W_pos[: len(sentence)])";
            case HEAD -> {
                HeadId head = Objects.requireNonNull(writer.head());
                yield "read(cache, " + run.result(Integer.toString(head.layer()), Integer.toString(head.head())) + ")";
            }
            case MLP -> "read(cache, cache[\"mlp_out\", " + writer.layer() + "][0])";
            case BIAS -> {
                String sum =
                        "sum((model.blocks[l].attn.b_O for l in range(" + layer + ")), torch.zeros(model.cfg.d_model))";
                String bias = "read(cache, (" + sum + ").expand(len(sentence), -1))";
                yield run.config().norm().isBiased() ? bias + " + model.blocks[" + layer + "].ln1.b" : bias;
            }
        };
    }
}
