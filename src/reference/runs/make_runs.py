#!/usr/bin/env python3
"""Makes the activations of two invented runs with numpy, and what is to be read off them.

    python3 -m venv ~/runs && ~/runs/bin/pip install -r requirements.txt
    ~/runs/bin/python make_runs.py ../../test/resources/recorded

decoder.safetensors looks at nothing that comes later, encoder.safetensors does. expected.json has, for each, the mean
attention of every head to the four places that detectors look at, and the lengths of vectors, in float64. The same
versions make the same numbers again. Never needed to build.
"""
import json
import os
import sys

import numpy
from safetensors.numpy import save_file

TOKENS = ["<s>", " one", " two", " three", " one", " two", " three", " one", " two"]
# What each head of the decoder looks at most: the token before, the same token, the one after it, the first one, or any.
HEADS = [["previous", "first", "any"], ["duplicate", "induction", "any"]]


def places(kind, t):
    """The sources that a head of a kind looks at from a destination."""
    earlier = [s for s in range(t) if TOKENS[s] == TOKENS[t]]
    return {"previous": [t - 1] if t else [], "first": [0], "duplicate": earlier,
            "induction": [s + 1 for s in earlier if s + 1 < t], "any": []}[kind]


def softmax(scores):
    weights = numpy.exp(scores - scores.max(axis=-1, keepdims=True))
    return weights / weights.sum(axis=-1, keepdims=True)


def decoder(random):
    length, d_head, d_model = len(TOKENS), 4, 12
    run = {}
    stream = random.normal(size=(length, d_model))
    for layer, kinds in enumerate(HEADS):
        scores = random.normal(size=(len(kinds), length, length))
        for head, kind in enumerate(kinds):
            for t in range(length):
                scores[head, t, places(kind, t)] += 4
                scores[head, t, t + 1:] = -numpy.inf
        pattern = softmax(scores).astype(numpy.float32)
        v = random.normal(size=(length, len(kinds), d_head))
        name = f"blocks.{layer}."
        run[name + "attn.hook_attn_scores"] = scores.astype(numpy.float32)
        run[name + "attn.hook_pattern"] = pattern
        run[name + "attn.hook_v"] = v.astype(numpy.float32)
        run[name + "attn.hook_z"] = numpy.einsum("hts,shk->thk", pattern, v).astype(numpy.float32)
        run[name + "hook_resid_pre"] = stream.astype(numpy.float32)
        stream = stream + random.normal(size=(length, d_model))
        run[name + "hook_resid_post"] = stream.astype(numpy.float32)
        run[name + "ln1.hook_scale"] = numpy.ones((length, 1), numpy.float32)  # of which no picture is made
    return run


def encoder(random):
    length = len(TOKENS)
    scores = 2 * random.normal(size=(2, 1, 2, length, length))  # with the batch of one that caches have
    return {f"blocks.{layer}.attn.hook_pattern": softmax(scores[layer]).astype(numpy.float16) for layer in range(2)}


def detectors(pattern):
    """Mean attention over the destinations after the first; duplicate and induction where the token was there before."""
    length = len(TOKENS)
    returning = [t for t in range(1, length) if places("duplicate", t)]
    means = {"previous": [pattern[t, t - 1] for t in range(1, length)], "first": [pattern[t, 0] for t in range(1, length)],
             "duplicate": [pattern[t, places("duplicate", t)].sum() for t in returning],
             "induction": [pattern[t, places("induction", t)].sum() for t in returning]}
    return {kind: float(numpy.mean(values)) for kind, values in means.items()}


def expected(run):
    heads, norms = {}, {}
    for name, tensor in run.items():
        exact = tensor.astype(numpy.float64)
        layer = name.split(".")[1]
        if name.endswith("hook_pattern"):
            for head, pattern in enumerate(exact.reshape((-1,) + exact.shape[-2:])):
                heads[f"L{layer}H{head}"] = detectors(pattern)
        elif not name.endswith("hook_attn_scores") and not name.endswith("hook_scale"):
            norms[name] = numpy.linalg.norm(exact, axis=-1).T.tolist()  # by head, if it is by head, and position
    return {"detectors": heads, "norms": norms}


def main(folder):
    os.makedirs(folder, exist_ok=True)
    random = numpy.random.default_rng(14)
    known = {}
    for make, metadata in ((decoder, {"causal": "true", "model": "made with numpy"}), (encoder, {})):
        run = make(random)
        metadata["tokens"] = json.dumps(TOKENS)
        metadata["name"] = make.__name__
        # The package writes the memory of an array as it lies, whatever its strides say.
        run = {name: numpy.ascontiguousarray(tensor) for name, tensor in run.items()}
        save_file(run, os.path.join(folder, make.__name__ + ".safetensors"), metadata)
        known[make.__name__] = expected(run)
    with open(os.path.join(folder, "expected.json"), "w", encoding="utf-8") as file:
        json.dump(known, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
