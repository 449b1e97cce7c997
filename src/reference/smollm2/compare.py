#!/usr/bin/env python3
"""Compares what a running Headlight answers about SmolLM2-135M-Instruct with what transformers computed of it.

    compare.py http://localhost:8080 expected.json

expected.json has sentences (text, tokens, loss) and zero_ablation (text, tokens [answer, wrong], logit_difference by head).
"""
import json
import sys
import time
import urllib.request

NAME = "SmolLM2-135M-Instruct"


def main(server, expected):
    with open(expected, encoding="utf-8") as file:
        known = json.load(file)

    def post(what, body):
        request = urllib.request.Request(
            f"{server}/api/v1/models/{NAME}/{what}", json.dumps(body).encode(), {"Content-Type": "application/json"})
        begun = time.time()
        with urllib.request.urlopen(request, timeout=600) as answer:
            return json.load(answer), time.time() - begun

    for sentence in known["sentences"]:
        run, seconds = post("run", {"text": sentence["text"]})
        off = max(abs(a - b) for a, b in zip(run["loss"], sentence["loss"]))
        print(f"tokens {'equal' if run['tokens'] == sentence['tokens'] else 'DIFFER'}, loss off by {off:.1e}, {seconds:.2f} s")
    cut = known["zero_ablation"]
    answer, wrong = cut["tokens"]
    off = 0
    for head, difference in cut["logit_difference"].items():
        run, _ = post("run", {"text": cut["text"], "edits": [{"site": "head", "head": head, "do": "zero"}]})
        logits = run["logits_last"]
        off = max(off, abs(logits[answer] - logits[wrong] - difference))
    print(f"{len(cut['logit_difference'])} heads turned off, difference of logits off by {off:.1e}")
    clean = known["sentences"][0]["tokens"]
    place = max(i for i, token in enumerate(clean) if token == wrong)
    pair = {"clean": {"tokens": clean}, "corrupt": {"tokens": clean[:place] + [answer] + clean[place + 1:]},
            "answer": answer, "wrong": wrong}
    for method in ("eap", "eap-ig"):
        edges, seconds = post("edges", {**pair, "method": method, "top": 5})
        print(f"{method}: {seconds:.1f} s, {edges['edges']}")
    circuit, seconds = post("circuit", {**pair, "method": "eap-ig", "top": 1000})
    print(f"the 1,000 strongest edges: faithfulness {circuit['faithfulness']:.2f}, {seconds:.1f} s")


if __name__ == "__main__":
    main(*sys.argv[1:3])
