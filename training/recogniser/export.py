#!/usr/bin/env python3
"""Writes a trained network as ONNX: export.py CHECKPOINT OUT.onnx

Input: image [B, 1, 48, W], W a multiple of 4, ink 1 and paper 0. Output: text [B, W / 4, classes], probabilities; class 0 is nothing. The
metadata `character` names the others, one a line, but for the space, which is the last: as in PP-OCR's files.
"""
import sys

import torch

import alphabet as A
from model import Exported, LineModel
from onnx_file import write_onnx


def main():
    model = LineModel()
    model.load_state_dict(torch.load(sys.argv[1]))
    write_onnx(Exported(model).eval(), torch.zeros(2, 1, 48, 160), sys.argv[2], ["text"],
               {"image": {0: "strips", 3: "width"}, "text": {0: "strips", 1: "cells"}}, {"character": "\n".join(A.CHARACTERS[:-1])})


if __name__ == "__main__":
    main()
