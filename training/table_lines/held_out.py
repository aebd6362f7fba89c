#!/usr/bin/env python3
"""How often the network's grid is that of the table, on printed tables it never saw, weathered. Needs no build.

Usage: held_out.py WEIGHTS.pt TABLES [--kinds clean,scan,poor,photo,fax] [--seed 7]
TABLES is what documents.py made; of the folder it was trained on only the documents kept out count (--all: every one).
"""
import argparse
import json
from collections import defaultdict
from pathlib import Path

import cv2
import numpy as np
import torch

import scans
import targets
from separators import Answered, Separators
from structure import structure_likeness
from train import is_held_out, overlays_of


def network_of(weights):
    network = Separators()
    network.load_state_dict(torch.load(weights, map_location="cpu"))
    return Answered(network).eval()


def answered(network, ink):
    """The network's grid of one picture."""
    picture = scans.padded(ink)
    with torch.no_grad():
        rows, columns, spans = network(torch.from_numpy(picture)[None, None])
    return targets.grid_of(rows[0].numpy(), columns[0].numpy(), spans[0].numpy(), *picture.shape)


def kind_of(style):
    first = style.split()[0]
    return {"lined": "lined", "shaded": "lined", "open": "lined", "none": "borderless", "slip": "borderless", "rules": "line a row",
            "dotted": "line a row"}.get(first, "three-line")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("tables", type=Path)
    parser.add_argument("--kinds", type=lambda text: text.split(","), default=scans.KINDS)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--most", type=int, default=400)
    options = parser.parse_args()
    torch.set_num_threads(1)
    network = network_of(options.weights)
    truths = json.loads((options.tables / "tables.json").read_text())
    overlays, scores = overlays_of(options.tables), defaultdict(list)
    names = [n for n in sorted(truths) if options.all or is_held_out(n)][:options.most]
    for number, name in enumerate(names):
        random = np.random.default_rng([options.seed, number])
        picture, kind = cv2.imread(str(options.tables / f"{name}.png"), cv2.IMREAD_GRAYSCALE), options.kinds[number % len(options.kinds)]
        ink, truth = scans.scanned(picture, truths[name], random, overlays, kind, loose=0.5)
        grid = answered(network, ink)
        cells = [c[:4] for c in truth["cells"]]
        score = (len(grid["ys"]) - 1 == truth["rows"], len(grid["xs"]) - 1 == truth["columns"], sorted(grid["cells"]) == sorted(cells),
                 structure_likeness(cells, grid["cells"]))
        for part in ("all", kind, kind_of(truth["style"])):
            scores[part].append(score)
    print("| | tables | rows | columns | whole grid | TEDS structure |\n|---|---:|---:|---:|---:|---:|")
    for part, values in scores.items():
        print(f"| {part} | {len(values)} | " + " | ".join(f"{v:.3f}" for v in np.mean(np.array(values, float), 0)) + " |")


if __name__ == "__main__":
    main()
