#!/usr/bin/env python3
"""Geometry, SLANet-plus and the table lines network on the same places of the same scans, against the corpus' truth.

Usage: evaluate.py WEIGHTS.pt PLACES      PLACES is what places.py made
Structure alone counts: rows, columns and spans, not the text in the cells.
"""
import json
import sys
from collections import defaultdict
from pathlib import Path

import cv2
import numpy as np
import torch

import scans
from held_out import answered, kind_of, network_of
from scanning import as_ink
from structure import size_of, structure_likeness

WITNESSES = ("geometry", "slanet", "own")
UNSURE = 0.85  # as in src/structure/tables/witnesses.cpp: below, the model is asked


def shown(crop, dpi):
    """The crop as the network is shown it: one pixel a point, or less."""
    height, width = crop.shape
    scale = min(72 / dpi, scans.LARGEST[0] / width, scans.LARGEST[1] / height)
    return as_ink(cv2.resize(crop, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_AREA)).astype(np.float32)


def scored(wanted, cells):
    """(rows right, columns right, whole structure right, TEDS structure)."""
    if not cells:
        return 0, 0, 0, 0.0
    likeness, right, seen = structure_likeness(wanted, cells), size_of(wanted), size_of(cells)
    return right[0] == seen[0], right[1] == seen[1], likeness > 0.9999, likeness


def main():
    weights, folder = map(Path, sys.argv[1:])
    torch.set_num_threads(1)
    network, parts, kinds = network_of(weights), defaultdict(lambda: defaultdict(list)), defaultdict(int)
    for place in json.loads((folder / "places.json").read_text()):
        kinds[place["grade"], "a table" if place["truth"] else "no table", "geometry" if place["geometry"] else "layout model alone"] += 1
        if not place["truth"]:
            continue
        grid = answered(network, shown(cv2.imread(str(folder / "crops" / place["crop"]), cv2.IMREAD_GRAYSCALE), place["dpi"]))
        place["own"] = grid
        names = ["all", place["grade"], kind_of(place["style"])]
        if place["geometry"] is None:
            names.append("seen by the layout model alone")
        elif place["geometry"]["confidence"] < UNSURE:
            names.append("geometry unsure")
        for witness in WITNESSES:
            score = scored(place["truth"], [c[:4] for c in (place[witness] or {}).get("cells", [])])
            for name in names:
                parts[name][witness].append(score)
    for key, count in sorted(kinds.items()):
        print(", ".join(key) + f": {count} places")
    print("| part | tables | witness | rows | columns | whole grid | TEDS structure |\n|---|---:|---|---:|---:|---:|---:|")
    for name, by_witness in parts.items():
        for witness, values in by_witness.items():
            print(f"| {name} | {len(values)} | {witness} | " + " | ".join(f"{m:.3f}" for m in np.mean(np.array(values, float), 0)) + " |")


if __name__ == "__main__":
    main()
