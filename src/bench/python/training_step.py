"""The training step of TrainingBenchmark in PyTorch eager: prints tokens a second with one thread and with two."""

import time

import torch
from torch.nn.functional import cross_entropy

LAYERS, D, HEADS, VOCABULARY, T, ROWS = 2, 128, 4, 2048, 128, 32
K = D // HEADS


def parameter(*shape):
    return torch.nn.Parameter(torch.randn(*shape) * 0.1)


embedding, unembedding, positions = parameter(VOCABULARY, D), parameter(D, VOCABULARY), parameter(T, D)
layers = [[parameter(D, D) for _ in range(4)] for _ in range(LAYERS)]  # W_Q, W_K, W_V, W_O
mask = torch.ones(T, T).tril() == 0


def heads(x):
    return x.view(ROWS, T, HEADS, K).transpose(1, 2)


def loss_of(tokens):
    x = embedding[tokens[:, :-1]]
    for w_q, w_k, w_v, w_o in layers:
        asked = x + positions  # shortformer: positions reach queries and keys only
        q, k, v = heads(asked @ w_q), heads(asked @ w_k), heads(x @ w_v)
        pattern = (q @ k.transpose(2, 3) / K**0.5).masked_fill(mask, float("-inf")).softmax(-1)
        x = x + (pattern @ v).transpose(1, 2).reshape(ROWS, T, D) @ w_o
    return cross_entropy((x @ unembedding).view(-1, VOCABULARY), tokens[:, 1:].reshape(-1))


def tokens_a_second(threads):
    torch.set_num_threads(threads)
    trained = [embedding, unembedding, positions] + [w for layer in layers for w in layer]
    optimizer = torch.optim.AdamW(trained, lr=1e-4)
    times = []
    for _ in range(40):
        tokens = torch.randint(VOCABULARY, (ROWS, T + 1))
        begun = time.perf_counter()
        optimizer.zero_grad()
        loss_of(tokens).backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        times.append(time.perf_counter() - begun)
    return ROWS * T / sorted(times[5:])[len(times[5:]) // 2]


print(f"{torch.__version__}: {tokens_a_second(1):,.0f} on one thread, {tokens_a_second(2):,.0f} on two")
