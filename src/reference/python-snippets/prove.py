#!/usr/bin/env python3
"""Runs the programs that gather.py has gathered, and compares what each computes with the table of its picture.

    prove.py gathered.json

Needs the server that they were gathered from, and TransformerLens in one of the versions that the programs name. A figure may
be off by 2e-4 of the largest of its column; texts and whole numbers must be equal. The exit code is 1 where one is not.
"""
import contextlib
import io
import json
import math
import sys
import traceback
from importlib.metadata import version

ALLOWED = 2e-4
COARSE = {"head-grid": 8e-3}  # its figures are bytes


def number(cell):
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def plain(cell):
    return "" if cell is None or (isinstance(cell, float) and not math.isfinite(cell)) else cell


def off(mine, theirs):
    """The largest difference as a share of the largest figure of its column; raises where something else differs."""
    if len(mine) != len(theirs):
        raise ValueError(f"{len(mine)} rows, expected {len(theirs)}")
    most = 0.0
    if not theirs:
        return most
    for column in range(len(theirs[0])):
        largest = max((abs(row[column]) for row in theirs if number(row[column])), default=0) or 1
        for row, expected in zip(mine, theirs):
            a, b = plain(row[column]), plain(expected[column])
            if number(a) and number(b):
                most = max(most, abs(a - b) / largest)
            elif a != b:
                raise ValueError(f"{a!r}, expected {b!r}, in {expected}")
    return most


def drawn(values, triangles):
    """The same of what is drawn: lower triangles, a head each."""
    most, largest = 0.0, max(abs(x or 0) for triangle in triangles for x in triangle) or 1
    for head, triangle in enumerate(triangles):
        at = 0
        for t in range(values.shape[0]):
            for s in range(t + 1):
                most = max(most, abs(values[t, s, head].item() - (triangle[at] or 0)) / largest)
                at += 1
    return most


def main(gathered):
    lens = version("transformer-lens")
    with open(gathered, encoding="utf-8") as file:
        pictures = json.load(file)
    bad, other = 0, 0
    seen = set()
    for picture in pictures:
        python = picture["python"]
        what = f"{picture['name']} ({picture['element']})"
        if not python:
            print(f"not offered | | {what} | {picture['page']}")
            continue
        if python in seen:
            continue
        seen.add(python)
        title, needs = python.split("\n")[:2]
        if "TransformerLens" in needs and lens not in needs:
            other += 1
            continue
        space = {"__name__": "snippet"}
        try:
            with contextlib.redirect_stdout(io.StringIO()) as printed:
                exec(compile(python, picture["name"], "exec"), space)
            if space["header"] != picture["header"]:
                raise ValueError(f"header {space['header']}, expected {picture['header']}")
            share = off([list(row) for row in space["rows"]], picture["rows"])
            if "drawn" in space:
                share = max(share, drawn(space["drawn"], picture["drawn"]))
            assert printed.getvalue().count("\n") >= len(picture["rows"])
            good = share <= COARSE.get(picture["element"], ALLOWED)
            bad += not good
            print(f"{'equal' if good else 'OFF'} | {share:.0e} | {title[2:]} | {len(picture['rows'])} rows")
        except Exception as failed:
            bad += 1
            print(f"FAILED | | {title[2:]} ({picture['element']}) | {type(failed).__name__}: {str(failed)[:300]} | {picture['page']}")
            if "-v" in sys.argv:
                traceback.print_exc()
                print(python)
    print(f"{bad} bad; {other} programs are for other versions than {lens}")
    sys.exit(bad > 0)


if __name__ == "__main__":
    main(sys.argv[1])
