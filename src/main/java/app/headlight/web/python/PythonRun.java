package app.headlight.web.python;

import app.headlight.engine.text.Piece;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Positions;
import app.headlight.engine.transformer.Run;
import app.headlight.services.edits.EditList;
import app.headlight.web.view.EditState.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A sentence that a model has run on, as Python runs it again: without edits by TransformerLens, with edits by this server.
 *
 * @param plain the run without edits
 * @param edited that with edits; the same if nothing is edited
 * @param shown which of them pictures are of
 */
public record PythonRun(PythonModel model, List<Piece> pieces, Run plain, Run edited, EditList edits, Shown shown) {

    public PythonRun {
        pieces = List.copyOf(pieces);
    }

    Config config() {
        return model.config();
    }

    /** Whether numbers of a run with edits are shown, or the difference that these make. */
    boolean isEdited() {
        return !edits.isEmpty() && shown != Shown.WITHOUT;
    }

    boolean isDifference() {
        return !edits.isEmpty() && shown == Shown.DIFFERENCE;
    }

    /** A program that has the model, {@code tokens}, and {@code sentence}: position, token and id of each. */
    Snippet begin(String what) {
        Snippet snippet = model.lens(what + " on a sentence" + (isEdited() ? ", with edits" : ""));
        sentence(snippet).add("tokens = torch.tensor([[id for _, _, id in sentence]])");
        if (isEdited()) {
            withEdits(snippet);
        }
        return snippet;
    }

    /** Adds what the sentence is. */
    Snippet sentence(Snippet snippet) {
        List<String> tokens = new ArrayList<>();
        for (int t = 0; t < pieces.size(); t++) {
            tokens.add(Literal.tuple(t, pieces.get(t).marked(), pieces.get(t).id()));
        }
        return snippet.add("\nsentence = %s  # position, token, id", Literal.list(tokens));
    }

    private void withEdits(Snippet snippet) {
        List<Map<String, Object>> asked =
                edits.asked().stream().map(edit -> edit.fields(plain.tokens())).toList();
        snippet.add("""
                edits = %s


                def run(edits):
                    \"""Logits and activations of the run with edits, which this server computes.\"""
                    got = load(ask("run%s", {"tokens": tokens[0].tolist(), "edits": edits}, "application/x-safetensors"))
                    heads = (model.cfg.n_heads, model.cfg.d_head)
                    hooks = {f"blocks.{model.cfg.n_layers - 1}.hook_resid_post": got["resid_final"][None]}
                    for layer in range(model.cfg.n_layers):
                        attention, block = f"blocks.{layer}.attn.hook_", f"blocks.{layer}.hook_"
                        hooks[attention + "pattern"] = got["pattern"][layer][None]
                        hooks[attention + "attn_scores"] = got["scores"][layer][None]
                        hooks[attention + "q"] = got["q"][layer].unflatten(-1, heads)[None]
                        for name in ("k", "v"):
                            hooks[attention + name] = got[name][layer].unflatten(-1, heads)[None, :, ::%s]
                        hooks[attention + "result"] = got["result"][layer].transpose(0, 1)[None]
                        hooks[block + "resid_pre"] = got["resid_pre"][layer][None]
                        for name in {"resid_mid", "mlp_out"} & got.keys():
                            hooks[block + name] = got[name][layer][None]
                        if layer:
                            hooks[f"blocks.{layer - 1}.hook_resid_post"] = hooks[block + "resid_pre"]
                    return got["logits"][None], ActivationCache(hooks, model)
                """, Literal.of(asked), model.step("?step="), config().nHeads() / config().nKeyValueHeads());
    }

    /** Gives {@code values} what {@code figures(logits, cache)} makes of the run that is shown, or the difference. */
    Snippet values(Snippet snippet) {
        return snippet.add(
                isDifference()
                        ? "values = figures(*run(edits), edited=True) - figures(*run([]))"
                        : isEdited()
                                ? "values = figures(*run(edits), edited=True)"
                                : "values = figures(*model.run_with_cache(tokens))");
    }

    /** The first line of that function. */
    String figures() {
        return "\n\ndef figures(logits, cache" + (isEdited() ? ", edited=False" : "") + "):";
    }

    /** What a head writes, [T, D]: an expression. */
    String result(String layer, String head) {
        return isEdited()
                ? "cache[\"result\", %s][0, :, %s]".formatted(layer, head)
                : "cache[\"z\", %1$s][0, :, %2$s] @ model.blocks[%1$s].attn.W_O[%2$s]".formatted(layer, head);
    }

    /** The stream before each layer and after the last, [L+1, T, D]: an expression. */
    String streams() {
        int layers = config().nLayers();
        return layers == 0
                ? "torch.stack([cache[\"embed\"][0]%s])"
                        .formatted(config().positions() == Positions.STANDARD ? " + cache[\"pos_embed\"][0]" : "")
                : "torch.stack([cache[\"resid_pre\", l][0] for l in range(%1$d)] + [cache[\"resid_post\", %2$d][0]])"
                        .formatted(layers, layers - 1);
    }

    /** The stream after the last layer, [T, D]: an expression. */
    String lastStream() {
        return streams() + "[-1]";
    }

    /** What the unembedding makes of a stream, before any cap: an expression. */
    String unembedded(String stream) {
        return config().finalNorm() == Norm.NONE
                ? "model.unembed(" + stream + ")"
                : "model.unembed(model.ln_final(" + stream + "))";
    }

    /** Adds what a norm divides by; nothing in a model without. */
    void scale(Snippet snippet) {
        if (config().norm() == Norm.NONE) {
            return;
        }
        scale(snippet, "scale", "a norm divides", config().norm());
        if (config().finalRms()) {
            scale(snippet, finalScale(), "the last norm, which does not centre, divides", config().finalNorm());
        }
    }

    private static void scale(Snippet snippet, String name, String what, Norm norm) {
        snippet.add("""


                def %s(x):
                    \"""What %s a stream by, [T, 1].\"""
                """, name, what)
                .addIf(norm.isCentred(), "    x = x - x.mean(-1, keepdim=True)")
                .add("    return (x.pow(2).mean(-1, keepdim=True) + model.cfg.eps).sqrt()");
    }

    /** The name of the function for what the last norm divides by. */
    String finalScale() {
        return config().finalRms() ? "final_scale" : "scale";
    }

    /** The run that is shown; of a difference that with edits. */
    Run computed() {
        return isEdited() ? edited : plain;
    }
}
