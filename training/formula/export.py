#!/usr/bin/env python3
"""Writes a trained model as ONNX: export.py CHECKPOINT OUT.onnx

Input: image [1, 1, 120, W], W a multiple of 4, ink 1 and paper 0. Output: cells, see model.Exported. The metadata `signs` names them,
one character each (nothing, bar, radical sign, 3 of a cube root, any Chinese character; then themselves).
"""
import sys

import torch

import signs as S
from degrade import HEIGHT
from model import Exported, FormulaModel
from onnx_file import write_onnx

STANDING_FOR = {S.NOTHING: " ", S.BAR: "▬", S.ROOT_INDEX: "∛", S.HAN: "汉"}


def main():
    model = FormulaModel()
    model.load_state_dict(torch.load(sys.argv[1]))
    signs = "".join(STANDING_FOR.get(sign, sign) for sign in S.SIGNS)
    assert len(signs) == len(S.SIGNS)
    write_onnx(Exported(model).eval(), torch.zeros(1, 1, HEIGHT, 256), sys.argv[2], ["cells"],
               {"image": {3: "width"}, "cells": {1: "columns"}}, {"signs": signs})


if __name__ == "__main__":
    main()
