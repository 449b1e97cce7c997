"""What both scripts have in common: random weights, sentences, and how numbers are written."""
import json
import os
import shutil

import torch

DIGITS = 7
LENGTHS = (9, 16)  # of the two sentences

torch.set_num_threads(1)
torch.set_grad_enabled(False)


def fill(named, seed, scale):
    """Random weights: norms about 1, biases not zero, so that nothing that is left out or put elsewhere goes unseen.

    named: names and tensors; scale: the spread of the matrices. Returns the new tensors by name, in float32.
    """
    random = torch.Generator().manual_seed(seed)
    filled = {}
    for name, tensor in named:
        values = torch.randn(tensor.shape, generator=random)
        kind = name.rsplit(".", 1)[-1]
        if tensor.dim() == 1 and kind in ("weight", "w"):
            values = 1 + 0.3 * values
        elif kind == "bias" or kind.lstrip("_").startswith("b"):
            values = 0.3 * values
        elif "emb" in name or "wte" in name or "wpe" in name:
            values = 0.5 * values
        else:
            values = scale * values
        filled[name] = values
    return filled


def sentences(vocabulary, seed):
    random = torch.Generator().manual_seed(1000 + seed)
    return [torch.randint(vocabulary, (length,), generator=random).tolist() for length in LENGTHS]


def losses(logits, tokens):
    """Of positions 0..T-2: how surprised the model is by the next token."""
    chances = logits.log_softmax(-1)
    return [-chances[t, tokens[t + 1]] for t in range(len(tokens) - 1)]


def plain(value):
    """Tensors and lists of them as rounded numbers."""
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, torch.Tensor):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    if isinstance(value, float):
        value = float(f"{value:.{DIGITS}g}")
        return int(value) if value.is_integer() else value
    return value


def fresh(out, name):
    """An empty folder for a model."""
    folder = os.path.join(out, name)
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    return folder


def write(folder, file, content, indent=None):
    with open(os.path.join(folder, file), "w", encoding="utf-8", newline="\n") as out:
        json.dump(content, out, indent=indent, separators=None if indent else (",", ":"))
        out.write("\n")


def report(folder):
    size = sum(os.path.getsize(os.path.join(folder, file)) for file in os.listdir(folder))
    print(f"{os.path.basename(folder)}: {size / 1024:.0f} KiB")
