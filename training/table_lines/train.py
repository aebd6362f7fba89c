#!/usr/bin/env python3
"""Trains the table lines network. Usage: train.py TABLES OUT.pt [--steps 4500] [--threads 1] [--seed 1] [--start FILE.pt]

TABLES is what documents.py made. Every twentieth document is kept out. Pictures are weathered anew at every step, in one
process beside this one.
"""
import json
import multiprocessing
from pathlib import Path

import cv2
import numpy as np
import torch

import scans
import targets
from descent import Descent, parser_of
from separators import Separators
from units import MAP_STEP, MULTIPLE, STEP

HELD_OUT = 20             # every so many-th document
BATCH_PIXELS = 400_000  # of a batch; tables of about one size come together
FEWEST, MOST = 4, 16      # tables of a batch
ALIKE = 60                # of the tables nearest in size a batch is drawn from
KEPT = 120                # batches that steps are drawn from ...
SEEN = 2                  # ... each about so many times: weathering a batch costs as much as a step
TOLD_EVERY = 50           # steps
_state = {}


def is_held_out(name):
    return int(name.split("-")[0]) % HELD_OUT == 0


def overlays_of(folder):
    return {kind: [cv2.imread(str(p), cv2.IMREAD_UNCHANGED) for p in sorted((folder / "overlays").glob(f"{kind}-*.png"))]
            for kind in ("seals", "watermarks")}


def start_worker(folder, names, seed):
    cv2.setNumThreads(1)
    truths = json.loads((folder / "tables.json").read_text())
    sizes = {n: (truths[n]["ys"][-1] - truths[n]["ys"][0], truths[n]["xs"][-1] - truths[n]["xs"][0]) for n in names}
    _state.update(folder=folder, truths=truths, names=names, seed=seed, overlays=overlays_of(folder),
                  sizes=np.log(np.array([sizes[n] for n in names]) + 20))


def make_batch(step):
    random = np.random.default_rng([_state["seed"], step])
    first = int(random.integers(len(_state["names"])))
    apart = np.abs(_state["sizes"] - _state["sizes"][first]).sum(1)
    alike = np.argsort(apart, kind="stable")[:ALIKE]
    area = float(np.exp(_state["sizes"][first]).prod()) * scans.POINTS ** 2
    count = int(np.clip(BATCH_PIXELS / area, FEWEST, MOST))
    chosen = [first, *random.choice(alike, count - 1, replace=False)]
    made = []
    for index in chosen:
        name = _state["names"][int(index)]
        picture = cv2.imread(str(_state["folder"] / f"{name}.png"), cv2.IMREAD_GRAYSCALE)
        made.append(scans.scanned(picture, _state["truths"][name], random, _state["overlays"]))
    return collated(made)


def collated(made):
    """Tables of several sizes on white paper of one: (pictures, rows, columns, spans), each [B, ...]; targets carry their weights."""
    height = max(m[0].shape[0] for m in made)
    width = max(m[0].shape[1] for m in made)
    height, width = height + -height % MULTIPLE, width + -width % MULTIPLE
    pictures = np.zeros((len(made), 1, height, width), np.float32)
    rows, columns, spans = [], [], []
    for i, (ink, truth) in enumerate(made):
        pictures[i, 0, :ink.shape[0], :ink.shape[1]] = ink
        rows.append(np.stack(targets.line_target(truth, True, height // STEP)))
        columns.append(np.stack(targets.line_target(truth, False, width // STEP)))
        spans.append(np.concatenate(targets.map_target(truth, height // MAP_STEP, width // MAP_STEP)))
    return pictures, np.stack(rows), np.stack(columns), np.stack(spans)


def _weighted(logits, target, weight):
    loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, target, reduction="none")
    return (loss * weight).sum() / weight.sum().clamp(min=1)


def loss_of(answer, rows, columns, spans):
    parted = _weighted(answer[0][:, 0], rows[:, 0], rows[:, 1]) + _weighted(answer[1][:, 0], columns[:, 0], columns[:, 1])
    inside = _weighted(answer[0][:, 1], rows[:, 2], rows[:, 3]) + _weighted(answer[1][:, 1], columns[:, 2], columns[:, 3])
    return parted, inside, _weighted(answer[2], spans[:, :2], spans[:, 2:])


def batches(pool, steps, seed):
    """A batch for every step, out of some that are kept; one of them is made anew every so many steps."""
    random = np.random.default_rng([seed, 1 << 20])
    made = pool.imap(make_batch, range(KEPT + steps))
    kept = []
    for step in range(steps):
        if len(kept) < KEPT:
            kept.append(next(made))
        elif step % SEEN == 0:
            kept[int(random.integers(KEPT))] = next(made)
        yield kept[int(random.integers(len(kept)))]


def main():
    parser = parser_of(__doc__, steps=4500, rate=2e-3)
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(arguments.threads)
    folder = Path(arguments.data)
    names = [n for n in sorted(json.loads((folder / "tables.json").read_text())) if not is_held_out(n)]
    network = Separators()
    print(sum(p.numel() for p in network.parameters()), "weights,", len(names), "tables", flush=True)
    descent, sums = Descent(network, arguments, warm_up=150), np.zeros(3)
    network.train()
    with multiprocessing.Pool(1, start_worker, (folder, names, arguments.seed)) as pool:
        for pictures, *wanted in batches(pool, arguments.steps, arguments.seed):
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=not arguments.no_bf16):
                answer = network(torch.from_numpy(pictures).contiguous(memory_format=torch.channels_last))
            parts = loss_of([a.float() for a in answer], *(torch.from_numpy(w) for w in wanted))
            descent.down(sum(parts))
            sums += [float(p) for p in parts]
            if descent.step % TOLD_EVERY == 0:
                print(descent.step, *(f"{v:.4f}" for v in sums / TOLD_EVERY), descent.spent(), flush=True)
                sums[:] = 0


if __name__ == "__main__":
    main()
