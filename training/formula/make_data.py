#!/usr/bin/env python3
"""Makes formulas with truth: make_data.py OUT --count N --seed S [--held_out_fonts] [--grade clean|degraded|both] [--shard I]

Writes OUT/NAME.npz: pictures (uint8, HEIGHT rows, side by side), their left edges, the signs drawn (class, place, italic or
not) and where those of each formula begin, the LaTeX tokens of each. The same arguments give the same file.
"""
import numpy as np

from degrade import model_input
from expressions import Expressions
from scanning import scanned
from shards import write_shards
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


if __name__ == "__main__":
    write_shards(__doc__, 48000, 1000, "held_out_fonts", shard)
