#!/usr/bin/env python3
"""The trained table lines network as an ONNX file. Usage: export.py WEIGHTS.pt table_lines.onnx"""
import sys

import torch

from onnx_file import write_onnx
from separators import Answered, Separators
from units import MULTIPLE


def fused(module):
    """Every normalisation folded into the convolution before it."""
    for child in module.children():
        fused(child)
    if isinstance(module, torch.nn.Sequential):
        for i in range(len(module) - 1):
            if isinstance(module[i], torch.nn.Conv2d) and isinstance(module[i + 1], torch.nn.BatchNorm2d):
                module[i] = torch.nn.utils.fuse_conv_bn_eval(module[i], module[i + 1])
                module[i + 1] = torch.nn.Identity()
    return module


def main():
    weights, path = sys.argv[1:]
    network = Separators()
    network.load_state_dict(torch.load(weights, map_location="cpu"))
    exported = Answered(fused(network.eval())).eval()
    write_onnx(exported, torch.zeros(1, 1, 20 * MULTIPLE, 32 * MULTIPLE), path, ["rows", "columns", "borders"],
               dynamic_axes={"image": {2: "height", 3: "width"}, "rows": {2: "tall"}, "columns": {2: "wide"}, "borders": {2: "down", 3: "across"}})


if __name__ == "__main__":
    main()
