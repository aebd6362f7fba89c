#!/usr/bin/env python3
"""Training strips out of corpus pages as the program cuts them: from_pages.py ALIGNED.jsonl PROBED OUT [--shard_size M]

ALIGNED.jsonl is align.py's, PROBED holds the strips' pixels. Strips without truth are left out, and those where the large recogniser and
the truth differ in more than half of the characters: there the strip holds something else. Long ones are cut at gaps.
"""
import argparse
import json
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Levenshtein

from alphabet import bare, folded
from strips import HEIGHT, Strips

WIDEST, MOST_DIFFERENT = 640, 0.5


def pieces(picture, truth):
    """The strip in pieces of at most WIDEST columns: (picture, truth)."""
    while picture.shape[1] > WIDEST:
        ends = [one[2] for one in truth if WIDEST / 2 < one[2] < WIDEST - 8]
        if not ends:
            return
        end = int(max(ends)) + 1
        yield picture[:, :end], [one for one in truth if one[2] <= end]
        picture, truth = picture[:, end:], [[c, x0 - end, x1 - end] for c, x0, x1 in truth if x0 >= end - 1]
    yield picture, truth


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("aligned", type=Path)
    parser.add_argument("probed", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--shard_size", type=int, default=2000)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    pixels, examples, left_out = {}, [], 0
    for line in arguments.aligned.read_text().splitlines():
        strip = json.loads(line)
        truth = strip["truth"]
        printed, read = bare("".join(one[0] for one in truth)), bare("".join(chr(one[0]) for one in strip["large"]["read"]))
        if not printed or Levenshtein.normalized_distance(printed, read) > MOST_DIFFERENT:
            left_out += 1
            continue
        name = strip["file"]
        if name not in pixels:
            pixels = {name: np.fromfile(arguments.probed / f"{name}.strips", np.uint8)}
        picture = pixels[name][strip["at"]:strip["at"] + HEIGHT * strip["cols"]].reshape(HEIGHT, strip["cols"])
        examples += [(p, t) for p, t in pieces(picture, truth) if p.shape[1] >= 8 and t]
    order = np.random.default_rng(1).permutation(len(examples))
    for first in range(0, len(order), arguments.shard_size):
        strips = Strips()
        for index in order[first:first + arguments.shard_size]:
            picture, truth = examples[index]
            strips.add(picture, [folded(c) for c, _, _ in truth], [[x0, x1] for _, x0, x1 in truth])
        strips.save(arguments.out / f"{arguments.aligned.stem}-{first:06d}.npz")
    print(f"{len(examples)} strips, {left_out} left out")


if __name__ == "__main__":
    main()
