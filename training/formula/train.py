#!/usr/bin/env python3
"""Trains the formula model: train.py DATA OUT [--steps N] [--threads 1] [--start CHECKPOINT]

DATA is a folder of make_data.py's shards. Writes OUT (a state dict, every 200 steps and at the end) and prints the losses.
Fixed seeds; the convolutions run in bf16 unless --no_bf16.
"""
import numpy as np
import torch
from torch.nn import functional as F

import signs as S
from descent import Descent, parser_of
from examples import Shard, batch_of, batches_of
from model import PLACE, FormulaModel
from shards import shards_of

AREA = 5000  # columns of pixels in a batch: about 10 formulas, 350 signs
RATE, WARM_UP = 2.5e-3, 150
NOTHING_WEIGHT, PLACE_WEIGHT, ITALIC_WEIGHT = 0.25, 5.0, 0.1


def loss_of(descent, batch):
    """The loss, and what is printed of it: that of the signs, of their places, of italics, and the share of cells named rightly."""
    pictures, classes, places, italics = batch
    cells = descent.seen(pictures)
    chosen, truth = cells.flatten(0, 2), classes.flatten()
    count = len(S.SIGNS)
    weights = torch.ones(count)
    weights[0] = NOTHING_WEIGHT
    sign = F.cross_entropy(chosen[:, :count], truth, weight=weights)
    inked = truth > 0
    wanted = places.permute(0, 2, 3, 1).flatten(0, 2)[inked]
    errors = F.smooth_l1_loss(chosen[inked][:, count:count + PLACE], wanted, beta=0.1, reduction="none")
    is_bar = truth[inked] == S.INDEX[S.BAR]
    errors[:, [0, 2, 5]] = errors[:, [0, 2, 5]] * (~is_bar[:, None])  # a bar's ends are seen where its cells end
    slanted = italics.flatten()
    letters = slanted >= 0
    italic = F.binary_cross_entropy_with_logits(chosen[letters][:, -1], slanted[letters])
    right = (chosen[inked][:, :count].argmax(1) == truth[inked]).float().mean()
    place = errors.mean()
    return sign + PLACE_WEIGHT * place + ITALIC_WEIGHT * italic, (sign.detach(), place.detach(), italic.detach(), right)


def main():
    arguments = parser_of(__doc__, 13000, RATE).parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    random = np.random.default_rng(arguments.seed)
    descent = Descent(FormulaModel(), arguments, WARM_UP)
    sums, shards = np.zeros(4), []
    while not descent.is_done:
        shards = shards or list(random.permutation(shards_of(arguments.data)))
        for group in batches_of(Shard(shards.pop()), AREA, random):
            loss, parts = loss_of(descent, batch_of(group, random))
            descent.down(loss)
            sums += [float(x) for x in parts]
            if descent.step % 50 == 0:
                print(f"step {descent.step} sign {sums[0] / 50:.3f} place {sums[1] / 50:.4f} italic {sums[2] / 50:.3f} right {sums[3] / 50:.4f} "
                      f"{descent.spent()}", flush=True)
                sums[:] = 0
            if descent.is_done:
                break


if __name__ == "__main__":
    main()
