#!/usr/bin/env python3
"""Makes lines with truth: make_data.py OUT --count N --seed S [--held_out_faces] [--grade clean|degraded|both] [--shard_size M]

Writes OUT/NAME.npz (see strips.py). The same arguments give the same file.
"""
import cv2
import numpy as np

from lines import LineTexts, drawn_line
from looks import random_look
from scanning import scanned
from shards import write_shards
from strips import HEIGHT, Strips

DEGRADED = 0.6
WIDEST = 640


def made(random, held_out=False, grade="both"):
    """(strip, characters, [x0, x1] of each)."""
    look = random_look(random, held_out)
    picture, characters, places = drawn_line(LineTexts(random), look, random)
    degraded = random.random() < DEGRADED if grade == "both" else grade == "degraded"
    em, baseline = look.em, np.array([[0, 0, 1, 1, 1.65 * look.em, look.em]], np.float32)
    picture, moved, em = scanned(picture, np.concatenate([places, baseline]), em, random, degraded)
    # As the program cuts it: HEIGHT rows, a little off the middle; the detector leaves some paper around.
    factor = random.uniform(26, 38) / em
    middle = float(moved[-1, 4]) - random.uniform(0.3, 0.42) * em
    top = middle - HEIGHT / 2 / factor + random.normal(0, 1.3) / factor
    left = max(0.0, moved[0, 0] - random.uniform(2, 22) / factor)
    right = min(picture.shape[1], moved[:-1, 2].max() + random.uniform(2, 22) / factor)
    width = int(min(WIDEST, max(12, round((right - left) * factor))))
    matrix = np.array([[factor, 0, -left * factor], [0, factor, -top * factor]], np.float32)
    strip = cv2.warpAffine(picture, matrix, (width, HEIGHT), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    spans = (moved[:-1][:, [0, 2]] - left) * factor
    seen = spans.mean(1) < width
    return strip, [c for c, s in zip(characters, seen) if s], spans[seen]


def shard(path, count, seed, held_out=False, grade="both"):
    random = np.random.default_rng(seed)
    strips = Strips()
    for _ in range(count):
        strips.add(*made(random, held_out, grade))
    strips.save(path)


if __name__ == "__main__":
    write_shards(__doc__, 60000, 2000, "held_out_faces", shard)
