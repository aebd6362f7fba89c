#!/usr/bin/env python3
"""Trains the formula model: train.py DATA OUT [--steps N] [--threads 1] [--start CHECKPOINT]

DATA is a folder of make_data.py's shards. Writes OUT (a state dict, every 200 steps and at the end) and prints the losses.
Fixed seeds; the convolutions run in bf16 unless --no_bf16.
"""
import argparse
import math
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

import signs as S
from examples import Shard, batch_of, batches_of, shards_of
from model import PLACE, FormulaModel

AREA = 4000  # columns of pixels in a batch: about 10 formulas, 350 signs
RATE, WARM_UP = 2.5e-3, 150
NOTHING_WEIGHT, PLACE_WEIGHT, ITALIC_WEIGHT = 0.25, 5.0, 0.1


def losses_of(model, batch, bf16):
    pictures, classes, places, italics = batch
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
        cells = model(pictures.contiguous(memory_format=torch.channels_last))
    cells = cells.float().permute(0, 2, 3, 1)
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
    return sign, errors.mean(), italic, right


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data")
    parser.add_argument("out", type=Path)
    parser.add_argument("--steps", type=int, default=30000)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--no_bf16", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    random = np.random.default_rng(arguments.seed)
    model = FormulaModel()
    if arguments.start:
        model.load_state_dict(torch.load(arguments.start))
    model.to(memory_format=torch.channels_last)
    matrices = [p for p in model.parameters() if p.dim() > 1]
    others = [p for p in model.parameters() if p.dim() <= 1]
    optimizer = torch.optim.AdamW([{"params": matrices, "weight_decay": 0.02}, {"params": others, "weight_decay": 0}], arguments.rate, (0.9, 0.98))
    step, began, used, sums, shards = 0, time.time(), time.process_time(), np.zeros(4), []
    while step < arguments.steps:
        shards = shards or list(random.permutation(shards_of(arguments.data)))
        for group in batches_of(Shard(shards.pop()), AREA, random):
            rate = arguments.rate * min(1, (step + 1) / WARM_UP) * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(1, step / arguments.steps))))
            for part in optimizer.param_groups:
                part["lr"] = rate
            sign, place, italic, right = losses_of(model, batch_of(group, random), not arguments.no_bf16)
            optimizer.zero_grad(set_to_none=True)
            (sign + PLACE_WEIGHT * place + ITALIC_WEIGHT * italic).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 3.0)
            optimizer.step()
            sums += [float(x) for x in (sign.detach(), place.detach(), italic.detach(), right)]
            step += 1
            if step % 50 == 0:
                print(f"step {step} sign {sums[0] / 50:.3f} place {sums[1] / 50:.4f} italic {sums[2] / 50:.3f} right {sums[3] / 50:.4f} "
                      f"rate {rate:.2e} seconds {time.time() - began:.0f} of CPU {time.process_time() - used:.0f}", flush=True)
                sums[:] = 0
            if step % 200 == 0 or step == arguments.steps:
                beside = arguments.out.with_suffix(".part")
                torch.save(model.state_dict(), beside)
                beside.rename(arguments.out)
            if step >= arguments.steps:
                break


if __name__ == "__main__":
    main()
