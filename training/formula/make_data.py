#!/usr/bin/env python3
"""Makes formulas with truth: make_data.py OUT --count N --seed S [--held_out_fonts] [--grade clean|degraded|both] [--shard I]

Writes OUT/NAME.npz: pictures (uint8, HEIGHT rows, side by side), their left edges, the signs drawn (class, place, italic or
not) and where those of each formula begin, the LaTeX tokens of each. The same arguments give the same file.
"""
import argparse
from pathlib import Path

import numpy as np

from degrade import model_input
from expressions import Expressions
from scanning import scanned
from styles import random_style
from typeset import typeset

MAX_TOKENS = 100


def made(random, held_out=False, grade="both"):
    """One example: (picture, LaTeX tokens, classes, places and italics of the signs)."""
    expressions = Expressions(random)
    while True:
        style = random_style(random, held_out)
        picture, tokens, drawn = typeset(expressions.formula(), style, margin=int(random.integers(2, 16)))
        if len(tokens) > MAX_TOKENS or len(tokens) < 4 or picture.shape[1] > 44 * style.em or picture.shape[0] > 5.5 * style.em:
            continue
        degraded = random.random() < 0.65 if grade == "both" else grade == "degraded"
        picture, places, em = scanned(picture, drawn.places, style.em, random, degraded)
        laid = model_input(picture, places, em, random)
        if laid is None:
            continue
        return laid[0], tokens, drawn.classes, laid[1], drawn.italic


def shard(path, count, seed, held_out=False, grade="both"):
    random = np.random.default_rng(seed)
    examples = [made(random, held_out, grade) for _ in range(count)]
    np.savez(path, pictures=np.concatenate([e[0] for e in examples], axis=1),
             edges=np.cumsum([0] + [e[0].shape[1] for e in examples]),
             starts=np.cumsum([0] + [len(e[2]) for e in examples]), classes=np.concatenate([e[2] for e in examples]),
             places=np.concatenate([e[3] for e in examples]).astype(np.float16), italic=np.concatenate([e[4] for e in examples]),
             latex=np.array(["\t".join(e[1]) for e in examples]))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=48000)
    parser.add_argument("--shard_size", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--held_out_fonts", action="store_true")
    parser.add_argument("--grade", choices=("clean", "degraded", "both"), default="both")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for first in range(0, arguments.count, arguments.shard_size):
        path = arguments.out / f"{arguments.grade}-{arguments.seed}-{first:06d}.npz"
        if path.exists():
            continue
        beside = path.with_suffix(".part.npz")
        shard(beside, min(arguments.shard_size, arguments.count - first), [arguments.seed, first], arguments.held_out_fonts, arguments.grade)
        beside.rename(path)
        print(path.name, flush=True)


if __name__ == "__main__":
    main()
