#!/usr/bin/env python3
"""Trains the small recogniser: train.py DATA OUT [--pages FOLDER] [--steps N] [--threads 1] [--start CHECKPOINT]

DATA is a folder of make_data.py's shards, FOLDER one of from_pages.py's (PAGES_SHARE of the batches). The loss is that of the text (CTC) and
that of every cell where it is known what stands there. Writes OUT every 200 steps and at the end, and prints the loss. Fixed seeds; the
convolutions run in bf16 unless --no_bf16.
"""
import cv2
import numpy as np
import torch
from torch.nn import functional as F

import alphabet as A
from descent import Descent, parser_of
from model import LineModel
from scanning import as_ink
from shards import shards_of
from strips import HEIGHT, loaded

COLUMNS, WIDEST = 7680, 640  # of a batch, padding counted; of a strip
CELL, CORE = 4, 0.5          # columns of a cell; share of a character's width in which it is named
RATE, WARM_UP = 3e-3, 150
STRETCH, WEIGHT_SHARE = (0.82, 1.2), 0.2
CELLS_WEIGHT, NOTHING_WEIGHT = 0.6, 0.4
PAGES_SHARE = 0.5


def cells_of(text, spans, cells):
    """The class of every cell; each character has one at least."""
    truth = np.zeros(cells, np.int64)
    for character, (x0, x1) in zip(text, spans):
        middle, half = (x0 + x1) / 2, CORE * (x1 - x0) / 2
        first, last = int(round((middle - half) / CELL)), int(round((middle + half) / CELL))
        if last <= first:
            first = int(middle / CELL)
            last = first + 1
        truth[max(first, 0):max(last, 0)] = A.CLASS[character]
    return truth


def varied(picture, spans, random):
    """As another face would have it: narrower or wider, bolder or thinner."""
    across = random.uniform(*STRETCH)
    picture = cv2.resize(picture, (max(8, round(picture.shape[1] * across)), HEIGHT), interpolation=cv2.INTER_AREA if across < 1 else cv2.INTER_LINEAR)
    if random.random() < WEIGHT_SHARE:
        picture = (cv2.erode if random.random() < 0.5 else cv2.dilate)(picture, np.ones((1, 2), np.uint8))
    return picture, spans * across


def batches_of(path, random):
    """(pictures, cells, text) in random order, strips of like width together, a little moved, stretched in tone."""
    examples = [(*varied(p, s, random), t) for p, t, s in loaded(path) if 8 <= p.shape[1] <= WIDEST and t]
    examples = [(picture, text, spans) for picture, spans, text in examples]
    widths = np.array([e[0].shape[1] for e in examples]) * random.uniform(0.85, 1.15, len(examples))
    order, batches, chosen = np.argsort(widths), [], []
    for index in order:
        if chosen and (len(chosen) + 1) * max(examples[index][0].shape[1], max(examples[i][0].shape[1] for i in chosen)) > COLUMNS:
            batches.append(chosen)
            chosen = []
        chosen.append(index)
    batches.append(chosen)
    for at in random.permutation(len(batches)):
        taken = [examples[i] for i in batches[at]]
        width = max(64, (max(p.shape[1] for p, _, _ in taken) + 15) // 16 * 16)
        pictures = np.zeros((len(taken), HEIGHT, width), np.float32)
        cells = np.zeros((len(taken), width // CELL), np.int64)
        for row, (picture, text, spans) in enumerate(taken):
            ink = as_ink(picture) * random.uniform(0.85, 1.15)
            shift = int(random.integers(-2, 3))
            ink = np.roll(ink, shift, 0)
            pictures[row, :, :picture.shape[1]] = ink
            cells[row] = cells_of(text, spans, width // CELL)
        yield torch.from_numpy(pictures[:, None]), torch.from_numpy(cells), [[A.CLASS[c] for c in text] for _, text, _ in taken]


class Supply:
    """Batches without end out of the shards of a folder, which may grow meanwhile."""

    def __init__(self, folder, random):
        self.folder, self.random, self.shards, self.batches = folder, random, [], iter(())

    def next(self):
        for batch in self.batches:
            return batch
        self.shards = self.shards or list(self.random.permutation(shards_of(self.folder)))
        self.batches = batches_of(self.shards.pop(), self.random)
        return self.next()


def main():
    parser = parser_of(__doc__, 6000, RATE)
    parser.add_argument("--pages")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    random = np.random.default_rng(arguments.seed)
    descent = Descent(LineModel(), arguments, WARM_UP)
    drawn = Supply(arguments.data, random)
    printed = Supply(arguments.pages, random) if arguments.pages else None
    weights = torch.ones(A.COUNT)
    weights[0] = NOTHING_WEIGHT
    sums = np.zeros(4)
    while not descent.is_done:
        pictures, cells, texts = (printed if printed and random.random() < PAGES_SHARE else drawn).next()
        logits = descent.seen(pictures)[:, 0]
        by_cell = F.cross_entropy(logits.flatten(0, 1), cells.flatten(), weight=weights)
        lengths = torch.tensor([len(t) for t in texts])
        text = F.ctc_loss(logits.log_softmax(2).transpose(0, 1), torch.tensor(sum(texts, [])), torch.full((len(texts),), logits.shape[1]), lengths, zero_infinity=True)
        descent.down(text + CELLS_WEIGHT * by_cell)
        with torch.no_grad():
            best = logits.argmax(2).numpy()
            decoded = [[k for i, k in enumerate(row) if k and (i == 0 or row[i - 1] != k)] for row in best]
            sums += [float(text), float(by_cell), np.mean([d == t for d, t in zip(decoded, texts)]), len(texts)]
        if descent.step % 100 == 0:
            print(f"step {descent.step} text {sums[0] / 100:.4f} cells {sums[1] / 100:.4f} whole lines {sums[2] / 100:.4f} of {sums[3] / 100:.0f} {descent.spent()}", flush=True)
            sums[:] = 0


if __name__ == "__main__":
    main()
