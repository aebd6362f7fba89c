#!/usr/bin/env python3
"""Trains the page detector. Usage: train.py PAGES OUT [--steps 9000] [--batch 4] [--threads 1] [--seed 1] [--start CHECKPOINT]

PAGES is what documents.py made; OUT gets checkpoint.pt (taken up again when it is there) and log.txt. Every twentieth
document is kept for validation. In bfloat16 where the processor has it: five times as fast as single precision.
"""
import argparse
import collections
import glob
import json
import math
import multiprocessing
import struct
import time
from pathlib import Path

import cv2
import numpy as np
import torch

import weathering
from loss import loss_of
from network import LONG_SIDE, SHORT_SIDE, PageDetector
from regions import CLASSES

HELD_OUT = 20           # every so many-th document
LEARNING_RATE = 1.5e-3
WARM_UP = 100           # steps
AVERAGED = 0.998        # weights are averaged over the last some hundred steps
LYING_SHARE = 0.12      # of the batches show lying pages
SMALL_SHARE = 0.5       # of the steps see the pages small, which costs half
SMALL = (448, 320)
SHARPNESS = (1.1, 1.45) # pixels that a page is weathered at, a pixel of the input
READ_AHEAD = 6          # batches
_state = {}


def is_held_out(name):
    return int(name.split("-")[0]) % HELD_OUT == 0


def load_overlays(pages):
    return {kind: [cv2.imread(f, cv2.IMREAD_UNCHANGED) for f in sorted(glob.glob(str(pages / "overlays" / f"{kind}-*.png")))]
            for kind in ("seals", "watermarks")}


def is_lying(path):
    with path.open("rb") as stream:
        width, height = struct.unpack(">II", stream.read(24)[16:])  # of a PNG's first chunk
    return width > height


def start_worker(pages, names, options):
    cv2.setNumThreads(1)
    lying = {n for n in names if is_lying(pages / f"{n}.png")}
    _state.update(pages=pages, labels=json.loads((pages / "pages.json").read_text()), overlays=load_overlays(pages),
                  options=options, lying=sorted(lying), standing=sorted(set(names) - lying))


def make_batch(step):
    options = _state["options"]
    random = np.random.default_rng([options.seed, step])
    names = _state["lying"] if _state["lying"] and random.random() < LYING_SHARE else _state["standing"]
    sides = SMALL if step < options.small_share * options.steps else (LONG_SIDE, SHORT_SIDE)
    pictures, truths = [], []
    for _ in range(options.batch):
        name = names[int(random.integers(len(names)))]
        picture = cv2.imread(str(_state["pages"] / f"{name}.png"))
        factor = min(1.0, random.uniform(*SHARPNESS) * sides[0] / max(picture.shape))
        picture = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        picture, boxes = weathering.weathered(picture, _state["labels"][name], random, _state["overlays"], sides)
        pictures.append(picture[:, :, ::-1].transpose(2, 0, 1))
        truths.append((np.array([b[1:] for b in boxes], np.float32).reshape(-1, 4), [CLASSES.index(b[0]) for b in boxes]))
    return np.stack(pictures), truths


def batches(pool, steps):
    """The batches in order, a few made ahead."""
    waiting = collections.deque()
    for step in steps:
        waiting.append(pool.apply_async(make_batch, (step,)))
        if len(waiting) > READ_AHEAD:
            yield waiting.popleft().get()
    while waiting:
        yield waiting.popleft().get()


def rate_at(step, steps):
    if step < WARM_UP:
        return (step + 1) / WARM_UP
    return 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * (step - WARM_UP) / max(1, steps - WARM_UP)))


class Averaged:
    """The moving average of a network's weights, which is what is exported."""

    def __init__(self, network):
        self.weights = {k: v.detach().clone() for k, v in network.state_dict().items()}

    def update(self, network, step):
        keep = min(AVERAGED, (step + 1) / (step + 10))
        for key, value in network.state_dict().items():
            if value.dtype.is_floating_point:
                self.weights[key].lerp_(value.detach(), 1 - keep)
            else:
                self.weights[key].copy_(value)


def train(options):
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    names = [n for n in sorted(json.loads((options.pages / "pages.json").read_text())) if not is_held_out(n)]
    network = PageDetector().to(memory_format=torch.channels_last)
    decayed = [p for p in network.parameters() if p.ndim > 1]
    others = [p for p in network.parameters() if p.ndim <= 1]
    optimiser = torch.optim.AdamW([{"params": decayed, "weight_decay": 0.02}, {"params": others, "weight_decay": 0}], LEARNING_RATE)
    averaged, step = Averaged(network), 0
    checkpoint = options.out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint)
        network.load_state_dict(state["network"])
        optimiser.load_state_dict(state["optimiser"])
        averaged.weights, step = state["averaged"], state["step"]
    elif options.start:
        network.load_state_dict(torch.load(options.start)["averaged"])
        averaged = Averaged(network)
    started, sums = time.time(), np.zeros(2)
    with multiprocessing.Pool(options.workers, start_worker, (options.pages, names, options)) as pool:
        for pictures, truths in batches(pool, range(step, options.steps)):
            image = torch.from_numpy(pictures).float().div_(255).contiguous(memory_format=torch.channels_last)
            truths = [(torch.from_numpy(b), torch.tensor(c, dtype=torch.long)) for b, c in truths]
            for group in optimiser.param_groups:
                group["lr"] = LEARNING_RATE * options.rate * rate_at(step, options.steps)
            network.train()
            with torch.cpu.amp.autocast(dtype=torch.bfloat16):
                levels = network(image)
            score_loss, box_loss = loss_of(levels, truths)
            optimiser.zero_grad(set_to_none=True)
            (score_loss + box_loss).backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 10.0)
            optimiser.step()
            averaged.update(network, step)
            sums += (float(score_loss), float(box_loss))
            step += 1
            if step % 25 == 0:
                with (options.out / "log.txt").open("a") as log:
                    log.write(f"{step} {sums[0] / 25:.4f} {sums[1] / 25:.4f} {time.time() - started:.0f}s\n")
                sums[:] = 0
            if step % 100 == 0 or step == options.steps:
                partial = checkpoint.with_suffix(".partial")
                torch.save({"network": network.state_dict(), "optimiser": optimiser.state_dict(), "averaged": averaged.weights,
                            "step": step}, partial)
                partial.replace(checkpoint)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--steps", type=int, default=9000)
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--small-share", type=float, default=SMALL_SHARE)
    parser.add_argument("--rate", type=float, default=1.0, help="times the learning rate")
    parser.add_argument("--start", type=Path, help="a checkpoint whose weights to begin with")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
