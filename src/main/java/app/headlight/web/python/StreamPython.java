package app.headlight.web.python;

import app.headlight.engine.circuits.StreamReader;
import app.headlight.engine.circuits.StreamWriter;
import app.headlight.engine.residual.Stage;
import app.headlight.engine.transformer.HeadId;
import app.headlight.web.component.Heatmap;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The residual stream of a sentence: its size, the tokens' paths, the logit lens, and who deletes. */
public final class StreamPython {

    private StreamPython() {}

    /** What the stream is projected on. */
    public sealed interface Along {

        /** A principal component, from 1. */
        record Component(int number) implements Along {}

        /** What a head reads most strongly, or what it writes for that. */
        record OfHead(HeadId head, boolean reads) implements Along {}

        /** The unembedding of a token, less that of another; −1: of none. */
        record OfToken(int raised, int lowered) implements Along {}
    }

    /** The norm of the stream at each stage and position. */
    public static String norms(PythonRun run, List<String> stages) {
        Snippet snippet = run.begin("The norm of the residual stream")
                .add(run.figures())
                .add("    return %s.norm(dim=-1)", run.streams());
        // A picture of a difference shows the run with edits.
        snippet.add("\n\nvalues = figures(*%s)", run.isEdited() ? "run(edits)" : "model.run_with_cache(tokens)");
        snippet.add("rows = [(*at, *norms) for at, norms in zip(sentence, values.T.tolist())]");
        List<String> header = new ArrayList<>(List.of("position", "token", "id"));
        header.addAll(stages);
        return snippet.table(header);
    }

    /** The paths of the tokens on two axes. */
    public static String paths(PythonRun run, Along x, Along y, String across, String up, List<String> stages) {
        Snippet snippet = run.begin("The paths of the tokens through the residual stream")
                .add("logits, cache = %s", run.isEdited() ? "run(edits)" : "model.run_with_cache(tokens)")
                .add("streams = %s  # [L + 1, T, D]", run.streams())
                .add("stages = %s", Literal.of(stages))
                .add("""


                        def upright(direction, by):
                            \"""Directions have no sign of their own: the largest entry is made positive.\"""
                            return direction * by[by.abs().argmax()].sign() / direction.norm()
                        """);
        if (x instanceof Along.Component || y instanceof Along.Component) {
            snippet.add("""

                    centred = streams.double() - streams.double().mean((0, 1))
                    components = torch.linalg.svd(centred.flatten(0, 1), full_matrices=False).Vh
                    """);
        }
        snippet.add("across = %s", along(x)).add("up = %s", along(y));
        snippet.add("""
                rows = [
                    (*at, stage, across[l, t].item(), up[l, t].item())
                    for t, at in enumerate(sentence)
                    for l, stage in enumerate(stages)
                ]
                """);
        return snippet.table("position", "token", "id", "stage", across, up);
    }

    private static String along(Along axis) {
        return switch (axis) {
            case Along.Component(int number) ->
                "centred @ upright(components[%1$d], components[%1$d])".formatted(number - 1);
            case Along.OfToken(int raised, int lowered) -> {
                String direction =
                        "model.W_U[:, " + raised + "]" + (lowered < 0 ? "" : " - model.W_U[:, " + lowered + "]");
                yield "streams @ torch.nn.functional.normalize(" + direction + ", dim=0)";
            }
            case Along.OfHead(HeadId head, boolean reads) ->
                "(lambda u, s, vh: streams @ upright(%s, u[:, 0]))(*torch.linalg.svd(%s))"
                        .formatted(reads ? "u[:, 0]" : "vh[0]", PythonModel.ov(List.of(head)));
        };
    }

    /** The logit lens. */
    public static @Nullable String lens(PythonRun run, List<Stage> stages, List<String> labels) {
        List<String> streams = stages.stream()
                .map(stage -> stage.middle()
                        ? "cache[\"resid_mid\", " + stage.layer() + "]"
                        : stage.layer() < 0 ? run.streams() + "[:1]" : "cache[\"resid_post\", " + stage.layer() + "]")
                .toList();
        double cap = run.config().logitsSoftCap();
        Snippet snippet = run.begin("The logit lens")
                .add("logits, cache = %s", run.isEdited() ? "run(edits)" : "model.run_with_cache(tokens)")
                .add("stages = %s", Literal.of(stages.stream().map(Stage::name).toList()))
                .add("streams = torch.cat(%s)  # [stages, T, D]", Literal.list(streams))
                .add("lens = %s", run.unembedded("streams"))
                .addIf(cap > 0, "lens = %s * torch.tanh(lens / %s)", cap, cap)
                .add("log_p = lens.double().log_softmax(-1)  # [stages, T, V]")
                .add("kl = (log_p[-1].exp() * (log_p[-1] - log_p)).sum(-1)")
                .add("best = log_p.argmax(-1)")
                .add("label = %s  # of the likeliest tokens", labels(labels, run))
                .add("""
                        rows = []
                        for stage, name in enumerate(stages):
                            for t, at in enumerate(sentence):
                                top = best[stage, t].item()
                                row = [name, *at, label[top], top, log_p[stage, t, top].exp().item()]
                                if t + 1 < len(sentence):
                                    _, token, id = sentence[t + 1]
                                    rank = 1 + (lens[stage, t] > lens[stage, t, id]).sum().item()
                                    row += [token, id, rank, log_p[stage, t, id].exp().item()]
                                else:
                                    row += ["", "", "", ""]
                                rows.append((*row, kl[stage, t].item()))
                        """);
        return snippet.table(
                "stage",
                "position",
                "token",
                "id",
                "top token",
                "top id",
                "its probability",
                "next token",
                "next id",
                "rank of the next token",
                "probability of the next token",
                "KL to final (nats)");
    }

    private static String labels(List<String> entries, PythonRun run) {
        return "{" + String.join(", ", entries) + "}";
    }

    /** An entry of a dictionary that has the label of a token by its id. */
    public static String label(int id, String label) {
        return Literal.of(id) + ": " + Literal.of(label);
    }

    /** How far heads and MLPs write the opposite of what they read: cosine, or share of the stream that is removed. */
    public static String deletion(PythonRun run, boolean cosine, Heatmap.Axis down, Heatmap.Axis across, String unit) {
        Snippet snippet = run.begin(
                        cosine
                                ? "Cosine of what heads and MLPs write with what they read"
                                : "Share of the stream that heads and MLPs remove")
                .add("logits, cache = %s", run.isEdited() ? "run(edits)" : "model.run_with_cache(tokens)");
        List<String> pairs = new ArrayList<>();
        for (StreamWriter writer : StreamReader.LOGITS.writers(run.config())) {
            int layer = writer.layer();
            HeadId head = writer.head();
            if (head != null) {
                pairs.add("(" + run.result(Integer.toString(layer), Integer.toString(head.head()))
                        + ", cache[\"resid_pre\", " + layer + "][0])");
            } else if (writer.kind() == StreamWriter.Kind.MLP) {
                pairs.add("(cache[\"mlp_out\", %1$d][0], cache[\"%2$s\", %1$d][0])"
                        .formatted(layer, run.config().parallel() ? "resid_pre" : "resid_mid"));
            }
        }
        snippet.add(
                        "pairs = [  # what is written, and the stream that is read, [T, D]\n%s\n]",
                        pairs.stream().map(pair -> "    " + pair + ",").collect(Collectors.joining("\n")))
                .add("figures = []")
                .add("for written, read in pairs:")
                .add("    written, read = written.double(), read.double()")
                .add("    dot = (written * read).sum(-1)")
                .add(
                        cosine
                                ? "    figures.append((dot / (written.norm(dim=-1) * read.norm(dim=-1))).nan_to_num())"
                                : "    figures.append((-dot / read.pow(2).sum(-1)).nan_to_num())")
                .add("values = torch.stack(figures)");
        return snippet.heatmap(down, across, unit);
    }

    /** Patterns of a layer, or of all heads, taken together. */
    public static String pooled(
            PythonRun run,
            @Nullable Integer layer,
            boolean sum,
            Heatmap.Axis down,
            Heatmap.Axis across,
            String figure) {
        String layers =
                layer == null ? "range(" + run.config().nLayers() + ")" : "[" + Objects.requireNonNull(layer) + "]";
        Snippet snippet = run.begin("Attention of " + (layer == null ? "all heads" : "layer " + layer) + " together")
                .add(run.figures())
                .add(
                        "    return torch.cat([cache[\"pattern\", l][0] for l in %s]).%s(0)",
                        layers, sum ? "sum" : "mean");
        run.values(snippet.add("\n"))
                .add(
                        "values = values.masked_fill(torch.ones_like(values).triu(1).bool(), math.nan)  # no source comes later");
        return snippet.heatmap(down, across, figure);
    }
}
