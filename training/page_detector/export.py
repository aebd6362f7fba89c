#!/usr/bin/env python3
"""The trained page detector as an ONNX file. Usage: export.py CHECKPOINT page_detector.onnx"""
import sys

import torch

from network import LONG_SIDE, SHORT_SIDE, Decoded, PageDetector
from onnx_file import fused, write_onnx
from regions import CLASSES


def main():
    checkpoint, path = sys.argv[1:]
    network = PageDetector()
    network.load_state_dict(torch.load(checkpoint, map_location="cpu")["averaged"])
    exported = Decoded(fused(network.eval())).eval()
    write_onnx(exported, torch.zeros(1, 3, LONG_SIDE, SHORT_SIDE), path, ["regions"],
               dynamic_axes={"image": {2: "height", 3: "width"}, "regions": {1: "cells"}},
               metadata={"classes": "\n".join(CLASSES)})


if __name__ == "__main__":
    main()
