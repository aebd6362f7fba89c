#!/usr/bin/env python3
"""Makes strips with truth: make_data.py OUT --count N --seed S [--held_out_faces] [--grade clean|degraded|both] [--shard_size M]

Writes OUT/NAME.npz: pictures (uint8 [N, 48, 256]), the class of every cell (uint8 [N, 6, 64]), and the signs drawn (class and x0 y0 x1 y1) with
where those of each strip begin. The same arguments give the same file.
"""
import cv2
import numpy as np

from cells import STRIP_HEIGHT, STRIP_WIDTH, labels_of
from drawing import drawn_line
from looks import random_look
from scanning import scanned
from shards import write_shards
from texts import Texts

DEGRADED, ALONE = 0.7, 0.12  # shares of the strips
STRETCHED, STRETCH = 0.4, (0.8, 1.2)  # share of the strips for training whose faces are narrowed or widened, so that more faces are known than there are


def _cut(picture, places, em, random, baseline, alone):
    """The line as the program cuts it: STRIP_HEIGHT rows, the text's em about 29 of them, a little off the middle."""
    size = random.uniform(24, 42) if alone else random.uniform(22, 37)
    factor = size / em
    middle = baseline - random.uniform(0.28, 0.44) * em
    top = middle - STRIP_HEIGHT / 2 / factor + random.normal(0, 2.2) / factor
    spare = max(0.0, picture.shape[1] - STRIP_WIDTH / factor)
    left = max(0.0, places[:, 0].mean() - random.uniform(0.2, 0.8) * STRIP_WIDTH / factor) if alone and len(places) else random.uniform(0, spare)
    matrix = np.array([[factor, 0, -left * factor], [0, factor, -top * factor]], np.float32)
    strip = cv2.warpAffine(picture, matrix, (STRIP_WIDTH, STRIP_HEIGHT), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    moved = (places[:, :4] - np.array([left, top, left, top], np.float32)) * factor
    return strip, moved


def _only(strip, places, random):
    """What stands around is blanked, as in a box around a mark that stands alone."""
    if len(places) == 0:
        return strip
    margin = random.uniform(3, 14)
    begin, end = int(max(0, places[:, 0].min() - margin)), int(min(STRIP_WIDTH, places[:, 2].max() + margin))
    blank = np.full_like(strip, int(np.percentile(strip, 80)))
    blank[:, begin:end] = strip[:, begin:end]
    return blank


def _stretched(picture, places, factor):
    width = round(picture.shape[1] * factor)
    exact = width / picture.shape[1]
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return cv2.resize(picture, (width, picture.shape[0]), interpolation=way), places * np.array([exact, 1, exact, 1, 1, 1], np.float32)


def made(random, held_out=False, grade="both"):
    """One example: (strip, classes, boxes)."""
    look = random_look(random, held_out)
    alone = random.random() < ALONE
    picture, classes, places = drawn_line(Texts(random), look, random, alone)
    if not held_out and grade == "both" and random.random() < STRETCHED:
        picture, places = _stretched(picture, places, random.uniform(*STRETCH))
    degraded = random.random() < DEGRADED if grade == "both" else grade == "degraded"
    baseline = np.array([[0, 0, 1, 1, 1.65 * look.em, look.em]], np.float32)  # a row that moves along
    picture, moved, em = scanned(picture, np.concatenate([places, baseline]), look.em, random, degraded)
    strip, boxes = _cut(picture, moved[:-1], em, random, float(moved[-1, 4]), alone)
    if alone:
        strip = _only(strip, boxes, random)
    seen = (boxes[:, 2] > 0) & (boxes[:, 0] < STRIP_WIDTH)
    return strip, classes[seen], boxes[seen]


def shard(path, count, seed, held_out=False, grade="both"):
    random = np.random.default_rng(seed)
    examples = [made(random, held_out, grade) for _ in range(count)]
    np.savez(path, pictures=np.stack([e[0] for e in examples]), cells=np.stack([labels_of(e[1], e[2]) for e in examples]),
             starts=np.cumsum([0] + [len(e[1]) for e in examples]), classes=np.concatenate([e[1] for e in examples]),
             boxes=np.concatenate([e[2] for e in examples]).astype(np.float16))


if __name__ == "__main__":
    write_shards(__doc__, 42000, 2000, "held_out_faces", shard)
