#!/usr/bin/env python3
"""Makes small random models with the transformers package, and what it computes of them in float64.

    python3 -m venv ~/conformance && ~/conformance/bin/pip install -r requirements.txt
    ~/conformance/bin/python make_transformers.py ../../test/resources/reference/made

Each folder gets config.json and the weights as save_pretrained writes them, and expected.json. The numbers are of the
file: it is read again, its weights widened to float64. (The package itself goes through float32 in rotary angles, RMS
norms and softmax: up to 5e-6 off.) The same versions make the same files again. Never needed to build.
"""
import glob
import os
import sys

import torch
import transformers
from transformers import (AutoModelForCausalLM, GPT2Config, GPT2LMHeadModel, GPTNeoXConfig, GPTNeoXForCausalLM,
                          LlamaConfig, LlamaForCausalLM, MistralConfig, MistralForCausalLM, Qwen2Config,
                          Qwen2ForCausalLM)

sys.dont_write_bytecode = True  # leaves no folder among the sources

import common

GPT2 = {"n_embd": 16, "n_layer": 2, "n_head": 4, "n_positions": 32}
OTHERS = {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 4, "max_position_embeddings": 48}


def models():
    """Name, class, configuration; then how it is saved, if not in one file of float32."""
    yield "gpt2-untied", GPT2LMHeadModel, GPT2Config(**GPT2, vocab_size=41, tie_word_embeddings=False)
    yield "gpt2-inverse-layers-relu", GPT2LMHeadModel, GPT2Config(
        **GPT2, vocab_size=43, scale_attn_by_inverse_layer_idx=True, activation_function="relu", n_inner=40,
        layer_norm_epsilon=1e-3)
    yield "gpt2-unscaled-gelu", GPT2LMHeadModel, GPT2Config(
        **GPT2, vocab_size=40, scale_attn_weights=False, activation_function="gelu", n_inner=24)
    yield "gpt2-f16-shards", GPT2LMHeadModel, GPT2Config(**GPT2, vocab_size=47), torch.float16, "10KB"
    yield "neox-serial-tied", GPTNeoXForCausalLM, GPTNeoXConfig(
        **OTHERS, vocab_size=44, intermediate_size=48, use_parallel_residual=False, rotary_pct=1.0,
        tie_word_embeddings=True)
    yield "neox-parallel-half", GPTNeoXForCausalLM, GPTNeoXConfig(
        **{**OTHERS, "num_attention_heads": 2}, vocab_size=45, intermediate_size=40, rotary_pct=0.5,
        rotary_emb_base=500, layer_norm_eps=1e-3)
    yield "neox-no-biases", GPTNeoXForCausalLM, GPTNeoXConfig(
        **OTHERS, vocab_size=42, intermediate_size=40, rotary_pct=0.5, attention_bias=False, hidden_act="gelu_new")
    yield "llama-grouped-biases", LlamaForCausalLM, LlamaConfig(
        **OTHERS, vocab_size=48, intermediate_size=40, num_key_value_heads=2, head_dim=6, attention_bias=True,
        rms_norm_eps=1e-3)
    yield "llama-bf16-tied", LlamaForCausalLM, LlamaConfig(
        **OTHERS, vocab_size=49, intermediate_size=40, num_key_value_heads=1, rope_theta=500.0,
        tie_word_embeddings=True), torch.bfloat16
    yield "qwen2-grouped-tied", Qwen2ForCausalLM, Qwen2Config(
        **OTHERS, vocab_size=50, intermediate_size=40, num_key_value_heads=2, tie_word_embeddings=True)
    yield "qwen2-window-above", Qwen2ForCausalLM, Qwen2Config(
        **OTHERS, vocab_size=51, intermediate_size=40, num_key_value_heads=4, use_sliding_window=True,
        sliding_window=4, max_window_layers=1)
    yield "mistral-window", MistralForCausalLM, MistralConfig(
        **OTHERS, vocab_size=46, intermediate_size=40, num_key_value_heads=2, sliding_window=5)
    yield "mistral-no-window", MistralForCausalLM, MistralConfig(
        **OTHERS, vocab_size=53, intermediate_size=40, num_key_value_heads=2, head_dim=8, sliding_window=None,
        rope_theta=1000.0)
    yield "llama-biased-mlp-linear", LlamaForCausalLM, LlamaConfig(
        **OTHERS, vocab_size=52, intermediate_size=40, num_key_value_heads=2, mlp_bias=True,
        rope_scaling={"rope_type": "linear", "factor": 2.5})
    yield "llama-scaled-by-parts", LlamaForCausalLM, LlamaConfig(
        **OTHERS, vocab_size=54, intermediate_size=40, num_key_value_heads=2, head_dim=12, rope_theta=100.0,
        rope_scaling={"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
                      "original_max_position_embeddings": 32})
    yield "neox-linear-quick-gelu", GPTNeoXForCausalLM, GPTNeoXConfig(
        **{**OTHERS, "num_attention_heads": 2}, vocab_size=55, intermediate_size=40, rotary_pct=0.5,
        hidden_act="quick_gelu", rope_scaling={"type": "linear", "factor": 4.0})
    yield "gpt2-squared-relu", GPT2LMHeadModel, GPT2Config(
        **GPT2, vocab_size=56, n_inner=24, activation_function="relu2")


def save(model, folder, dtype, shard):
    model.to(dtype).save_pretrained(folder, max_shard_size=shard)
    os.remove(os.path.join(folder, "generation_config.json"))
    files = len(glob.glob(os.path.join(folder, "*.safetensors")))
    assert files == (1 if shard == "5GB" else 2), f"{files} files of weights"


def parts(model):
    """The layers, and the norm after them."""
    for body, layers, norm in (("transformer", "h", "ln_f"), ("gpt_neox", "layers", "final_layer_norm"),
                               ("model", "layers", "norm")):
        if hasattr(model, body):
            return getattr(getattr(model, body), layers), getattr(getattr(model, body), norm)
    raise ValueError(type(model).__name__)


def measure(model, tokens):
    layers, norm = parts(model)
    stream, written, hooks = [], [], []
    for place in [*layers, norm]:
        hooks.append(place.register_forward_pre_hook(lambda _, inputs: stream.append(inputs[0][0].clone())))
    for layer in layers:
        hooks.append(layer.mlp.register_forward_hook(lambda _, inputs, out: written.append(out[0].clone())))
    out = model(torch.tensor([tokens]), output_attentions=True, use_cache=False)
    for hook in hooks:
        hook.remove()
    return {
        "tokens": tokens,
        "logprobs_last": out.logits[0, -1].log_softmax(-1),
        "loss": common.losses(out.logits[0], tokens),
        "pattern": [layer[0] for layer in out.attentions],
        "resid_norm": [rows.norm(dim=-1) for rows in stream],
        "mlp_out_norm": [rows.norm(dim=-1) for rows in written],
    }


def check_windows(config, sentence):
    """A window that the package did not apply would be no test of it."""
    kinds = getattr(config, "layer_types", None) or ["sliding_attention"] * config.num_hidden_layers
    window = getattr(config, "sliding_window", None)
    for layer, kind in enumerate(kinds):
        seen = sentence["pattern"][layer].tril(-window).any() if window else True
        assert seen == (not window or kind == "full_attention"), f"layer {layer}: its window is not as configured"


def make(out, number, name, kind, config, dtype=torch.float32, shard="5GB"):
    folder = common.fresh(out, name)
    model = kind(config)
    unknown = model.load_state_dict(common.fill(model.named_parameters(), number, 0.35), strict=False).unexpected_keys
    assert not unknown, unknown
    save(model, folder, dtype, shard)
    read = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float64, attn_implementation="eager").eval()
    measured = [measure(read, tokens) for tokens in common.sentences(config.vocab_size, number)]
    for sentence in measured:
        check_windows(config, sentence)
    common.write(folder, "expected.json", {
        "note": f"transformers {transformers.__version__}, float64; resid_norm: the stream before each layer and after"
                " the last",
        "sentences": common.plain(measured),
    })
    common.report(folder)


if __name__ == "__main__":
    transformers.utils.logging.disable_progress_bar()
    for count, model in enumerate(models()):
        make(sys.argv[1], count, *model)
