#!/usr/bin/env python3
"""Measures a trained network: evaluate.py CHECKPOINT SHARD.npz... [--show N]

Per shard, over every sign that stands wholly in its strip: the share of marks, raised and lowered characters that are named rightly at their place,
what is confused most, how often digits and other print are taken for one, and what a threshold on the belief keeps and lets through.
"""
import argparse
from collections import Counter

import numpy as np
import torch

import signs as S
from cells import CORE, STRIP_WIDTH, signs_in
from model import Exported, MarksModel
from scanning import as_ink

THRESHOLDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95)


@torch.no_grad()
def named(network, path):
    """(truth, named, belief) of every sign of a shard; "" where nothing was seen."""
    with np.load(path) as held:
        pictures, starts, classes, boxes = held["pictures"], held["starts"], held["classes"], held["boxes"].astype(np.float32)
    found = []
    for first in range(0, len(pictures), 64):
        strips = np.stack([as_ink(p) for p in pictures[first:first + 64]])[:, None]
        for at, answer in enumerate(network(torch.from_numpy(strips)).numpy(), first):
            for sign, (x0, y0, x1, y1) in zip(classes[starts[at]:starts[at + 1]], boxes[starts[at]:starts[at + 1]]):
                if x0 < 0 or x1 > STRIP_WIDTH or y0 < 0 or y1 > strips.shape[2]:
                    continue
                across, down = CORE * (x1 - x0), CORE * (y1 - y0)
                seen = signs_in(answer, x0 + across, y0 + down, x1 - across, y1 - down)
                best = max(seen, key=lambda one: one[1], default=("", 0.0)) if len(seen) != 1 else seen[0]
                found.append((S.SIGNS[sign], best[0], float(best[1]) if len(seen) == 1 else float(best[1]) / 2))
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint")
    parser.add_argument("shards", nargs="+")
    parser.add_argument("--show", type=int, default=12)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    model = MarksModel()
    model.load_state_dict(torch.load(arguments.checkpoint))
    network = Exported(model).eval()
    for path in arguments.shards:
        found = named(network, path)
        print(path)
        for name, group in (("marks", S.MARKS), ("raised", S.RAISED), ("lowered", S.LOWERED), ("digits raised and lowered", S.RAISED[:12] + S.LOWERED[:12])):
            of_group = [(t, n) for t, n, _ in found if t in group]
            print(f"  {name}: {len(of_group)}, right {np.mean([t == n for t, n in of_group]):.4f}, seen {np.mean([n in S.MARKS + S.RAISED + S.LOWERED for _, n in of_group]):.4f}")
        wanted = [(t, n, p) for t, n, p in found if S.is_named(t)]
        print(f"  all: {len(wanted)}, right {np.mean([t == n for t, n, _ in wanted]):.4f}; confused:",
              " ".join(f"{t}{n or '?'}{count}" for (t, n), count in Counter((t, n) for t, n, _ in wanted if t != n).most_common(arguments.show)))
        for name, sign in (("digits", S.DIGIT), ("other print", S.PRINT)):
            of_print = [(n, p) for t, n, p in found if t == sign]
            wrong = [(n, p) for n, p in of_print if n and S.is_named(n)]
            arrows = [p for n, p in wrong if n in S.ARROWS]
            print(f"  {name}: {len(of_print)}, taken for an arrow {len(arrows)} (belief >= 0.8: {sum(p >= 0.8 for p in arrows)}), "
                  f"for any named sign {len(wrong)} (>= 0.8: {sum(p >= 0.8 for _, p in wrong)}):", " ".join(f"{n}{c}" for n, c in Counter(n for n, _ in wrong).most_common(8)))
        for threshold in THRESHOLDS:
            kept = [(t, n) for t, n, p in found if n and S.is_named(n) and p >= threshold]
            print(f"  named with belief >= {threshold}: {len([1 for t, _ in kept if S.is_named(t)]) / max(len(wanted), 1):.4f} of the wanted, "
                  f"wrong {np.mean([t != n for t, n in kept]):.5f} of what is named")


if __name__ == "__main__":
    main()
