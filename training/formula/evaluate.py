#!/usr/bin/env python3
"""Measures a trained model: evaluate.py CHECKPOINT SHARD.npz... [--count N] [--show N]

Per shard: token similarity (1 - edit distance / longer length, mean over all formulas, those included that the grammar refuses),
share written without any error, share with all digits and points right, share refused, and what a threshold on the least sure
sign keeps and lets through.
"""
import argparse

import numpy as np
import torch

import signs as S
from decode import latex_tokens_of, signs_of
from examples import Shard
from model import Exported, FormulaModel
from scanning import as_ink

THRESHOLDS = (0.0, 0.5, 0.7, 0.8, 0.9)


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


def numbers(tokens):
    return [t for t in tokens if t in "0123456789."]


@torch.no_grad()
def seen_in(network, picture):
    """Signs and bars."""
    ink = as_ink(picture)
    padded = np.zeros((1, 1, ink.shape[0], -(-ink.shape[1] // 32) * 32), np.float32)
    padded[0, 0, :, :ink.shape[1]] = ink
    return signs_of(network(torch.from_numpy(padded)).numpy(), ink)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint")
    parser.add_argument("shards", nargs="+")
    parser.add_argument("--count", type=int, default=10**9)
    parser.add_argument("--show", type=int, default=0)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    model = FormulaModel()
    model.load_state_dict(torch.load(arguments.checkpoint))
    network = Exported(model).eval()
    for path in arguments.shards:
        shard = Shard(path)
        similar, exact, digits, least = [], [], [], []
        for index in range(min(len(shard), arguments.count)):
            truth = [t for t in shard.tokens(index) if t != S.SPACE]
            signs, bars = seen_in(network, shard.example(index)[0])
            made = latex_tokens_of(signs, bars)
            least.append(min((s.probability for s in signs), default=0) if made is not None else -1)
            if index < arguments.show:
                print("truth", "".join(truth), "\nmade ", "".join(made or ["none: "] + [s.sign for s in sorted(signs, key=lambda s: s.x0)]), f"{least[-1]:.2f}")
            made = made or latex_tokens_of(signs, bars, strict=False) or []
            similar.append(1 - distance(truth, made) / max(len(truth), len(made)))
            exact.append(truth == made)
            digits.append(numbers(truth) == numbers(made))
        exact, digits, least = map(np.array, (exact, digits, least))
        print(f"{path}: {len(exact)} formulas, similarity {np.mean(similar):.4f}, exact {exact.mean():.3f}, numbers right {digits.mean():.3f}, refused {(least < 0).mean():.3f}")
        for threshold in THRESHOLDS:
            kept = least >= threshold
            print(f"  least sure sign >= {threshold}: {kept.mean():.3f} kept, of them wrong {(~exact[kept]).mean() if kept.any() else 0:.3f}, "
                  f"with wrong numbers {(~digits[kept]).mean() if kept.any() else 0:.3f}")


if __name__ == "__main__":
    main()
