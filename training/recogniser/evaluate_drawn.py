#!/usr/bin/env python3
"""Measures a trained network on drawn lines: evaluate_drawn.py CHECKPOINT SHARD.npz...

Per shard, over lines that hold nothing outside of the alphabet: the share of characters read wrongly (edits over printed ones, without
spaces) and of whole lines read rightly; for several beliefs how many lines are taken (as evaluate.py takes them), and how many of these are wrong, and wrong in a digit.
Lines with OTHER: how many would be taken all the same.
"""
import sys

import numpy as np
import torch

import alphabet as A
from ink import explains
from model import Exported, LineModel
from scanning import as_ink
from strips import loaded

BELIEFS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999)


def read(network, picture):
    """(text, belief of the least sure character, -1 where the line is none to take): greedily decoded, as the program does."""
    width = max(96, (picture.shape[1] + 31) // 32 * 32)
    strip = np.zeros((1, 1, 48, width), np.float32)
    strip[0, 0, :, :picture.shape[1]] = as_ink(picture)
    with torch.no_grad():
        beliefs, classes = network(torch.from_numpy(strip))[0].max(1)
    found, last = [], 0  # class, belief, first cell, last cell
    for cell, (belief, chosen) in enumerate(zip(beliefs.tolist(), classes.tolist())):
        if chosen and chosen == last:
            found[-1][1:] = [max(found[-1][1], belief), found[-1][2], cell]
        elif chosen:
            found.append([chosen, belief, cell, cell])
        last = chosen
    text = "".join(A.CHARACTERS[one[0] - 1] for one in found)
    middles = [((first + end) / 2 + 0.5) * 4 for chosen, _, first, end in found if A.CHARACTERS[chosen - 1] != " "]
    is_taken = picture.shape[1] <= A.WIDEST and A.is_easy(text) and explains(picture, middles)
    return text, min(one[1] for one in found) if is_taken else -1.0


def edits(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row, above = [i], row
        for j, y in enumerate(b, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (x != y)))
    return row[-1]


def main():
    torch.set_num_threads(1)
    model = LineModel()
    model.load_state_dict(torch.load(sys.argv[1]))
    network = Exported(model).eval()
    for path in sys.argv[2:]:
        known, foreign = [], []
        for picture, text, _ in loaded(path):
            found, belief = read(network, picture)
            printed = A.bare(text)
            if A.OTHER in text:
                foreign.append(belief)
            elif printed:
                known.append((printed, A.bare(found), belief))
        wrong, printed = sum(edits(a, b) for a, b, _ in known), sum(len(a) for a, _, _ in known)
        print(f"{path}: {len(known)} lines, {printed} characters, wrong {wrong / printed:.4f}, lines right {np.mean([a == b for a, b, _ in known]):.4f}")
        for t in BELIEFS:
            taken = [(a, b) for a, b, belief in known if belief >= t]
            digits = lambda s: "".join(c for c in s if c in A.DIGITS)  # noqa: E731
            print(f"  {t}: taken {len(taken) / len(known):.3f}, of these wrong {sum(a != b for a, b in taken)} lines ({sum(edits(a, b) for a, b in taken)} characters), "
                  f"in a digit {sum(digits(a) != digits(b) for a, b in taken)}; of {len(foreign)} lines with others taken {sum(b >= t for b in foreign)}")


if __name__ == "__main__":
    main()
