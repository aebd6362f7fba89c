#!/usr/bin/env python3
"""Goes on with a trained formula model on what people corrected: adapt.py DATA CHECKPOINT --corrections FOLDER [--steps N] [--threads 1]

DATA is a folder of make_data.py's shards: corrected formulas are a third of every batch at most, so that what the model knows stays known. A fifth of
the corrections is held out: unless more of their cells are named rightly afterwards, nothing is changed; nor is it without corrections.
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

RATE, WARM_UP = 2e-4, 20
DRAWN = 0.67  # share of a batch's columns
HELD_OUT = 5  # every so many-th correction


@torch.no_grad()
def named_share(descent, examples):
    """Share of the cells with a sign that are named rightly."""
    descent.model.eval()
    shares = [float(loss_of(descent, batch_of([example]))[1][3]) for example in examples]
    descent.model.train()
    return float(np.mean(shares))


def main():
    parser = parser_of(__doc__, 400, RATE)
    parser.add_argument("--corrections", type=Path, required=True)
    arguments = parser.parse_args()
    arguments.start = arguments.out
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    random = np.random.default_rng(arguments.seed)
    model = FormulaModel()
    model.load_state_dict(torch.load(arguments.start))
    corrected = corrected_examples(arguments.corrections, Exported(model).eval())
    if len(corrected) < HELD_OUT:
        return
    held_out, corrected = corrected[::HELD_OUT], [e for at, e in enumerate(corrected) if at % HELD_OUT]
    trained = arguments.out
    arguments.out = trained.with_suffix(".adapted.pt")
    descent, shards = Descent(model, arguments, WARM_UP), []
    before = named_share(descent, held_out)
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
    after = named_share(descent, held_out)
    print(f"held-out corrections: {before:.4f} of the cells named rightly before, {after:.4f} after", flush=True)
    if after > before:
        arguments.out.replace(trained)


if __name__ == "__main__":
    main()
