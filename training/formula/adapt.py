#!/usr/bin/env python3
"""Goes on with a trained formula model on what people corrected: adapt.py DATA CHECKPOINT --corrections FOLDER [--steps N] [--threads 1]

DATA is a folder of make_data.py's shards: corrected formulas are a third of every batch at most, so that what the model knows stays known.
Without corrections nothing is changed.
"""
from pathlib import Path

import numpy as np
import torch

from corrected import corrected_examples
from descent import Descent, parser_of
from examples import Shard, batch_of, batches_of
from model import Exported, FormulaModel
from shards import shards_of
from train import AREA, loss_of

RATE, WARM_UP = 4e-4, 20
DRAWN = 0.67  # share of a batch's columns


def main():
    parser = parser_of(__doc__, 600, RATE)
    parser.add_argument("--corrections", type=Path, required=True)
    arguments = parser.parse_args()
    arguments.start = arguments.out
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    random = np.random.default_rng(arguments.seed)
    model = FormulaModel()
    model.load_state_dict(torch.load(arguments.start))
    corrected = corrected_examples(arguments.corrections, Exported(model).eval())
    if not corrected:
        return
    descent, shards = Descent(model.train(), arguments, WARM_UP), []
    while not descent.is_done:
        shards = shards or list(random.permutation(shards_of(arguments.data)))
        for group in batches_of(Shard(shards.pop()), int(DRAWN * AREA), random):
            widest = max(e[0].shape[1] for e in group)
            fitting = [e for e in corrected if e[0].shape[1] <= 1.2 * widest] or corrected
            for _ in range(max(1, int((1 - DRAWN) * AREA / widest))):
                group.append(fitting[int(random.integers(len(fitting)))])
            loss = loss_of(descent, batch_of(group, random))[0]
            descent.down(loss)
            if descent.step % 50 == 0:
                print(f"step {descent.step} loss {float(loss):.4f} {descent.spent()}", flush=True)
            if descent.is_done:
                break


if __name__ == "__main__":
    main()
