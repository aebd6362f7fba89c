#!/usr/bin/env python3
"""The trained table lines network as an ONNX file. Usage: export.py WEIGHTS.pt table_lines.onnx"""
import sys

import torch

from onnx_file import fused, write_onnx
from separators import Answered, Separators
from units import MULTIPLE


def main():
    weights, path = sys.argv[1:]
    network = Separators()
    network.load_state_dict(torch.load(weights, map_location="cpu"))
    exported = Answered(fused(network.eval())).eval()
    write_onnx(exported, torch.zeros(1, 1, 20 * MULTIPLE, 32 * MULTIPLE), path, ["rows", "columns", "borders"],
               dynamic_axes={"image": {2: "height", 3: "width"}, "rows": {2: "tall"}, "columns": {2: "wide"}, "borders": {2: "down", 3: "across"}})


if __name__ == "__main__":
    main()
