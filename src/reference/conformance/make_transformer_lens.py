#!/usr/bin/env python3
"""Makes small random models with TransformerLens, and what it computes of them in float64.

    python3 -m venv ~/conformance && ~/conformance/bin/pip install -r requirements.txt
    ~/conformance/bin/python make_transformer_lens.py ../../test/resources/reference/made

Each folder gets config.json (the fields that differ from TransformerLens's defaults, or all of them), the state dict as
model.safetensors in float32, and expected.json; of some models also the losses with a part turned off ("ablation"). The
numbers are of the file: it is read again, its weights widened to float64. The same versions make the same files again.
Never needed to build.
"""
import os
import re
import sys
from importlib.metadata import version

import torch
from safetensors.torch import load_file, save_file
from transformer_lens import HookedTransformer, HookedTransformerConfig

sys.dont_write_bytecode = True  # leaves no folder among the sources

import common

SIZES = {"n_layers": 2, "d_model": 16, "n_ctx": 24, "d_head": 4, "n_heads": 4}
ABLATED = {"tl-gated-gelu-new", "tl-part-rotary-parallel", "tl-rms-grouped-gated"}
WHOLE = {"tl-whole-solu"}  # the whole configuration and the buffers are written
BUFFER = re.compile(r"\.(mask|IGNORE|rotary_sin|rotary_cos)$")
CUT = (9, 3)  # the entry of a pattern that is set to 0: row, column


def models():
    """Names and fields of the configuration."""
    yield "tl-gated-gelu-new", {
        **SIZES, "d_vocab": 41, "normalization_type": "LN", "gated_mlp": True, "d_mlp": 24, "act_fn": "gelu_new"}
    yield "tl-solu-ln-shortformer", {
        **SIZES, "d_vocab": 42, "normalization_type": "LN", "positional_embedding_type": "shortformer", "d_mlp": 40,
        "act_fn": "solu_ln"}
    yield "tl-part-rotary-parallel", {
        **SIZES, "d_head": 8, "n_heads": 2, "d_vocab": 43, "normalization_type": "LNPre",
        "positional_embedding_type": "rotary", "rotary_dim": 4, "parallel_attn_mlp": True, "d_mlp": 40,
        "act_fn": "gelu", "eps": 1e-3}
    yield "tl-attn-only-wide-heads", {
        **SIZES, "d_head": 6, "n_heads": 3, "d_vocab": 44, "normalization_type": "LN", "attn_only": True, "eps": 1e-3}
    yield "tl-rms-grouped-gated", {
        **SIZES, "n_key_value_heads": 2, "d_vocab": 45, "normalization_type": "RMS",
        "positional_embedding_type": "rotary", "rotary_base": 500, "gated_mlp": True, "d_mlp": 32, "act_fn": "silu"}
    yield "tl-window-below", {
        **SIZES, "d_vocab": 46, "normalization_type": "LN", "use_local_attn": True, "window_size": 5,
        "attn_types": ["local", "global"], "d_mlp": 32, "act_fn": "gelu"}
    yield "tl-both-soft-caps", {
        **SIZES, "d_vocab": 47, "normalization_type": "RMSPre", "attn_scores_soft_cap": 1.5,
        "output_logits_soft_cap": 3.0, "d_mlp": 32, "act_fn": "relu"}
    yield "tl-no-scale-in-spite-of-one", {
        **SIZES, "d_vocab": 48, "normalization_type": None, "use_attn_scale": False, "attn_scale": 3.0, "d_mlp": 32,
        "act_fn": "silu"}
    yield "tl-no-norm-relu", {
        **SIZES, "d_vocab": 49, "normalization_type": None, "d_mlp": 48, "act_fn": "relu"}
    yield "tl-whole-solu", {
        **SIZES, "n_key_value_heads": 1, "d_vocab": 50, "normalization_type": "LN", "d_mlp": 32, "act_fn": "solu",
        "positional_embedding_type": "rotary", "rotary_dim": 2, "rotary_adjacent_pairs": True,
        "scale_attn_by_inverse_layer_idx": True}
    yield "tl-final-rms", {
        **SIZES, "d_vocab": 51, "normalization_type": "LN", "final_rms": True, "d_mlp": 32, "act_fn": "gelu"}
    yield "tl-final-rms-pre", {
        **SIZES, "d_vocab": 52, "normalization_type": "LNPre", "final_rms": True, "attn_only": True, "eps": 1e-3}
    yield "tl-gated-solu-ln", {
        **SIZES, "d_vocab": 53, "normalization_type": "LN", "gated_mlp": True, "d_mlp": 24, "act_fn": "solu_ln"}
    yield "tl-gated-solu", {
        **SIZES, "d_vocab": 54, "normalization_type": "LNPre", "gated_mlp": True, "d_mlp": 24, "act_fn": "solu"}
    yield "tl-rotary-by-parts", {
        **SIZES, "d_head": 12, "n_heads": 2, "d_vocab": 55, "normalization_type": "RMS", "gated_mlp": True, "d_mlp": 24,
        "act_fn": "silu", "positional_embedding_type": "rotary", "rotary_base": 100, "use_NTK_by_parts_rope": True,
        "NTK_by_parts_factor": 4.0, "NTK_by_parts_low_freq_factor": 0.5, "NTK_by_parts_high_freq_factor": 3.0,
        "NTK_original_ctx_len": 20}


def model_of(fields, dtype):
    return HookedTransformer(HookedTransformerConfig(**fields, dtype=dtype, device="cpu", seed=0), move_to_device=False)


def written_config(name, fields, model):
    if name not in WHOLE:
        return fields
    whole = {key: value for key, value in model.cfg.to_dict().items() if key != "dtype"}
    return {**whole, "dtype": str(model.cfg.dtype), "attn_scale": float(model.cfg.attn_scale)}


def measure(model, tokens):
    logits, cache = model.run_with_cache(torch.tensor([tokens]))
    layers = range(model.cfg.n_layers)
    stream = [cache["resid_pre", l][0] for l in layers] + [cache["resid_post", model.cfg.n_layers - 1][0]]
    measured = {
        "tokens": tokens,
        "logprobs_last": logits[0, -1].log_softmax(-1),
        "loss": common.losses(logits[0], tokens),
        "pattern": [cache["pattern", l][0] for l in layers],
        "resid_norm": [rows.norm(dim=-1) for rows in stream],
    }
    if not model.cfg.attn_only:
        measured["mlp_out_norm"] = [cache["mlp_out", l][0].norm(dim=-1) for l in layers]
    return measured


def ablation(model, tokens):
    """Losses with one part changed at every position."""
    def with_hook(point, change):
        logits = model.run_with_hooks(torch.tensor([tokens]), fwd_hooks=[(point, change)])
        return common.losses(logits[0], tokens)

    def zero(head):
        def change(z, hook):
            z[:, :, head] = 0
            return z
        return change

    def mean(head):
        def change(z, hook):
            z[:, :, head] = z[:, :, head].mean(1, keepdim=True)
            return z
        return change

    def cut(head):
        def change(pattern, hook):
            pattern[:, head, CUT[0], CUT[1]] = 0
            return pattern
        return change

    found = {
        "tokens": tokens,
        "clean_loss": common.losses(model(torch.tensor([tokens]))[0], tokens),
        "zero": {}, "mean_over_positions": {}, "mlp_zero": {}, "cut_pattern_entry": {},
    }
    for layer in range(model.cfg.n_layers):
        attention = f"blocks.{layer}.attn."
        for head in range(model.cfg.n_heads):
            name = f"L{layer}H{head}"
            found["zero"][name] = with_hook(attention + "hook_z", zero(head))
            found["mean_over_positions"][name] = with_hook(attention + "hook_z", mean(head))
            entry = f"{name} [{CUT[0]}<-{CUT[1]}]"
            found["cut_pattern_entry"][entry] = with_hook(attention + "hook_pattern", cut(head))
        found["mlp_zero"][f"MLP{layer}"] = with_hook(f"blocks.{layer}.hook_mlp_out", lambda out, hook: out * 0)
    return found


def make(out, number, name, fields):
    folder = common.fresh(out, name)
    made = model_of(fields, torch.float32)
    scale = 0.35 if fields["normalization_type"] else 0.2
    weights = common.fill(made.named_parameters(), 100 + number, scale)
    buffers = {key: value for key, value in made.state_dict().items() if BUFFER.search(key)}
    file = os.path.join(folder, "model.safetensors")
    save_file({**weights, **(buffers if name in WHOLE else {})}, file)
    common.write(folder, "config.json", written_config(name, fields, made), indent=1)
    model = model_of(fields, torch.float64)
    read = load_file(file)
    missing, unknown = model.load_state_dict(read, strict=False)
    assert not unknown and all(BUFFER.search(key) for key in missing), (missing, unknown)
    sentences = common.sentences(fields["d_vocab"], 100 + number)
    expected = {
        "note": f"TransformerLens {version('transformer-lens')}, float64; resid_norm: the stream before each layer and"
                " after the last",
        "sentences": [measure(model, tokens) for tokens in sentences],
    }
    if name in ABLATED:
        expected["ablation"] = ablation(model, sentences[-1])
    common.write(folder, "expected.json", common.plain(expected))
    common.report(folder)


if __name__ == "__main__":
    for count, model in enumerate(models()):
        make(sys.argv[1], count, *model)
