"""Reads the shards that make_data.py wrote and lays examples into batches with the labels that training needs."""
import numpy as np
import torch

import signs as S
from degrade import HEIGHT
from model import CELL_HEIGHT, CELL_WIDTH, PLACE, PLACE_UNIT
from scanning import as_ink

ROWS = HEIGHT // CELL_HEIGHT
CORE = 0.2  # of a sign's width and height left out at each side: the cells of its middle stand for it, its rim for nothing
_LETTERS = np.array([sign.isalpha() and len(sign) == 1 for sign in S.SIGNS])


class Shard:
    def __init__(self, path):
        with np.load(path) as held:
            self.pictures, self.edges, self.starts = held["pictures"], held["edges"], held["starts"]
            self.classes, self.places, self.italic, self.latex = held["classes"], held["places"], held["italic"], held["latex"]

    def __len__(self):
        return len(self.edges) - 1

    def example(self, index):
        """(picture, classes, places, italic)."""
        a, b = self.starts[index], self.starts[index + 1]
        return self.pictures[:, self.edges[index]:self.edges[index + 1]], self.classes[a:b], self.places[a:b].astype(np.float32), self.italic[a:b]

    def tokens(self, index):
        return str(self.latex[index]).split("\t")


def _cells(low, high, cell, most):
    return max(int(low / cell), 0), min(max(int(high / cell), int(low / cell), 0) + 1, most)


def batch_of(examples, random=None):
    """Tensors of one batch: pictures, class per cell, place per cell, italic per cell (-1 where it does not matter)."""
    width = -(-max(e[0].shape[1] for e in examples) // 32) * 32
    columns = width // CELL_WIDTH
    pictures = np.zeros((len(examples), 1, HEIGHT, width), np.float32)
    classes = np.zeros((len(examples), ROWS, columns), np.int64)
    places = np.zeros((len(examples), PLACE, ROWS, columns), np.float32)
    italics = np.full((len(examples), ROWS, columns), -1, np.float32)
    for n, (picture, signs, boxes, slanted) in enumerate(examples):
        ink, shift = as_ink(picture), 0
        if random is not None:
            shift = int(random.integers(0, min(width - picture.shape[1], 24) + 1))
            ink = ink * random.uniform(0.85, 1.15)
        pictures[n, 0, :, shift:shift + picture.shape[1]] = ink
        boxes = boxes + np.array([shift, 0, shift, 0, 0, 0], np.float32)
        order = np.argsort(-(boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]))
        for t in order:
            x0, y0, x1, y1, baseline, size = boxes[t]
            dx, dy = (2.0 if signs[t] == S.INDEX[S.BAR] else CORE * (x1 - x0)), CORE * (y1 - y0)
            top, bottom = _cells(y0 + dy, y1 - dy, CELL_HEIGHT, ROWS)
            left, right = _cells(x0 + dx, x1 - dx, CELL_WIDTH, columns)
            if top >= bottom or left >= right:
                continue
            classes[n, top:bottom, left:right] = signs[t]
            across = (np.arange(left, right) + 0.5) * CELL_WIDTH
            down = (np.arange(top, bottom)[:, None] + 0.5) * CELL_HEIGHT
            for channel, value in enumerate((x0 - across, y0 - down, x1 - across, y1 - down, baseline - down)):
                places[n, channel, top:bottom, left:right] = value / PLACE_UNIT
            places[n, 5, top:bottom, left:right] = size / PLACE_UNIT
            italics[n, top:bottom, left:right] = slanted[t] if _LETTERS[signs[t]] else -1
    return tuple(map(torch.from_numpy, (pictures, classes, places, italics)))


def batches_of(shard, area, random):
    """Batches of one shard in random order, of examples alike in width, each of about `area` columns of pixels."""
    widths = np.diff(shard.edges)
    order = np.argsort(widths + random.uniform(-24, 24, len(widths)))
    groups, group, widest = [], [], 0
    for index in order:
        widest = max(widest, widths[index])
        if group and (len(group) + 1) * widest > area:
            groups.append(group)
            group, widest = [], widths[index]
        group.append(index)
    groups.append(group)
    for at in random.permutation(len(groups)):
        yield [shard.example(i) for i in groups[at]]
