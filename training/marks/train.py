#!/usr/bin/env python3
"""Trains the marks network: train.py DATA OUT [--steps N] [--threads 1] [--start CHECKPOINT] [--shards N]

DATA is a folder of make_data.py's shards. Writes OUT (a state dict, every 200 steps and at the end) and prints the loss. Fixed seeds; the
convolutions run in bf16 unless --no_bf16.
"""
import argparse
import math
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

import signs as S
from model import MarksModel
from scanning import as_ink

BATCH = 32
RATE, WARM_UP = 4e-3, 100
NOTHING_WEIGHT = 0.4  # cells of paper and of rims are four in five


def shards_of(folder, most):
    return sorted(p for p in Path(folder).glob("*.npz") if ".part" not in p.name)[:most]


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
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data")
    parser.add_argument("out", type=Path)
    parser.add_argument("--steps", type=int, default=5000)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--shards", type=int, default=10**9, help="only the first so many")
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--no_bf16", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    random = np.random.default_rng(arguments.seed)
    model = MarksModel()
    if arguments.start:
        model.load_state_dict(torch.load(arguments.start))
    model.to(memory_format=torch.channels_last)
    weights = torch.ones(len(S.SIGNS))
    weights[0] = NOTHING_WEIGHT
    matrices = [p for p in model.parameters() if p.dim() > 1]
    others = [p for p in model.parameters() if p.dim() <= 1]
    optimizer = torch.optim.AdamW([{"params": matrices, "weight_decay": 0.02}, {"params": others, "weight_decay": 0}], arguments.rate, (0.9, 0.98))
    step, began, used, sums, shards = 0, time.time(), time.process_time(), np.zeros(3), []
    while step < arguments.steps:
        shards = shards or list(random.permutation(shards_of(arguments.data, arguments.shards)))
        for strips, truth in batches_of(shards.pop(), random):
            rate = arguments.rate * min(1, (step + 1) / WARM_UP) * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(1, step / arguments.steps))))
            for part in optimizer.param_groups:
                part["lr"] = rate
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=not arguments.no_bf16):
                logits = model(strips.contiguous(memory_format=torch.channels_last))
            logits = logits.float().permute(0, 2, 3, 1).flatten(0, 2)
            truth = truth.flatten()
            loss = F.cross_entropy(logits, truth, weight=weights)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 3.0)
            optimizer.step()
            with torch.no_grad():
                right = logits.argmax(1) == truth
                sums += [float(loss), float(right[truth > 2].float().mean()), float(right[truth > 0].float().mean())]
            step += 1
            if step % 50 == 0:
                print(f"step {step} loss {sums[0] / 50:.4f} named {sums[1] / 50:.4f} inked {sums[2] / 50:.4f} rate {rate:.2e} "
                      f"seconds {time.time() - began:.0f} of CPU {time.process_time() - used:.0f}", flush=True)
                sums[:] = 0
            if step % 200 == 0 or step == arguments.steps:
                beside = arguments.out.with_suffix(".part")
                torch.save(model.state_dict(), beside)
                beside.rename(arguments.out)
            if step >= arguments.steps:
                break


if __name__ == "__main__":
    main()
