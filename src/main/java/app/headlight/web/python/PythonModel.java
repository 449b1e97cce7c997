package app.headlight.web.python;

import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Mlp.Activation;
import app.headlight.engine.transformer.Positions;
import app.headlight.engine.transformer.RotaryScaling;
import app.headlight.services.models.Audience;
import app.headlight.services.models.OpenModel;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A model of this server, as Python asks for it. */
public record PythonModel(OpenModel open) {

    /** The versions that the programs are tried with: where both compute a model, and where the newer one does not. */
    private static final List<String> BOTH = List.of("2.18.0", "4.3.0");

    private static final List<String> OLDER = List.of("2.18.0", "3.9.0");

    /** For linear scalings of rotary positions. */
    private static final List<String> NEWER = List.of("3.9.0");

    /** The activation functions that TransformerLens does not have. */
    private static final Map<String, String> OURS = Map.of(
            Activation.QUICK_GELU.name(), "x * torch.sigmoid(1.702 * x)",
            Activation.RELU2.name(), "torch.relu(x) ** 2");

    Config config() {
        return open.config();
    }

    /** A program that has loaded the model with TransformerLens. */
    Snippet lens(String what) {
        List<String> versions = isNative() ? BOTH : isScaled() ? NEWER : OLDER;
        Snippet snippet = begin(
                        what,
                        "TransformerLens " + String.join(" or ", versions) + ": "
                                + versions.stream()
                                        .map(version -> "pip install transformer-lens==" + version)
                                        .collect(Collectors.joining(" or "))
                                + (isNative() ? "" : "; version 4 cannot compute models of this kind"))
                .add("""

                        import torch
                        from safetensors.torch import load
                        from transformer_lens import ActivationCache""")
                .add(ask())
                .add("""
                        files = zipfile.ZipFile(io.BytesIO(ask("files?names=transformer_lens%s", accept="application/zip")))
                        config = {**json.loads(files.read("config.json")), "device": "cpu"}
                        weights = load(files.read("model.safetensors"))  # biases that are all zero are not in it""", step("&step="));
        if (isNative()) {
            snippet.add("""
                    try:  # TransformerLens 2.18.0
                        from transformer_lens import HookedTransformer, HookedTransformerConfig

                        model = HookedTransformer(HookedTransformerConfig.from_dict(config))
                        model.load_state_dict(weights, strict=False)
                    except ImportError:  # TransformerLens 4.3.0
                        from transformer_lens import TransformerBridge
                        from transformer_lens.utilities.tl_checkpoint_conversion import convert_tl_checkpoint

                        model = TransformerBridge.boot_native(config)
                        zeros = {name: torch.zeros_like(old) for name, old in model.state_dict().items() if name.endswith("bias")}
                        model.load_state_dict({**zeros, **convert_tl_checkpoint(weights, model.cfg)})
                    """);
        } else {
            boolean isOurs = OURS.containsKey(activation());
            snippet.add("from transformer_lens import HookedTransformer, HookedTransformerConfig\n")
                    .addIf(isOurs, "config[\"act_fn\"] = \"relu\"  # TransformerLens does not have the model's own")
                    .addIf(isBiased(), "config.pop(\"mlp_bias\")  # TransformerLens does not have it")
                    .add("""
                            model = HookedTransformer(HookedTransformerConfig.from_dict(config))
                            model.load_state_dict(weights, strict=False)
                            """);
            if (isOurs) {
                snippet.add("for block in model.blocks:")
                        .add("    block.mlp.act_fn = lambda x: %s", OURS.get(activation()));
            }
            snippet.addIf(isBiased(), """


                    def with_biases(mlp, gate_bias):
                        \"""A gated MLP whose two factors have biases.\"""
                        def forward(x):
                            gate = mlp.hook_pre(x @ mlp.W_gate + gate_bias)
                            factor = mlp.hook_pre_linear(x @ mlp.W_in + mlp.b_in)
                            return mlp.hook_post(mlp.act_fn(gate) * factor) @ mlp.W_out + mlp.b_out
                        return forward


                    for layer, block in enumerate(model.blocks):
                        zero = torch.zeros_like(block.mlp.b_in)
                        block.mlp.forward = with_biases(block.mlp, weights.get(f"blocks.{layer}.mlp.b_gate", zero))
                    """);
        }
        return snippet.add("torch.set_grad_enabled(False)");
    }

    /** Whether TransformerLens 4, which builds models of its own kinds alone, builds this one. */
    private boolean isNative() {
        Config config = config();
        return config.positions() == Positions.STANDARD
                && config.nKeyValueHeads() == config.nHeads()
                && !config.parallel()
                && config.windowLayers().isEmpty()
                && !config.scaleByInverseLayer()
                && Math.abs(config.attnScale() - Math.sqrt(config.dHead())) < 1e-6
                && !config.finalRms()
                && !OURS.containsKey(activation())
                && (config.mlp() == null || !config.mlp().gated());
    }

    private boolean isScaled() {
        return config().rotary() != null && config().rotary().scaling() instanceof RotaryScaling.Linear;
    }

    private boolean isBiased() {
        return config().mlp() != null && config().mlp().biasedFactors();
    }

    private String activation() {
        return config().mlp() == null ? "" : config().mlp().activation().name();
    }

    /** A program that asks this server for the numbers. */
    Snippet rest(String what) {
        return begin(what, "this server's REST (docs/rest.md) and numpy: pip install numpy")
                .add("\nimport numpy as np\n")
                .add(ask());
    }

    /** What says in an address which step of the training is meant; nothing for the finished model. */
    String step(String parameter) {
        return open.step() == OpenModel.FINISHED ? "" : parameter + open.step();
    }

    private Snippet begin(String what, String with) {
        String step = open.step() == OpenModel.FINISHED ? "" : " after step " + open.step();
        return new Snippet()
                .add("# %s", Literal.comment(what + ", in " + open.name() + step + "."))
                .add("# With %s", with)
                .add("import csv, io, json, math, os, sys, urllib.parse, urllib.request, zipfile");
    }

    private String ask() {
        boolean open = this.open.stored().audience() == Audience.ALL;
        return """

                %s
                model_name = %s
                token = %s

                def ask(path, body=None, accept="application/json"):
                    url = f"{server}/api/v1/models/{urllib.parse.quote(model_name, safe='')}/{path}"
                    headers = {"Content-Type": "application/json", "Accept": accept}
                    if token:
                        headers["Authorization"] = "Bearer " + token
                    data = None if body is None else json.dumps(body).encode()
                    return urllib.request.urlopen(urllib.request.Request(url, data, headers)).read()

                """.formatted(
                        Snippet.SERVER,
                        Literal.of(this.open.name()),
                        open
                                ? "os.environ.get(\"HEADLIGHT_TOKEN\")  # an access token, if the server asks for one"
                                : "os.environ[\"HEADLIGHT_TOKEN\"]"
                                        + "  # not everybody may see this model: an access token of the page Account");
    }

    /** The attention of a layer. */
    static String attention(int layer) {
        return "model.blocks[" + layer + "].attn";
    }

    /** W_OV of heads one after another, [D, D]. */
    static String ov(List<HeadId> heads) {
        return heads.stream()
                .map(head -> "%1$s.W_V[%2$d] @ %1$s.W_O[%2$d]".formatted(attention(head.layer()), head.head()))
                .collect(Collectors.joining(" @ "));
    }

    /** {@code L0H1 → L1H3}. */
    static String name(List<HeadId> heads) {
        return heads.stream().map(HeadId::toString).collect(Collectors.joining(" → "));
    }
}
