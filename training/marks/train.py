#!/usr/bin/env python3
"""Trains the marks network: train.py DATA OUT [--steps N] [--threads 1] [--start CHECKPOINT] [--shards N]

DATA is a folder of make_data.py's shards. Writes OUT (a state dict, every 200 steps and at the end) and prints the loss. Fixed seeds; the
convolutions run in bf16 unless --no_bf16.
"""
import numpy as np
import torch
from torch.nn import functional as F

import signs as S
from descent import Descent, parser_of
from model import MarksModel
from scanning import as_ink
from shards import shards_of

BATCH = 32
RATE, WARM_UP = 4e-3, 100
NOTHING_WEIGHT = 0.4  # cells of paper and of rims are four in five


def batches_of(path, random):
    """(strips, cells) in random order, a little moved and paler or darker each time."""
    with np.load(path) as held:
        pictures, cells = held["pictures"], held["cells"]
    order = random.permutation(len(pictures))
    for first in range(0, len(order) - BATCH + 1, BATCH):
        chosen = order[first:first + BATCH]
        strips = np.stack([as_ink(pictures[i]) for i in chosen]) * random.uniform(0.85, 1.15, (BATCH, 1, 1)).astype(np.float32)
        strips = np.roll(strips, (int(random.integers(-2, 3)), int(random.integers(-1, 2))), (1, 2))
        yield torch.from_numpy(strips[:, None]), torch.from_numpy(cells[chosen].astype(np.int64))


def main():
    parser = parser_of(__doc__, 11000, RATE)
    parser.add_argument("--shards", type=int, default=10**9, help="only the first so many")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    random = np.random.default_rng(arguments.seed)
    descent = Descent(MarksModel(), arguments, WARM_UP)
    weights = torch.ones(len(S.SIGNS))
    weights[0] = NOTHING_WEIGHT
    sums, shards = np.zeros(3), []
    while not descent.is_done:
        shards = shards or list(random.permutation(shards_of(arguments.data)[:arguments.shards]))
        for strips, truth in batches_of(shards.pop(), random):
            logits, truth = descent.seen(strips).flatten(0, 2), truth.flatten()
            loss = F.cross_entropy(logits, truth, weight=weights)
            descent.down(loss)
            with torch.no_grad():
                right = logits.argmax(1) == truth
                sums += [float(loss), float(right[truth > 2].float().mean()), float(right[truth > 0].float().mean())]
            if descent.step % 50 == 0:
                print(f"step {descent.step} loss {sums[0] / 50:.4f} named {sums[1] / 50:.4f} inked {sums[2] / 50:.4f} {descent.spent()}", flush=True)
                sums[:] = 0
            if descent.is_done:
                break


if __name__ == "__main__":
    main()
